// A hold in words: how many, for whom, which beds. No name and no story is ever here.
import { count, date, hour, say } from "../staff/texts.js";
import { now } from "../staff/api.js";

/** @typedef {{kind: string, count: number}} Count */
/** @typedef {{adults: number, children?: {age?: number, boy?: boolean}[], pregnant: boolean, wheelchair: boolean, nights?: number, pets: boolean}} Party */
/** @typedef {{holdId: string, state?: "held" | "booked" | "occupied", over?: string, beds: Count[], askedAt: string, expiresAt?: string, renewed: boolean, expectedAt?: string, until?: string, overdue: boolean, arrivedAt?: string, nights?: number, party?: Party, meetAt?: {landmark?: string}}} Hold */
/** @typedef {{kind: string, capacity: number, free: number, held: number, booked: number, occupied: number, outOfService: number}} Figures */
/** @typedef {{shelterId: string, version: number, now: string, beds: Figures[], holds: Hold[], gone: Hold[], confirmedAt?: string, confirmedBy?: {id: string, displayName: string}, freshness: string}} Board */

/** @param {Count[]} beds */
export const bedWords = (beds) => beds.map((bed) => count(`shelter.beds.${bed.kind}`, bed.count)).join(", ");

/** @param {Party} party */
export const people = (party) => party.adults + (party.children?.length ?? 0);

/** Everything that a house must know to say yes or no, most important first. @param {Hold} hold @returns {string[]} */
export function needs({ party, nights }) {
  if (!party) return [say("shelter.partyUnknown")];
  const children = party.children ?? [];
  return [
    party.adults ? count("shelter.adults", party.adults) : say("shelter.childrenAlone"),
    ...children.map(({ age, boy }) => say(`shelter.child.${boy === undefined ? "child" : boy ? "boy" : "girl"}`, { age: age === undefined ? say("shelter.ageUnknown") : count("shelter.age", age) })),
    party.pregnant ? say("shelter.pregnant") : "", party.wheelchair ? say("shelter.wheelchair") : "", party.pets ? say("shelter.pets") : "",
    nights ?? party.nights ? count("shelter.nights", nights ?? party.nights ?? 1) : say("shelter.nightsUnknown"),
  ].filter(Boolean);
}

/** Short enough for a line, and says nothing that a locked screen may not: a number and a time. @param {Hold} hold */
export const shortly = (hold) => say("shelter.about", { who: hold.party ? count("shelter.people", people(hold.party)) : bedWords(hold.beds), time: hour(hold.askedAt) });

/** "20 h 14", with the day where it is another one. @param {string} at */
export const moment = (at) => new Date(at).toDateString() === new Date(now()).toDateString() ? hour(at) : `${date(at)}, ${hour(at)}`;

/** What has become of a hold, for who said something else about it. @param {Hold | undefined} hold */
export const became = (hold) => say(`shelter.became.${hold?.over ?? hold?.state ?? "unknown"}`);
