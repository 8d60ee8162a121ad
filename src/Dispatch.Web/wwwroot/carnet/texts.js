// The page carries its own words, written and spoken; no second request.
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

function voice() {
  return globalThis.speechSynthesis?.getVoices().find((one) => one.lang.toLowerCase().startsWith(document.documentElement.lang));
}

/** Reads aloud, only when tapped and only when this phone has a voice for the language. @param {string} text */
function speak(text) {
  const chosen = voice();
  if (!chosen || !text) return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = chosen;
  words.lang = chosen.lang;
  words.rate = 0.9;
  speechSynthesis.speak(words);
}

/** @param {(text: string) => string} name the accessible name of a button that reads this text @param {() => string} news */
export function offerSpeech(name, news) {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-listen]"));
  const newsButton = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-listen-news]"));
  const show = () => {
    const none = !voice();
    for (const button of buttons) button.hidden = none;
    if (newsButton) newsButton.hidden = none;
  };
  for (const button of buttons) {
    const text = button.dataset.listen ?? "";
    button.setAttribute("aria-label", name(text));
    button.addEventListener("click", () => speak(text));
  }
  newsButton?.setAttribute("aria-label", name("").replace(/\s*:\s*$/, ""));
  newsButton?.addEventListener("click", () => speak(news()));
  show();
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", show);
}
