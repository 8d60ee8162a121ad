// How an item ended: asked for by a key, said by another.
import { input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { outcomesOf, outcomeWord } from "./contacts.js";

/** @typedef {import("./queue.js").Item} Item */
/** @typedef {{current(): Item | undefined, me(): string, act(path: string, body: object): Promise<boolean>, notice(text: string): void, finished(text: string): void}} Desk */

/** @type {Desk} */
let desk;
const buttons = () => /** @type {HTMLElement[]} */ (Array.from(part("closing").querySelectorAll("[data-outcome]")));

export function askClose() {
  const item = desk.current();
  if (!item) return;
  if (item.takenBy?.id !== desk.me()) return desk.notice(say("hotline.takeFirst"));
  const outcomes = outcomesOf(item);
  buttons().forEach((button, index) => {
    const outcome = outcomes[index];
    button.hidden = !outcome;
    button.dataset.outcome = outcome ?? "";
    write(/** @type {HTMLElement} */ (button.querySelector("span")), outcome ? outcomeWord(outcome, item) : "");
  });
  // What was written about a call is no part of a request.
  part("close-note").hidden = Boolean(item.contactId);
  part("closing").hidden = false;
  part("closing").querySelector("h3")?.focus();
}

/** @param {number} number as on the keys */
export function closeBy(number) {
  const button = buttons()[number - 1];
  if (!part("closing").hidden && button && !button.hidden) void close(button.dataset.outcome ?? "other");
}

/** @param {string} outcome */
async function close(outcome) {
  const note = part("close-note").hidden ? undefined : input("closeNote").value.trim() || undefined;
  if (!await desk.act("close", { outcome, note })) return;
  input("closeNote").value = "";
  desk.finished(say("hotline.closed"));
}

/** @param {Desk} given */
export function listenClosing(given) {
  desk = given;
  part("close").addEventListener("click", askClose);
  part("closing").addEventListener("submit", (event) => event.preventDefault());
  for (const button of buttons()) button.addEventListener("click", () => void close(button.dataset.outcome ?? "other"));
}
