// What was accepted: first "do you know these people?", then where and how, then progress.
import { now } from "../staff/api.js";
import { fill, fresh, keyed, part, picture, write } from "../staff/dom.js";
import { ring } from "../staff/sound.js";
import { hour, say } from "../staff/texts.js";
import { notice, refresh, tell } from "./main.js";

/** @typedef {{offerId: string, alertId: string, need: string, mode: string, etaMinutes?: number, etaAt?: string, acceptedAt: string, state: string, progressDueAt?: string, checkInDueAt?: string, panicAt?: string, version: number, exercise: boolean, provisional: boolean, phoneUnsafe: boolean, guardiansMustNotBeTold: boolean, area?: {id: string, name: string}, place?: {latitude?: number, longitude?: number, landmark?: string}, laterPlaces?: {at: string, place?: {latitude?: number, longitude?: number, landmark?: string}}[], party?: {adults?: number, children?: number[], pregnant?: boolean, wheelchair?: boolean}, note?: string, contact?: {channel: string, number?: string, hours?: string, codeWord?: string, now?: boolean}, meetingPoints?: {need: string, place: {latitude?: number, longitude?: number, landmark?: string}}[], departs?: {at: string, waits: string}, bed?: {state: "booked" | "arrived" | "lost", expectedAt?: string}}} Assignment */

const list = part("assignments");
/** @type {Set<string>} */
const warned = new Set();

/** Whoever drives her has her in the car between setting out and arriving. @param {Partial<Assignment>} one */
const drives = ({ need, mode }) => need === "transport" && mode !== "callsHer";

/** What may be said next, by where one is and how one helps. @param {Assignment} one @returns {string[]} */
function nextSteps(one) {
  const { state, mode } = one;
  if (drives(one) && (state === "enRoute" || state === "noConflict" && mode === "receivesHer")) return ["pickedUp", "released"];
  if (state === "pickedUp") return ["arrived", "released"];
  if (state === "noConflict") return [...(mode === "callsHer" || mode === "receivesHer" ? ["arrived"] : ["enRoute"]), "released"];
  if (state === "enRoute") return ["arrived", "released"];
  if (state === "arrived") return ["done", "released"];
  return [];
}

/** @param {Assignment[]} assignments */
export function showAssignments(assignments) {
  const open = assignments.filter((one) => one.state !== "done" && one.state !== "released")
    .sort((a, b) => Number(b.state === "standOff") - Number(a.state === "standOff"));
  part("assignments-section").hidden = open.length === 0;
  const away = open.filter((one) => one.state === "standOff").map((one) => one.offerId);
  if (away.some((id) => !warned.has(id))) { notice(""); ring(45_000); }
  for (const id of away) warned.add(id);
  keyed(list, open, (one) => one.offerId, make, update);
}

/** @param {Assignment} one */
function make(one) {
  const card = fresh("assignment");
  picture(card, one.need);
  card.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const { progress, ask } = button.dataset;
    if (button.matches("[data-panic]")) return void safety(card, "panic");
    if (button.matches("[data-check-in]")) return void safety(card, "check-in");
    if (ask) askFirst(card, ask);
    else if (button.matches("[data-copy]")) void copy(card, button);
    else if (button.matches("[data-sure-no]")) part("sure", card).hidden = true;
    else if (progress) void report(card, progress, Number(button.dataset.minutes) || undefined);
  });
  return card;
}

/** @param {HTMLElement} card @param {string} state */
function askFirst(card, state) {
  write(part("sure-text", card), say(`respond.sure.${state}`));
  part("sure-yes", card).dataset.progress = state;
  part("sure", card).hidden = false;
  part("sure-text", card).focus();
}

