// Leaves at once: by tap on Quitter, or Shift three times within five seconds. Loaded before everything else; the link works without it.
(() => {
  const within = 5000;
  /** @type {number[]} */
  let shifts = [];

  function leave() {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-quit]"));
    document.documentElement.hidden = true;
    document.body?.replaceChildren();
    location.replace(link?.href || "about:blank");
  }

  addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-quit]")) return;
    event.preventDefault();
    leave();
  }, true);

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { shifts = []; return; }
    if (event.repeat) return;
    const now = performance.now();
    shifts = shifts.filter((at) => now - at < within).concat(now);
    if (shifts.length >= 3) leave();
  }, true);

  // A page brought back from the browser's memory must not show what was on it.
  addEventListener("pagehide", () => { document.documentElement.hidden = true; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
