// Words and hours of the staff pages, in the language of the page.
export const language = document.documentElement.lang === "en" ? "en" : "fr";
/** @type {Record<string, string>} */
let texts = {};

/** Fetches the words; tries until they are there. */
export async function loadTexts() {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      const answer = await fetch(`/texts/${language}.json`);
      if (answer.ok) { texts = await answer.json(); return; }
    } catch { /* again below */ }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** @param {string} key @param {Record<string, string | number | undefined>} [values] @returns {string} */
export function say(key, values = {}) {
  return (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key */
export const has = (key) => key in texts;

/** @param {string} key @param {number} n */
export const count = (key, n) => say(`${key}.${n === 1 ? "one" : "many"}`, { n });

/** @param {string | number | Date} at @param {boolean} [seconds] */
export function hour(at, seconds = false) {
  const date = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  if (seconds) return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const hours = date.getHours();
  return say("common.time", { h: hours, h12: hours % 12 || 12, m: two(date.getMinutes()), ampm: say(hours < 12 ? "common.am" : "common.pm") });
}

/** The day and month. @param {string} at */
export const date = (at) => new Date(at).toLocaleDateString(language, { day: "numeric", month: "long" });

/** How long, in words as short as they stay clear. @param {number} milliseconds */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return say("staff.seconds", { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say("staff.minutes", { n: minutes });
  return say("staff.hours", { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, "0") });
}

/** @param {string} code of a language, named in the language of the page */
export function languageName(code) {
  try { return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code; } catch { return code; }
}
