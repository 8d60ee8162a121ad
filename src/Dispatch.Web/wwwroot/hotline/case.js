// One request on one screen: needs, facts, who was told and what they said, and what happened, in order.
import { fresh, keyed, part, picture, write } from "../staff/dom.js";
import { date, has, hour, languageName, say } from "../staff/texts.js";
import { reasonWord, stateOf } from "./queue.js";

/** @typedef {{offerId: string, responder: {id: string, displayName: string, organisation: any}, need: string, mode: string, step: number, state: string, plannedAt: string, sentAt?: string, deliveredAt?: string, seenAt?: string, answeredAt?: string, reason?: string, etaMinutes?: number, provisional: boolean, channels?: {channel: string, stays: boolean}[], rankedBecause?: Because}} Offer */
/** @typedef {{wishedMode: boolean, nextDoor: boolean, travel?: string, language: boolean, load: number, lastAskedAt?: string}} Because */
/** @typedef {{at: string, kind: string, need?: string, step?: number, who?: any, detail?: string}} Event_ */
/** @typedef {{id: string, version: number, status: string, area?: {name: string}, raisedAt: string, composedAt?: string, late: boolean, exercise: boolean, verification: string, language: string, ageBand?: string, takenBy?: {id: string, displayName: string}, takenAt?: string, needs: {need: string, state: string, quorum: number, filled: number, fallbackNumber?: string, departs?: {at: string, waits: string}}[], offers: Offer[], timeline: Event_[], location?: any, laterPlaces?: {at: string, place?: any}[], note?: string, safeContact?: any, party?: any, womenOnly?: boolean, exclusions?: string[], duress: boolean, relay?: {name?: string, organisation?: string, number?: string}, channel?: string, agreed?: {how: string, at: string, wordingVersion: string, language: string, by?: string}, meetingPoints?: import("./meeting.js").Meeting[]} & import("./decide.js").Decidable} Case */

/** @param {any} who */
const name = (who) => who === "relay" ? say("hotline.relayWho") : typeof who === "string" ? who : who?.displayName ?? who?.name ?? "";
const none = "–";
/** @param {string | undefined} at */
const at = (at) => at ? hour(at, true) : none;
/** @param {string} key @param {string} otherwise */
const known = (key, otherwise) => has(key) ? say(key) : otherwise;

/** @param {import("./queue.js").Item} item @param {string} me */
export function showHead(item, me) {
  const state = stateOf(item);
  part("case").dataset.state = state;
  write(part("case-title"), `${reasonWord(item.reason)} · ${say(`hotline.state.${state}`)}`);
  const who = item.takenBy?.id === me ? say("hotline.you") : item.takenBy?.displayName ?? "";
  write(part("case-taken"), item.takenBy && item.takenAt ? say("hotline.takenBy", { who, time: hour(item.takenAt) }) : say("hotline.notTaken"));
  part("take").hidden = state === "taken" || state === "open";
  part("close").hidden = item.takenBy?.id !== me;
  part("hand-back").hidden = part("close").hidden || item.state !== "taken";
  write(part("case-exercise"), item.exercise ? say("staff.exercise") : "");
}

