// The page carries its own words; no second request.
const texts = new Map();
const carrier = /** @type {HTMLTemplateElement | null} */ (document.querySelector("[data-texts]"));
for (const item of carrier?.content.querySelectorAll("[data-text]") ?? [])
  texts.set(item.getAttribute("data-text"), item.textContent);

/** @param {string} key @param {Record<string, string | number>} [values] @returns {string} */
export function say(key, values = {}) {
  return String(texts.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key @param {number} n */
export function count(key, n) {
  return say(`${key}.${n === 1 ? "one" : "many"}`, { n });
}

/** The hour as people say it: 20 h 14, 8:14 pm. @param {string | number | Date} at */
export function clock(at) {
  const date = new Date(at);
  const hours = date.getHours();
  return say("time", {
    h: hours, h12: hours % 12 || 12, m: String(date.getMinutes()).padStart(2, "0"), ampm: say(hours < 12 ? "am" : "pm"),
  });
}
