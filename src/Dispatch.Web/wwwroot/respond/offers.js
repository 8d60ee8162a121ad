// What is asked: need, mode, since when, and two answers. Everything else is behind them.
import { fill, fresh, keyed, part, picture, write } from "../staff/dom.js";
import { hour, say } from "../staff/texts.js";
import { isOnDuty } from "./duty.js";
import { notice, receipt, refresh, tell } from "./main.js";

/** @typedef {{offerId: string, need: string, mode: string, modes: string[], replyCode: string, raisedAt: string, offeredAt: string, expiresAt?: string, version: number, exercise: boolean, departs?: {at: string, waits: string}}} Offer */

const list = part("offers");
/** @type {Set<string>} */
let known = new Set();
/** @type {Set<string>} */
const answered = new Set();
/** @type {Map<string, Set<string>>} */
const told = new Map();

/** Each receipt is told until the service has it. @param {string} offerId @param {"delivered" | "seen"} state */
async function tellOnce(offerId, state) {
  const done = told.get(offerId) ?? new Set();
  told.set(offerId, done);
  if (done.has(state)) return;
  done.add(state);
  if (!await receipt(offerId, state)) done.delete(state);
}

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) markSeen(/** @type {HTMLElement} */ (target));
}, { threshold: 0.5 });

/** @param {HTMLElement} card */
function markSeen(card) {
  if (document.hidden || !card.isConnected) return;
  watcher.unobserve(card);
  void tellOnce(card.dataset.key ?? "", "seen");
}

/** @param {Offer[]} offers @returns {{total: number, added: string[], withdrawn: boolean}} */
export function showOffers(offers) {
  const open = offers.filter((offer) => !answered.has(offer.offerId));
  const ids = new Set(open.map((offer) => offer.offerId));
  const added = [...ids].filter((id) => !known.has(id));
  const withdrawn = [...known].some((id) => !ids.has(id) && !answered.has(id));
  known = ids;
  keyed(list, open, (offer) => offer.offerId, make, (card, { departs }) => write(part("departs", card), departs ? say(`respond.departs.${departs.waits}`, { time: hour(departs.at) }) : ""));
  for (const card of list.children) if (!told.get(/** @type {HTMLElement} */ (card).dataset.key ?? "")?.has("seen")) watcher.observe(card);
  for (const id of ids) void tellOnce(id, "delivered");
  write(part("offers-empty"), open.length ? "" : say(isOnDuty() ? "respond.noOffers" : "respond.noOffersOff"));
  return { total: open.length, added, withdrawn };
}

document.addEventListener("visibilitychange", () => {
  for (const card of list.children) { watcher.unobserve(card); watcher.observe(card); }
});

/** @param {Offer} offer */
function make(offer) {
  const card = fresh("offer");
  picture(card, offer.need);
  fill(card, { need: say(`staff.need.${offer.need}`), mode: say(`staff.mode.${offer.mode}`),
    code: offer.replyCode ? say("respond.code", { code: offer.replyCode }) : "", exercise: offer.exercise ? say("staff.exercise") : "" });
  part("since", card).dataset.since = offer.offeredAt || offer.raisedAt;
  const modes = offer.modes?.length > 1 ? offer.modes : [];
  part("modes", card).hidden = modes.length === 0;
  part("mode-list", card).append(...modes.map((mode) => chip(`mode-${offer.offerId}`, mode, say(`staff.mode.${mode}`), mode === offer.mode)));
  part("eta-list", card).append(...[5, 10, 15, 20, 30, 45, 60].map((n) => chip(`eta-${offer.offerId}`, String(n), String(n), false)));

  const panels = { "first": part("first", card), "yes": part("yes", card), "no": part("no", card) };
  /** @param {keyof typeof panels} name */
  const show = (name) => {
    for (const [each, panel] of Object.entries(panels)) panel.hidden = each !== name;
    const heads = Array.from(/** @type {NodeListOf<HTMLElement>} */ (panels[name].querySelectorAll(name === "first" ? "button" : "h3")));
    heads.find((head) => head.offsetParent !== null)?.focus();
  };
  part("accept", card).addEventListener("click", () => show("yes"));
  part("decline", card).addEventListener("click", () => show("no"));
  for (const back of card.querySelectorAll("[data-back]")) back.addEventListener("click", () => show("first"));
  part("confirm", card).addEventListener("click", () => {
    const eta = Number(picked(card, `eta-${offer.offerId}`)) || undefined;
    void answer(card, offer, "accept", { etaMinutes: eta, mode: picked(card, `mode-${offer.offerId}`) });
  });
  for (const reason of card.querySelectorAll("[data-reason]"))
    reason.addEventListener("click", () => void answer(card, offer, "decline", { reason: /** @type {HTMLElement} */ (reason).dataset.reason }));
  return card;
}

/** @param {string} group @param {string} value @param {string} text @param {boolean} checked */
function chip(group, value, text, checked) {
  const one = fresh("chip");
  const box = /** @type {HTMLInputElement} */ (one.querySelector("input"));
  Object.assign(box, { name: group, value, checked });
  write(/** @type {HTMLElement} */ (one.querySelector("span")), text);
  return one;
}

/** @param {HTMLElement} card @param {string} group @returns {string | undefined} */
function picked(card, group) {
  return Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll("input:checked"))).find((box) => box.name === group)?.value;
}

/** @param {HTMLElement} card @param {Offer} offer @param {"accept" | "decline"} verb @param {object} body */
async function answer(card, offer, verb, body) {
  if (card.getAttribute("aria-busy") === "true") return;
  card.setAttribute("aria-busy", "true");
  const result = await tell("POST", `/api/v1/offers/${encodeURIComponent(offer.offerId)}/${verb}`, body);
  card.removeAttribute("aria-busy");
  const over = result.ok || ["already_filled", "offer_closed", "not_found"].includes(result.code);
  if (!over) return;
  answered.add(offer.offerId);
  card.remove();
  if (result.ok) notice(say(verb === "accept" ? "respond.accepted" : "respond.declined"), "good");
  part("notice").focus();
  refresh();
}