/** @param {Case | null} one @param {string} problem */
export function showCase(one, problem) {
  write(part("case-problem"), problem);
  part("case-columns").hidden = !one;
  part("case-duress").hidden = !one?.duress;
  part("case-late").hidden = !one?.late;
  if (!one) return;
  keyed(part("needs"), one.needs ?? [], (need) => need.need, () => fresh("need"), (row, need) => {
    picture(row, need.need);
    write(part("word", row), say(`staff.need.${need.need}`));
    const filled = need.quorum > 1 ? ` (${say("hotline.filled", { filled: need.filled, quorum: need.quorum })})` : "";
    write(part("state", row), known(`hotline.need.${need.state}`, need.state) + filled + (need.fallbackNumber && need.state !== "accepted" ? ` · ${say("hotline.fallback", { number: need.fallbackNumber })}` : ""));
    row.dataset.state = need.state;
  });
  showFacts(one);
  keyed(part("people"), [...one.offers ?? []].sort((a, b) => a.step - b.step), (offer) => offer.offerId, () => fresh("person"), showPerson);
  part("people-empty").hidden = (one.offers?.length ?? 0) > 0;
  keyed(part("timeline"), (one.timeline ?? []).map((event, index) => ({ event, index })), ({ index }) => String(index), () => fresh("event"), (row, { event }) => {
    const time = /** @type {HTMLTimeElement} */ (row.querySelector("time"));
    time.dateTime = event.at;
    write(time, hour(event.at, true));
    row.dataset.kind = event.kind;
    write(/** @type {HTMLElement} */ (row.querySelector("span")), eventText(event));
  });
  part("timeline-empty").hidden = (one.timeline?.length ?? 0) > 0;
}

/** A code in words; what has none stays out. @param {string | undefined} code */
const detailText = (code) => code ? ["respond.state", "respond.why", "hotline.channel", "hotline.decided", "hotline.basis", "hotline.beds.why", "hotline.off"].map((group) => known(`${group}.${code}`, "")).find(Boolean) ?? "" : "";

/** What a human decided in her place is never shown as her consent, nor what a human wrote down as her own doing. @param {string} kind @param {any} who @param {string | undefined} detail */
const kindOf = (kind, who, detail) => kind === "addition" && who && who !== "survivor" ? "additionBy" : kind === "consent" && detail !== "consent" ? "disclosed" : kind === "consentWithdrawn" && who !== "survivor" ? "disclosureWithdrawn" : kind;

/** @param {Event_} event */
function eventText({ kind: happened, need, step, who, detail }) {
  const kind = kindOf(happened, who, detail);
  const text = has(`hotline.kind.${kind}`) ? say(`hotline.kind.${kind}`, { who: name(who) || say("error.someone"), step: (step ?? 0) + 1 }) : say("hotline.kind.other", { kind });
  const details = [need ? say(`staff.need.${need}`) : "", kind === "consent" ? "" : kind === "additionBy" ? known(`hotline.added.${detail}`, "") : detailText(detail)].filter(Boolean);
  return details.length ? `${text} (${details.join(", ")})` : text;
}

/** What was withdrawn and stays on her phone all the same. @param {Offer} offer */
function staysText({ channels }) {
  const stays = (channels ?? []).filter((told) => told.stays).map((told) => known(`hotline.channel.${told.channel}`, told.channel));
  return stays.length ? ` · ${say("hotline.stays", { channels: stays.join(", ") })}` : "";
}

/** @param {HTMLElement} row @param {Offer} offer */
function showPerson(row, offer) {
  row.dataset.state = offer.state;
  const answered = offer.state === "accepted" && offer.etaMinutes ? ` (${say("staff.minutes", { n: offer.etaMinutes })})`
    : offer.reason ? ` (${known(`respond.why.${offer.reason}`, known(`hotline.withdrawnFor.${offer.reason}`, offer.reason))})` : "";
  const answer = known(`hotline.offer.${offer.state}`, offer.state) + answered + (offer.provisional ? ` · ${say("hotline.provisional")}` : "") + staysText(offer);
  write(part("step", row), String((offer.step ?? 0) + 1));
  write(part("name", row), offer.responder?.displayName ?? none);
  write(part("organisation", row), [name(offer.responder?.organisation), say(`staff.need.${offer.need}`)].filter(Boolean).join(" · "));
  write(part("because", row), becauseText(offer));
  write(part("told", row), at(offer.deliveredAt ?? offer.sentAt));
  write(part("seen", row), at(offer.seenAt));
  write(part("answer", row), offer.answeredAt ? `${answer}, ${hour(offer.answeredAt, true)}` : answer);
}

