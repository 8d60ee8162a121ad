// Every action has a key, shown beside it. Keys never act while somebody types.

/** @param {() => boolean} ready @param {Record<string, () => void>} actions by key, lower case */
export function listenKeys(ready, actions) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && !/^(arrow|j$|k$)/i.test(event.key)) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const key = event.key.toLowerCase();
    if (target.closest("input, textarea, select") && key !== "escape") return;
    // Enter on a button or link is that button's; only in the queue it means "take".
    if (key === "enter" && target.closest("button, a, summary") && !target.closest("[data-items]")) return;
    const action = actions[key];
    if (!action || !ready()) return;
    event.preventDefault();
    action();
  });
}
