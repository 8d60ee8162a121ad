// How the line stands against what it promised itself, at the head of the console: what waits now, and how it answered lately.
import { call, now } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { showAdvice } from "./advice.js";
import { stateOf } from "./queue.js";

/** @typedef {{line: string, figures: {callsInTimePercent?: number, calledBackInTimePercent?: number}, targets: {answerSeconds: number, answerPercent: number, callBackSeconds: number, callBackPercent: number}}} Figures */
/** @typedef {import("./queue.js").Item} Item */

const every = 15_000;
const kinds = /** @type {const} */ ([["callRinging", "calls"], ["callBackOwed", "callBacks"], ["textWaiting", "texts"]]);
let asked = -Infinity;
/** What each line reached lately, in words, and whether that is less than it promised itself. @type {{text: string, below: boolean}[]} */
let lately = [];

/** By the second: what nobody has yet, and for how much of it the time is over. @param {Item[]} items */
export function paintTargets(items) {
  const open = items.filter((item) => ["ringing", "waiting"].includes(stateOf(item)));
  const isLate = (/** @type {Item} */ item) => Date.parse(item.dueAt ?? item.ringsAt) <= now();
  const parts = kinds.map(([reason, word]) => {
    const those = open.filter((item) => item.reason === reason);
    return those.length ? say(`hotline.targets.${word}`, { n: those.length, late: those.filter(isLate).length }) : "";
  });
  write(part("targets"), [...parts, ...lately.map(({ text }) => text)].filter(Boolean).join(" · "));
  part("targets").dataset.state = lately.some(({ below }) => below) || open.some((item) => kinds.some(([reason]) => item.reason === reason) && isLate(item)) ? "below" : "within";
}

/** At most once in a quarter of a minute, however often the queue is looked at. @param {string[]} lines @param {boolean} supervisor whose figures they are */
export async function fetchTargets(lines, supervisor) {
  if (!lines[0] || performance.now() - asked < every) return;
  asked = performance.now();
  const path = (/** @type {string} */ line) => `/api/v1/hotline/${encodeURIComponent(line)}`;
  const [advice, ...figures] = await Promise.all([call("GET", `${path(lines[0])}/advice`), ...supervisor ? lines.map((line) => call("GET", `${path(line)}/figures`)) : []]);
  if (!part("targets")) return;
  if (advice?.ok) showAdvice(advice.body.total);
  lately = figures.flatMap((answer) => answer.ok ? [latelyOf(answer.body, lines.length > 1)] : []);
}

/** A share that could tell of one woman is not given, and not said. @param {Figures} one @param {boolean} named each line has targets of its own */
function latelyOf({ line, figures, targets }, named) {
  const { callsInTimePercent: answered, calledBackInTimePercent: back } = figures;
  const below = answered !== undefined && answered < targets.answerPercent || back !== undefined && back < targets.callBackPercent;
  const said = [
    answered === undefined ? "" : say("hotline.targets.answered", { s: targets.answerSeconds, percent: answered, target: targets.answerPercent }),
    back === undefined ? "" : say("hotline.targets.calledBack", { m: Math.round(targets.callBackSeconds / 6) / 10, percent: back, target: targets.callBackPercent }),
  ].filter(Boolean).join(" · ");
  return { text: said && named ? `${line}: ${said}` : said, below };
}
