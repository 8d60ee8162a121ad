// How the line stands against what it promised itself, at the head of the console: what waits now, and how it answered lately.
import { call, now } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { hour, say } from "../staff/texts.js";
import { showAdvice } from "./advice.js";
import { stateOf } from "./queue.js";

/** @typedef {{line: string, since: string, until: string, figures: {callsInTimePercent?: number, calledBackInTimePercent?: number}, targets: {answerSeconds: number, answerPercent: number, callBackSeconds: number, callBackPercent: number}}} Figures */
/** @typedef {import("./queue.js").Item} Item */

const every = 15_000;
const kinds = /** @type {const} */ ([["callRinging", "calls"], ["callBackOwed", "callBacks"], ["textWaiting", "texts"]]);
let asked = -Infinity;
/** What each line reached lately, in words, and whether that is less than it promised itself. @type {{text: string, below: boolean}[]} */
let lately = [];
/** Each line has targets of its own. */
let several = false;

/** By the second: what nobody has yet on each line, and for how much of it the time is over. @param {Item[]} items @param {(item: Item) => string} lineOf */
export function paintTargets(items, lineOf) {
  const open = items.filter((item) => ["ringing", "waiting"].includes(stateOf(item)) && kinds.some(([reason]) => item.reason === reason));
  const isLate = (/** @type {Item} */ item) => Date.parse(item.dueAt ?? item.ringsAt) <= now();
  const waiting = [...new Set(open.map(lineOf))].sort().map((line) => {
    const here = open.filter((item) => lineOf(item) === line);
    const said = kinds.map(([reason, word]) => {
      const those = here.filter((item) => item.reason === reason);
      return those.length ? say(`hotline.targets.${word}`, { n: those.length, late: those.filter(isLate).length }) : "";
    }).filter(Boolean).join(" · ");
    return several ? `${line}: ${said}` : said;
  });
  write(part("targets"), [...waiting, ...lately.map(({ text }) => text)].filter(Boolean).join(" · "));
  part("targets").dataset.state = lately.some(({ below }) => below) || open.some(isLate) ? "below" : "within";
}

/** At most once in a quarter of a minute, however often the queue is looked at. @param {string[]} lines @param {boolean} supervisor whose figures they are */
export async function fetchTargets(lines, supervisor) {
  if (!lines[0] || performance.now() - asked < every) return;
  asked = performance.now();
  several = lines.length > 1;
  const ask = (/** @type {string} */ what) => Promise.all(lines.map((line) => call("GET", `/api/v1/hotline/${encodeURIComponent(line)}/${what}`)));
  const [advice, figures] = await Promise.all([ask("advice"), supervisor ? ask("figures") : []]);
  if (!part("targets")) return;
  for (const [at, answer] of advice.entries()) if (answer.ok) showAdvice(lines[at] ?? "", answer.body.total);
  lately = figures.flatMap((answer) => answer.ok ? [latelyOf(answer.body)] : []);
}

/** A share that could tell of one woman is not given, and not said. @param {Figures} one */
function latelyOf({ line, since, until, figures, targets }) {
  const { callsInTimePercent: answered, calledBackInTimePercent: back } = figures;
  const below = answered !== undefined && answered < targets.answerPercent || back !== undefined && back < targets.callBackPercent;
  const said = [
    answered === undefined ? "" : say("hotline.targets.answered", { s: targets.answerSeconds, percent: answered, target: targets.answerPercent }),
    back === undefined ? "" : say("hotline.targets.calledBack", { m: Math.round(targets.callBackSeconds / 6) / 10, percent: back, target: targets.callBackPercent }),
  ].filter(Boolean).join(" · ");
  return { text: said && `${several ? `${line}, ` : ""}${hour(since)}–${hour(until)}: ${said}`, below };
}
