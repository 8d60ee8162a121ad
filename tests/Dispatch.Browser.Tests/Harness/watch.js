// Notes when something first showed on this page, by the machine's clock, which all pages and the test share; and every refusal of the page's policy.
(() => {
  const first = globalThis.firstSeen = {};
  const offers = new Set();
  const note = (name, selector) => { if (!(name in first) && document.querySelector(selector)) first[name] = Date.now(); };
  const look = () => {
    for (const card of document.querySelectorAll("[data-offers] > article")) { offers.add(card.dataset.key); note(`offer${offers.size}`, "body"); }
    note("item", "[data-items] > li");
    note("waiting", "[data-items] > li[data-state=waiting]");
    note("ringing", "[data-items] > li[data-state=ringing]");
    for (const state of ["held", "booked", "occupied"]) note(state, `[data-beds-holds] > li[data-state=${state}]`);
    for (const list of ["asked", "expected", "here", "gone"]) note(list, `[data-${list}] > article`);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-ask]")) first.press = Date.now();
  }, true);
  document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
})();
