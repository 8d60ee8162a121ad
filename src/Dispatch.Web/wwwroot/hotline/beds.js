// A bed for her: what is free, which houses were asked and what they said, whom to ring, and where else.
import { now } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { count, has, hour, say, span } from "../staff/texts.js";

/** @typedef {{holdId: string, shelterId: string, state: string, askedAt: string, byMachine: boolean, byTelephone?: boolean, expiresAt?: string, bookedAt?: string, expectedAt?: string, over?: string, refused?: string, passedOver?: string}} Hold */
/** @typedef {{shelterId: string, name?: string, organisation: string, telephone?: string, freshness: string, confirmedAt?: string, departAt: string, askable: boolean, notes: string[], asked?: Hold}} House */
/** @typedef {{id: string, kind: string, organisation: string, telephone?: string, departAt?: string, state?: string, askedAt?: string, answeredAt?: string, until?: string, reason?: string}} Place */
/** @typedef {{machine: boolean, calledAt?: string, complete: boolean, houses: House[], leftOut: {shelterId: string, name?: string, organisation: string, reason: string, misfits: string[]}[]}} Houses */
/** @typedef {{free?: {kind: string, count: number}[], oldestConfirmedAt?: string}} Counts */
/** @typedef {{id: string, status: string, exercise: boolean, duress: boolean, needs: {need: string, state: string}[], holds?: Hold[], places?: Place[]}} Bedded */
/** What the service said of the beds for this alert; absent where it said nothing. @typedef {{counts?: Counts, houses?: Houses, places?: Place[], partyUnknown?: boolean}} Known */
/** @typedef {{act: string, text: string, main?: boolean, stop?: boolean}} Act */

/** @type {Bedded | null} */
let shown = null;
/** @type {Known} */
let known = {};

const standing = ["requested", "held", "booked", "releasing"];
const ended = (/** @type {Bedded} */ one) => one.status === "ended" || one.status === "cancelled";
/** Whether there is anything about beds to see or to do. @param {Bedded | null} one */
export const aboutBeds = (one) => one !== null && ((one.holds ?? []).some(({ state }) => standing.includes(state)) || !ended(one) && one.needs.some(({ need, state }) => need === "shelter" && state !== "closed"));
/** Asks are for an alert that is open, and real: a drill keeps no bed from anybody. */
export const mayAsk = () => shown !== null && !ended(shown) && !shown.exercise;
export const alertShown = () => shown?.id ?? "";

/** @param {Bedded | null} one @param {Known} [said] absent: not asked yet */
export function showBeds(one, said) {
  if (one?.id !== shown?.id) { known = {}; reset(); }
  shown = one;
  if (said) known = said;
  part("beds").hidden = !aboutBeds(one);
  if (!part("beds").hidden) paint();
}

/** Nothing typed about one request may be sent for another. */
function reset() {
  /** @type {HTMLFormElement} */ (part("beds")).reset();
  /** @type {HTMLDetailsElement} */ (part("beds-party")).open = false;
}

/** Clocks go on between answers. */
export const tickBeds = () => { if (shown && !part("beds").hidden) paint(); };

function paint() {
  const may = mayAsk();
  const { counts, houses } = known;
  write(part("beds-free"), freeText(counts));
  write(part("beds-called"), houses?.calledAt && may ? say("hotline.beds.called", { time: hour(houses.calledAt) }) : "");
  write(part("beds-incomplete"), houses && !houses.complete ? say("hotline.beds.incomplete") : "");
  write(part("beds-party-unknown"), known.partyUnknown ? say("hotline.beds.partyUnknown") : "");
  part("beds-next").hidden = part("beds-party").hidden = !may;
  const asked = [...shown?.holds ?? []].reverse();
  rows("beds-holds", asked, (one) => one.holdId, (one) => ({ name: nameOf(one.shelterId), about: holdText(one), state: one.state, acts: holdActs(one) }));
  part("beds-holds-none").hidden = asked.length > 0;
  const open = (houses?.houses ?? []).filter(({ asked: hold }) => !hold || !standing.includes(hold.state) && hold.state !== "occupied");
  // A house that did not answer a moment ago may answer now: what was said stands beside the house, and it stays on the list.
  const ring = may ? open.filter((house) => house.freshness === "ringFirst") : [];
  const next = may ? open.filter((house) => house.freshness !== "ringFirst" && house.askable) : [];
  rows("beds-houses", next, (one) => one.shelterId, (one) => ({ name: houseName(one), about: houseText(one), acts: [{ act: "ask", text: say("hotline.beds.ask") }] }));
  part("beds-houses-part").hidden = next.length === 0;
  rows("beds-ring", ring, (one) => one.shelterId, (one) => ({ name: houseName(one), about: houseText(one), acts: answers() }));
  part("beds-ring-part").hidden = ring.length === 0;
  const places = known.places ?? (shown?.places ?? []);
  rows("beds-places", places, (one) => one.id, (one) => ({ name: placeName(one), about: placeText(one), state: one.state, acts: may ? placeActs(one) : [] }));
  part("beds-places-part").hidden = places.length === 0;
  part("beds-until").hidden = !may || places.length === 0;
  part("beds-why").hidden = !may || ring.length + places.length + asked.filter(({ state }) => state === "held").length === 0;
  const left = may ? houses?.leftOut ?? [] : [];
  rows("beds-left", left, (one) => one.shelterId, (one) => ({ name: houseName(one), about: leftText(one), acts: [] }));
  part("beds-left-part").hidden = left.length === 0;
}

