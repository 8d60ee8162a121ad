// Reads a word aloud, only when tapped and only when this phone has a voice for the language.
const language = document.documentElement.lang;

function voice() {
  return globalThis.speechSynthesis?.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
}

/** @param {string} text */
export function speak(text) {
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