/** Why she was chosen before others, in the order in which it counted. @param {Offer} offer */
function becauseText({ rankedBecause: why, plannedAt }) {
  if (!why) return "";
  const asked = why.lastAskedAt && (new Date(why.lastAskedAt).toDateString() === new Date(plannedAt).toDateString() ? hour(why.lastAskedAt) : `${date(why.lastAskedAt)}, ${hour(why.lastAskedAt)}`);
  return say("hotline.because", { why: [
    why.wishedMode ? say("hotline.because.wishedMode") : "", say(`hotline.because.${why.nextDoor ? "nextDoor" : "here"}`), why.travel ? say(`hotline.because.travel.${why.travel}`) : "",
    why.language ? say("hotline.because.language") : "", say("hotline.because.load", { n: why.load }), asked ? say("hotline.because.lastAsked", { time: asked }) : "",
  ].filter(Boolean).join(", ") });
}

/** @param {Case} one */
function showFacts(one) {
  const { location: where, party, safeContact: contact } = one;
  const people = [party?.adults ? say("hotline.party.adults", { n: party.adults }) : "",
    party?.children?.length ? say("hotline.party.children", { ages: party.children.join(", ") }) : "",
    party?.pregnant ? say("hotline.party.pregnant") : "", party?.wheelchair ? say("hotline.party.wheelchair") : ""];
  const hours = contact?.hoursFrom || contact?.hoursTo ? `${contact.hoursFrom ?? ""}–${contact.hoursTo ?? ""}` : "";
  const reach = contact ? [known(`respond.contact.${contact.channel}`, ""), contact.number, hours, contact.codeWord ? say("respond.word", { word: contact.codeWord }) : "", contact.voicemail ? say("hotline.raise.voicemail") : ""] : [];
  const spot = where ? [where.landmark, where.latitude !== undefined ? `${where.latitude}, ${where.longitude}` : ""] : [];
  const facts = [
    ["channel", one.channel ? known(`hotline.channelBy.${one.channel}`, one.channel) : ""], ["raised", hour(one.raisedAt)], ["composed", one.composedAt && one.late ? hour(one.composedAt) : ""], ["area", one.area?.name],
    ["language", languageName(one.language)], ["age", one.ageBand ? known(`hotline.age.${one.ageBand}`, one.ageBand) : ""],
    ["verification", known(`hotline.verification.${one.verification}`, one.verification)], ["party", people.filter(Boolean).join(", ")],
    ["place", spot.filter(Boolean).join(" · ")],
    ["laterPlace", (one.laterPlaces ?? []).map((later) => [later.place?.landmark, later.place?.latitude !== undefined ? `${later.place.latitude}, ${later.place.longitude}` : "", hour(later.at)].filter(Boolean).join(" · ")).join(" / ")], ["contact", reach.filter(Boolean).join(" · ")],
    ["relay", one.relay ? [one.relay.name, one.relay.organisation, one.relay.number].filter(Boolean).join(" · ") : ""],
    ["ifDropped", contact?.ifDropped ? known(`hotline.dropped.${contact.ifDropped}`, "") : ""],
    ["agreed", one.agreed ? one.agreed.by ? say("hotline.agreedBy", { who: one.agreed.by, time: hour(one.agreed.at), version: one.agreed.wordingVersion }) : say(`hotline.agreed.${one.agreed.how}`, { language: one.agreed.language }) : ""],
    ["exclusions", (one.exclusions ?? []).join(" · ")], ["womenOnly", one.womenOnly ? say("respond.yes") : ""], ["note", one.note],
  ].filter(([, value]) => value);
  keyed(part("facts"), facts, ([key]) => String(key), () => fresh("fact"), (row, [key, value]) => {
    write(/** @type {HTMLElement} */ (row.querySelector("dt")), say(`hotline.${key}`));
    write(/** @type {HTMLElement} */ (row.querySelector("dd")), String(value));
  });
}
