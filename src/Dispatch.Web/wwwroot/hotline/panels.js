// What is written about the request that is shown, in one panel at a time, each with the button that opens it.
import { part, write } from "../staff/dom.js";

export const panels = { noting: "note-open", phone: "phone-open", excluding: "exclude-open", reaching: "reach-open", verifying: "verify-open", meeting: "meet-open", withdrawing: "withdraw-open", transferring: "transfer-open", "calling-off": "call-off-open", marking: "mark-open", joining: "join-open", parting: "part-open" };

/** @param {keyof typeof panels} panel */
export function openPanel(panel) {
  closePanels();
  write(part("said"), "");
  part(panel).hidden = false;
  const first = /** @type {HTMLElement | null} */ (part(panel).querySelector("textarea, input, select") ?? part(panel).querySelector("h3"));
  first?.focus();
}

/** @returns {boolean} whether one was open */
export function closePanels() {
  const open = /** @type {(keyof typeof panels)[]} */ (Object.keys(panels)).find((panel) => !part(panel).hidden);
  if (!open) return false;
  part(open).hidden = true;
  (part(panels[open]).hidden ? part("case-title") : part(panels[open])).focus();
  return true;
}

/** By its key: only where its button stands. @param {keyof typeof panels} panel */
export function press(panel) {
  const button = part(panels[panel]);
  if (!button.closest("[hidden]")) button.click();
}
