// The queue: most urgent first, a clock on each. Whether an item rings is computed here too, so that a late answer never silences it.
import { now } from "../staff/api.js";
import { fresh, keyed, part, picture, write } from "../staff/dom.js";
import { has, languageName, say, span } from "../staff/texts.js";

/** @typedef {{to: {id: string, displayName: string}[], at: string, until: string, over: boolean}} Offered */
/** @typedef {{itemId: string, alertId?: string, contactId?: string, language?: string, dueAt?: string, reason: string, state: "waiting" | "ringing" | "taken" | "closed" | "open", raisedAt: string, ringsAt: string, needs: string[], area?: {id: string, name: string}, takenBy?: {id: string, displayName: string}, takenAt?: string, exercise: boolean, version: number, offered?: Offered, leftAt?: string, nobodyToCall?: boolean}} Item */

let reader = "";
/** Whose console it is: what a colleague offers rings for her alone. @param {string} account */
export const readAs = (account) => { reader = account; };

/** @param {Offered} offered */
const isOver = (offered) => offered.over || Date.parse(offered.until) <= now();
/** @param {Item} item */
const offeredToMe = ({ offered }) => Boolean(offered && !isOver(offered) && offered.to.some(({ id }) => id === reader));
/** Nobody took what she offered: it is hers, and calls her until she says so. @param {Item} item */
const backWithMe = ({ offered, takenBy }) => Boolean(offered && isOver(offered) && takenBy?.id === reader);

/** Whoever has it is gone from her console: it rings for everybody else. @param {Item} item */
const left = ({ leftAt, takenBy }) => Boolean(leftAt && takenBy?.id !== reader);

/** @param {Item} item */
export function stateOf(item) {
  if (item.state === "taken" && (offeredToMe(item) || backWithMe(item) || left(item))) return "ringing";
  return item.state === "waiting" && Date.parse(item.ringsAt) <= now() ? "ringing" : item.state;
}

/** Its one clock: by then a human should have it. @param {Item} item */
const dueAt = (item) => Date.parse(offeredToMe(item) ? item.offered?.at ?? "" : item.dueAt ?? item.ringsAt);

const rank = { ringing: 0, waiting: 1, taken: 2, open: 3, closed: 4 };

/** @param {Item[]} items */
export function ordered(items) {
  return items.filter((item) => item.state !== "closed").sort((a, b) =>
    rank[stateOf(a)] - rank[stateOf(b)] || dueAt(a) - dueAt(b) || (a.itemId < b.itemId ? -1 : 1));
}

/**
 * Requests that somebody has accepted: nothing to take, but the line goes on seeing them.
 * @param {{alertId: string, itemId?: string, raisedAt: string, needs: string[], area?: {id: string, name: string}, takenBy?: {id: string, displayName: string}, exercise: boolean, version: number}} one
 * @returns {Item}
 */
export const followed = (one) => ({ ...one, itemId: one.itemId ?? `${one.alertId}:open`, reason: "accepted", state: "open", ringsAt: one.raisedAt });

/** @param {string} reason */
export const reasonWord = (reason) => say(has(`hotline.reason.${reason}`) ? `hotline.reason.${reason}` : "hotline.reason.other");

/** @param {Item} item */
function clockText(item) {
  const state = stateOf(item);
  if (offeredToMe(item)) return say("hotline.dueIn", { t: span(Date.parse(item.offered?.until ?? "") - now()) });
  if (backWithMe(item)) return say("hotline.ringsSince", { t: span(now() - Date.parse(item.offered?.until ?? "")) });
  if (state === "taken") return item.takenAt ? say("hotline.takenSince", { t: span(now() - Date.parse(item.takenAt)) }) : "";
  if (state === "open") return say("hotline.openSince", { t: span(now() - Date.parse(item.raisedAt)) });
  const left = dueAt(item) - now();
  // It rings already, and somebody has so much time for it.
  if (item.dueAt && item.dueAt !== item.ringsAt) return left > 0 ? say("hotline.dueIn", { t: span(left + 999) }) : say("hotline.dueSince", { t: span(-left) });
  return left > 0 ? say("hotline.ringsIn", { t: span(left + 999) }) : say("hotline.ringsSince", { t: span(-left) });
}

/** The needs arrive a moment after the item itself, when its protocol was read. @param {HTMLElement} line @param {string[]} needs */
function showNeeds(line, needs) {
  if (line.dataset.shown === needs.join()) return;
  line.dataset.shown = needs.join();
  line.replaceChildren(...needs.map((need) => {
    const one = fresh("need-line");
    picture(one, need);
    write(part("word", one), say(`staff.need.${need}`));
    return one;
  }));
}

/** @param {Item[]} items @param {string} selected @param {string} me @param {(item: Item) => void} choose */
export function showQueue(items, selected, me, choose) {
  keyed(part("items"), items, (item) => item.itemId, (item) => {
    const row = fresh("item");
    row.querySelector("button")?.addEventListener("click", () => choose(item));
    return row;
  }, (row, item) => {
    const state = stateOf(item);
    row.dataset.state = state;
    showNeeds(part("needs-line", row), item.needs ?? []);
    const button = /** @type {HTMLElement} */ (row.querySelector("button"));
    button.setAttribute("aria-current", String(item.itemId === selected));
    write(part("tag", row), say(`hotline.state.${state}`));
    write(part("clock", row), clockText(item));
    const offered = offeredToMe(item) ? say("hotline.transfer.from", { who: item.takenBy?.displayName }) : backWithMe(item) ? say("hotline.transfer.back") : "";
    const holder = left(item) && !offeredToMe(item) ? say("hotline.left", { who: item.takenBy?.displayName, t: span(now() - Date.parse(item.leftAt ?? "")) }) : "";
    const taker = holder ? holder : offered ? offered : item.takenBy ? item.takenBy.id === me ? say("hotline.you") : item.takenBy.displayName : "";
    write(part("about", row), [reasonWord(item.reason), item.area?.name, item.contactId && item.language ? languageName(item.language) : "", taker, item.nobodyToCall ? say("hotline.nobodyToCall") : ""].filter(Boolean).join(" · "));
    write(part("exercise", row), item.exercise ? say("staff.exercise") : "");
  });
  part("queue-empty").hidden = items.length > 0;
  const of = (/** @type {string} */ state) => items.filter((item) => stateOf(item) === state).length;
  const counts = { ringing: of("ringing"), waiting: of("waiting"), taken: of("taken") };
  write(part("counts"), say("hotline.counts", counts));
  return counts;
}

/** @param {string} itemId */
export function focusItem(itemId) {
  /** @type {HTMLElement | null} */ (part("items").querySelector(`[data-key="${CSS.escape(itemId)}"] button`))?.focus();
}