/** Lines with what can be done about each; a button that has the focus is never rebuilt.
 * @template T @param {string} list @param {T[]} items @param {(item: T) => string} key @param {(item: T) => {name: string, about: string, state?: string, acts: Act[]}} words */
function rows(list, items, key, words) {
  keyed(part(list), items, key, () => fresh("bed"), (row, item) => {
    const { name, about, state, acts } = words(item);
    row.dataset.state = state ?? "";
    write(part("name", row), name);
    write(part("about", row), about);
    part("moves", row).hidden = acts.length === 0;
    keyed(part("moves", row), acts, ({ act }) => act, () => fresh("bed-act"), (button, one) => {
      button.dataset.act = one.act;
      button.classList.toggle("act", Boolean(one.main));
      button.classList.toggle("stop", Boolean(one.stop));
      write(button, one.text);
      button.setAttribute("aria-label", `${one.text}: ${name}`);
    });
  });
}

/** @param {Counts | undefined} counts */
function freeText(counts) {
  if (!counts) return "";
  if (!counts.free?.length) return say("hotline.beds.withheld");
  const free = say("hotline.beds.free", { beds: counts.free.map((one) => count(`staff.bed.${one.kind}`, one.count)).join(", ") });
  return `${free} ${counts.oldestConfirmedAt ? say("hotline.beds.age", { ago: span(now() - Date.parse(counts.oldestConfirmedAt)) }) : say("hotline.beds.unconfirmed")}`;
}

const words = (/** @type {string} */ group, /** @type {string | undefined} */ code) => code ? has(`${group}.${code}`) ? say(`${group}.${code}`) : code : "";
/** @param {(string | undefined)[]} some */
const joined = (...some) => some.filter(Boolean).join(" · ");
/** @param {{organisation: string, shelterId: string, name?: string}} house */
const houseName = (house) => joined(house.name ?? house.shelterId, house.organisation);
/** @param {string} shelterId */
function nameOf(shelterId) {
  const house = [...known.houses?.houses ?? [], ...known.houses?.leftOut ?? []].find((one) => one.shelterId === shelterId);
  return house ? houseName(house) : shelterId;
}

/** @param {Hold} one */
function holdText(one) {
  const left = one.expiresAt ? Date.parse(one.expiresAt) - now() : 0;
  return joined(
    one.over ? words("hotline.beds.over", one.over) : words("hotline.beds.state", one.state),
    one.passedOver ? words("hotline.beds.why", one.passedOver) : one.refused ? words("error", one.refused) : "",
    one.state === "held" && one.expiresAt ? left > 0 ? say("hotline.beds.left", { t: span(left) }) : say("hotline.beds.leftNone") : "",
    one.state === "booked" && one.expectedAt ? say("hotline.beds.expected", { time: hour(one.expectedAt) }) : "",
    say(one.byMachine ? "hotline.beds.byMachine" : "hotline.beds.byHand", { time: hour(one.askedAt) }));
}

/** @param {Hold} one @returns {Act[]} */
function holdActs(one) {
  const giveUp = { act: "giveUp", text: say("hotline.beds.giveUp"), stop: true };
  if (one.state === "held" && mayAsk()) return [{ act: "yes", text: say("hotline.beds.yes"), main: true }, { act: "no", text: say("hotline.beds.no") }, giveUp];
  return standing.includes(one.state) && one.state !== "releasing" ? [giveUp] : [];
}

/** @returns {[Act, Act]} */
const answers = () => [{ act: "yes", text: say("hotline.beds.yes") }, { act: "no", text: say("hotline.beds.no") }];

/** @param {House} one */
const houseText = (one) => joined(
  one.telephone, one.confirmedAt ? say("hotline.beds.age", { ago: span(now() - Date.parse(one.confirmedAt)) }) : say("hotline.beds.never"),
  Date.parse(one.departAt) > now() + 60_000 ? say("hotline.beds.departs", { time: hour(one.departAt) }) : "",
  ...one.notes.filter((note) => note !== "ringFirst").map((note) => words("hotline.beds.note", note)),
  one.asked?.over ? words("hotline.beds.over", one.asked.over) : "", words("hotline.beds.why", one.asked?.passedOver));

/** @param {{reason: string, misfits: string[]}} one */
const leftText = (one) => joined(words("hotline.beds.not", one.reason), ...one.misfits.map((misfit) => words("hotline.beds.misfit", misfit)));

/** @param {Place} one */
const placeName = (one) => joined(words("hotline.beds.place", one.kind), one.organisation);

/** @param {Place} one */
const placeText = (one) => joined(
  one.telephone, words("hotline.beds.said", one.state), words("hotline.beds.why", one.reason), one.until ? say("hotline.beds.until", { time: hour(one.until) }) : "",
  one.state ? hour(one.answeredAt ?? one.askedAt ?? "") : "", !one.state && one.departAt && Date.parse(one.departAt) > now() + 60_000 ? say("hotline.beds.departs", { time: hour(one.departAt) }) : "");

/** @param {Place} one @returns {Act[]} */
function placeActs(one) {
  const [yes, no] = answers();
  switch (one.state) {
    case "yes": return [{ act: "arrived", text: say("hotline.beds.arrived"), main: true }, { act: "release", text: say("hotline.beds.giveUp"), stop: true }];
    case "arrived": return [];
    case "asked": return [yes, no];
    default: return [{ act: "asked", text: say("hotline.beds.rung") }, yes, no];
  }
}