/** @param {HTMLElement} card @param {Assignment} one */
function update(card, one) {
  const off = one.state === "standOff" || one.state === "callOff";
  const late = one.progressDueAt && Date.parse(one.progressDueAt) < now();
  card.dataset.state = one.state;
  fill(card, {
    need: say(`staff.need.${one.need}`), mode: say(`staff.mode.${one.mode}`), state: off ? "" : say(`respond.state.${one.state}`),
    exercise: one.exercise ? say("staff.exercise") : "",
    when: say("respond.acceptedAt", { time: hour(one.acceptedAt) }) + (one.etaAt ? ` · ${say("respond.eta", { time: hour(one.etaAt) })}` : ""),
    area: one.area ? say("respond.area", { area: one.area.name }) : "",
    bed: one.bed && !off ? say(`respond.bed.${one.bed.state}`) + (one.bed.state === "booked" && one.bed.expectedAt ? ` ${say("respond.bed.expected", { time: hour(one.bed.expectedAt) })}` : "") : "",
    departs: one.departs && !off ? say(`respond.departs.${one.departs.waits}`, { time: hour(one.departs.at) }) : "",
    "phone-unsafe": one.phoneUnsafe ? say(one.contact ? "respond.phoneUnsafeAnew" : "respond.phoneUnsafe") : "", guardians: one.guardiansMustNotBeTold ? say("respond.guardians") : "",
    due: off || !one.progressDueAt ? "" : say(late ? "respond.progressLate" : "respond.progressDue", { time: hour(one.progressDueAt) }),
    "off-title": off ? say(`respond.${one.state}`) : "", "off-hint": off ? say(`respond.${one.state}Hint`) : "",
  });
  // Whoever is told to turn back is still on the way.
  part("safety", card).hidden = one.state === "accepted" || one.state === "noConflict";
  part("check-in", card).hidden = !one.checkInDueAt;
  fill(card, {
    "check-in-due": one.checkInDueAt ? say("respond.checkInDue", { time: hour(one.checkInDueAt) }) : "",
    "panic-said": one.panicAt ? say("respond.panicSaid", { time: hour(one.panicAt) }) : "",
  });
  part("bed", card).dataset.state = one.bed?.state ?? "";
  part("due", card).dataset.late = String(Boolean(late));
  part("off", card).hidden = !off;
  // A text proves nothing about who sent it: first she says here that it was she.
  part("provisional", card).hidden = !one.provisional;
  part("know", card).hidden = one.state !== "accepted" || one.provisional;
  showFacts(card, off || one.state === "accepted" ? {} : one);
  const steps = nextSteps(one).map((step) => `${step}/${one.mode}`).join(" ");
  const actions = part("actions", card);
  actions.hidden = steps === "";
  if (actions.dataset.steps === steps) return;
  actions.dataset.steps = steps;
  part("sure", card).hidden = true;
  actions.replaceChildren(...nextSteps(one).map((step, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = index === 0 ? "button act" : "button";
    button.textContent = say(`respond.progress.${step === "arrived" && one.mode === "callsHer" ? "arrivedCall" : step === "arrived" && drives(one) ? "arrivedDrive" : step}`);
    button.dataset[step === "released" || step === "done" ? "ask" : "progress"] = step;
    return button;
  }));
  showMinutes(card, one);
}

/** On the way with the minutes in one tap; and the same again when it takes longer. @param {HTMLElement} card @param {Assignment} one */
function showMinutes(card, one) {
  const step = nextSteps(one)[0] ?? "";
  const asks = drives(one) && ["enRoute", "pickedUp"].includes(step);
  part("minutes", card).hidden = !asks;
  write(part("minutes-title", card), asks ? say(`respond.minutes.${step}`) : "");
  part("minutes", card).setAttribute("aria-label", part("minutes-title", card).textContent ?? "");
  part("minutes-list", card).replaceChildren(...asks ? minutes(step) : []);
  const later = drives(one) && ["enRoute", "pickedUp"].includes(one.state);
  part("later-minutes", card).hidden = !later;
  /** @type {HTMLDetailsElement} */ (part("later-minutes", card)).open = false;
  part("later-list", card).replaceChildren(...later ? minutes(one.state) : []);
}

/** @param {string} step */
const minutes = (step) => [5, 10, 15, 20, 30, 45, 60].map((n) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = String(n);
  button.setAttribute("aria-label", say("staff.minutes", { n }));
  Object.assign(button.dataset, { progress: step, minutes: String(n) });
  return button;
});

