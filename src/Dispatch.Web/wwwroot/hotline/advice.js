// A call that asks for advice and never becomes a request: counted by a reason, and nothing about who called. The one that is shown is closed with it, so that it counts once.
import { explain } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { isOurs, nameOf } from "./keys.js";
import { send } from "./unsent.js";

/** @typedef {{line(): string, item(): import("./queue.js").Item | undefined, notice(text: string, kind: "good" | "stop"): void, finished(text: string): void, back(): void}} Desk */

const panel = () => part("advice");
const reasons = () => /** @type {HTMLElement[]} */ (Array.from(panel().querySelectorAll("[data-advice-reason]")));
/** @type {Desk} */
let desk;
/** Which item it is about, as it was when the panel opened. @type {{line: string, itemId?: string}} */
let about = { line: "" };
/** How many each line served today. @type {Map<string, number>} */
const totals = new Map();

export function openAdvice() {
  about = { line: desk.line(), itemId: desk.item()?.itemId };
  write(part("advice-closes"), about.itemId ? say("hotline.advice.closes") : "");
  panel().hidden = false;
  part("advice-title").focus();
  panel().scrollIntoView({ block: "nearest" });
}

function shut() {
  panel().hidden = true;
  desk.back();
}

/** @param {string} reason */
function count(reason) {
  // Something else is shown meanwhile: she reads first what would be closed.
  if (desk.item()?.itemId !== about.itemId) return openAdvice();
  const { line, itemId } = about;
  send({
    path: `/api/v1/hotline/${encodeURIComponent(line)}/advice`, body: { reason, itemId },
    done: ({ body }) => {
      if (!panel()) return;
      showAdvice(line, body.total);
      const text = say("hotline.advice.counted", { reason: say(`hotline.advice.${reason}`), n: body.total });
      if (itemId && desk.item()?.itemId === itemId) desk.finished(text); else desk.notice(text, "good");
    },
    refused: (answer) => { if (panel()) desk.notice(explain(answer), "stop"); },
  });
  shut();
}

/** Of all her lines together. @param {string} line @param {number} total */
export function showAdvice(line, total) {
  totals.set(line, total);
  const n = [...totals.values()].reduce((sum, one) => sum + one, 0);
  write(part("advice-today"), n ? say("hotline.advice.today", { n }) : "");
}

/** @param {Desk} given */
export function listenAdvice(given) {
  desk = given;
  part("advice-open").addEventListener("click", openAdvice);
  part("advice-back").addEventListener("click", shut);
  for (const button of reasons()) button.addEventListener("click", () => count(button.dataset.adviceReason ?? "other"));
  addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!panel() || panel().hidden || !isOurs(event) || event.repeat || !target || !panel().contains(target)) return;
    const key = nameOf(event);
    const reason = reasons()[Number(key) - 1];
    if (!reason && key !== "escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (reason) reason.click(); else shut();
  }, true);
}
