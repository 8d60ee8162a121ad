// How the line stands against what it promised itself, at the head of the console: what waits now, and how it answered lately.
import { call, now } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { showAdvice } from "./advice.js";
import { stateOf } from "./queue.js";

/** @typedef {{figures: {callsInTimePercent?: number, calledBackInTimePercent?: number}, targets: {answerSeconds: number, answerPercent: number, callBackSeconds: number, callBackPercent: number}}} Figures */
/** @typedef {import("./queue.js").Item} Item */

const every = 15_000;
const kinds = /** @type {const} */ ([["callRinging", "calls"], ["callBackOwed", "callBacks"], ["textWaiting", "texts"]]);
let asked = -Infinity;
let lately = "";
let below = false;

/** By the second: what nobody has yet, and for how much of it the time is over. @param {Item[]} items */
export function paintTargets(items) {
  const open = items.filter((item) => ["ringing", "waiting"].includes(stateOf(item)));
  const isLate = (/** @type {Item} */ item) => Date.parse(item.dueAt ?? item.ringsAt) <= now();
  const parts = kinds.map(([reason, word]) => {
    const those = open.filter((item) => item.reason === reason);
    return those.length ? say(`hotline.targets.${word}`, { n: those.length, late: those.filter(isLate).length }) : "";
  });
  write(part("targets"), [...parts, lately].filter(Boolean).join(" · "));
  part("targets").dataset.state = below || open.some((item) => kinds.some(([reason]) => item.reason === reason) && isLate(item)) ? "below" : "within";
}

/** At most once in a quarter of a minute, however often the queue is looked at. @param {string} line @param {boolean} supervisor whose figures they are */
export async function fetchTargets(line, supervisor) {
  if (!line || performance.now() - asked < every) return;
  asked = performance.now();
  const path = `/api/v1/hotline/${encodeURIComponent(line)}`;
  const [advice, figures] = await Promise.all([call("GET", `${path}/advice`), supervisor ? call("GET", `${path}/figures`) : null]);
  if (!part("targets")) return;
  if (advice.ok) showAdvice(advice.body.total);
  lately = figures?.ok ? latelyText(figures.body) : "";
}

/** A share that could tell of one woman is not given, and not said. @param {Figures} one */
function latelyText({ figures, targets }) {
  const { callsInTimePercent: answered, calledBackInTimePercent: back } = figures;
  below = answered !== undefined && answered < targets.answerPercent || back !== undefined && back < targets.callBackPercent;
  return [
    answered === undefined ? "" : say("hotline.targets.answered", { s: targets.answerSeconds, percent: answered, target: targets.answerPercent }),
    back === undefined ? "" : say("hotline.targets.calledBack", { m: targets.callBackSeconds / 60, percent: back, target: targets.callBackPercent }),
  ].filter(Boolean).join(" · ");
}