/** @param {HTMLElement} card @param {Partial<Assignment>} one */
function showFacts(card, { need, place, laterPlaces, party, note, contact, meetingPoints }) {
  const met = (/** @type {boolean} */ handOver) => placeText(meetingPoints?.find((point) => handOver === (need === "transport" && point.need === "shelter"))?.place);
  fill(card, { "pick-up-title": say(need === "transport" ? "respond.pickUp" : "respond.meetAt"), "pick-up": met(false), "hand-over": met(true) });
  const at = place?.latitude !== undefined && place?.longitude !== undefined ? `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : "";
  const channel = contact ? say(`respond.contact.${contact.channel}`) : "";
  fill(card, {
    landmark: place?.landmark ?? "", position: at, later: (laterPlaces ?? []).map(laterText).join(" / "), party: party ? partyText(party) : "", note: note ?? "", channel, number: contact?.channel !== "none" ? contact?.number ?? "" : "",
    hours: contact?.hours ? say("respond.hours", { hours: contact.hours }) + (contact.now === false ? ` ${say("respond.notNow")}` : "") : "",
    word: contact?.codeWord ? say("respond.word", { word: contact.codeWord }) : "",
  });
  const scheme = contact?.channel === "sms" ? "sms" : "tel";
  part("number", card).setAttribute("href", `${scheme}:${(contact?.number ?? "").replace(/[^\d+*#]/g, "")}`);
  part("copy", card).hidden = at === "" || !navigator.clipboard;
  part("map", card).hidden = at === "";
  part("map-open", card).setAttribute("href", `geo:${at.replace(" ", "")}`);
  for (const row of card.querySelectorAll("[data-row]"))
    /** @type {HTMLElement} */ (row).hidden = !Array.from(row.querySelectorAll("dd > *")).some((child) => !/** @type {HTMLElement} */ (child).hidden);
}

/** @param {{latitude?: number, longitude?: number, landmark?: string} | undefined} place */
const placeText = (place) => [place?.landmark, place?.latitude !== undefined ? `${place.latitude}, ${place.longitude}` : ""].filter(Boolean).join(" · ");

/** @param {NonNullable<Assignment["party"]>} party */
const partyText = (party) => [party.adults ? say("hotline.party.adults", { n: party.adults }) : "",
  party.children?.length ? say("hotline.party.children", { ages: party.children.join(", ") }) : "",
  party.pregnant ? say("hotline.party.pregnant") : "", party.wheelchair ? say("hotline.party.wheelchair") : ""].filter(Boolean).join(", ");

/** @param {HTMLElement} card @param {HTMLElement} button */
async function copy(card, button) {
  const done = await navigator.clipboard.writeText(part("position", card).textContent ?? "").then(() => true, () => false);
  if (done) button.textContent = say("respond.copied");
}

/** A place sent later stands beside the first and says when. @param {{at: string, place?: {latitude?: number, longitude?: number, landmark?: string}}} later */
const laterText = ({ at, place }) => [place?.landmark, place?.latitude !== undefined ? `${place.latitude}, ${place.longitude}` : "", hour(at)].filter(Boolean).join(" · ");

/** @param {HTMLElement} card @param {string} state @param {number} [etaMinutes] */
async function report(card, state, etaMinutes) {
  if (card.getAttribute("aria-busy") === "true") return;
  card.setAttribute("aria-busy", "true");
  const answer = await tell("POST", `/api/v1/assignments/${encodeURIComponent(card.dataset.key ?? "")}/progress`, { state, etaMinutes });
  card.removeAttribute("aria-busy");
  if (!answer.ok) return refresh();
  notice("");
  /** @type {HTMLDetailsElement} */ (part("later-minutes", card)).open = false;
  if (answer.body.state === "released" || answer.body.state === "done") { card.remove(); part("title").focus(); }
  else { update(card, answer.body); part("need", card).focus(); }
  refresh();
}

/** Never waits for another answer: somebody in danger presses until it is said that it was heard. @param {HTMLElement} card @param {"panic" | "check-in"} act */
async function safety(card, act) {
  const answer = await tell("POST", `/api/v1/assignments/${encodeURIComponent(card.dataset.key ?? "")}/${act}`, {});
  if (answer.ok) { notice(""); update(card, answer.body); }
  refresh();
}
