// LIVES, as WHO teaches it: at hand beside whatever is being done, and never in its way.
import { part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** Neither takes the focus nor closes anything: who talks goes on where she is. */
export function togglePrompts() {
  const shown = Boolean(part("prompts").hidden);
  part("prompts").hidden = !shown;
  part("desk").toggleAttribute("data-prompting", shown);
  part("prompts-open").setAttribute("aria-pressed", String(shown));
  write(part("prompts-said"), say(shown ? "hotline.lives.shown" : "hotline.lives.hidden"));
}

export function listenPrompts() {
  part("prompts-open").addEventListener("click", togglePrompts);
  part("prompts-close").addEventListener("click", togglePrompts);
}
