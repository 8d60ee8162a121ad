// What rang or wrote and is no request yet: whom to answer, how, and how it ended.
import { call } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { count, date, has, hour, languageName, say } from "../staff/texts.js";
import { mayNotCall, showCaller } from "./caller.js";

/** @typedef {{alertId: string, at: string, raised: boolean, merged: number, untiedAt?: string, how?: string, by?: {id: string, displayName: string}}} Tie */
/** @typedef {{contactId: string, number?: string, masked?: string, throughLine: boolean, language?: string, mark?: {mayCall: boolean, mayText: boolean, from?: string, until?: string, unsafe: boolean, kept?: boolean}, mayText: boolean, notKept?: number, asked?: string[], askedAge?: string, items: {itemId: string, onTheLine: boolean}[], calls: {at: string, connectedAt?: string, overAt?: string, toHer: boolean}[], texts: {at: string, text: string}[], tie?: Tie, formerTies: Tie[], hints?: {alertId: string, at: string, open: boolean}[], callBack?: {missedAt: string, over?: string, by?: {id: string}, ringsUntil?: string}, version: number}} Contact */
/** @typedef {import("./queue.js").Item} Item */

/** What may come of each kind, in the order of its keys. What is about a request has its own. @type {Record<string, string[]>} */
const outcomes = {
  callRinging: ["resolved", "advice", "referred", "other"],
  callBackOwed: ["resolved", "advice", "referred", "other"],
  textWaiting: ["resolved", "advice", "referred", "other"],
};
const usual = ["resolved", "referred", "duplicate", "false", "other"];

/** Which item is shown, and as of which version it was read: each look is on record. */
let shown = "";
/** Which number it is, as far as a screen shows one. */
let known = { contactId: "", masked: "" };

/** @param {Item | undefined} item @returns {string[]} by the key that says each */
export const outcomesOf = (item) => (item?.contactId && outcomes[item.reason]) || usual;

/** The words of an outcome: that nobody picked up is no "other". @param {string} outcome @param {Item | undefined} item */
export const outcomeWord = (outcome, item) => say(item?.contactId && has(`hotline.outcome.contact.${outcome}`) ? `hotline.outcome.contact.${outcome}` : `hotline.outcome.${outcome}`);

/** @param {string} contactId */
export const maskedOf = (contactId) => known.contactId === contactId ? known.masked : "";

/** A number is read by whoever has taken it, and by nobody before. @param {Item | undefined} item @param {string} me */
export async function fetchContact(item, me) {
  const section = part("contact-case");
  if (!item?.contactId) { section.hidden = true; shown = ""; showCaller(null); return; }
  const mine = item.state === "taken" && item.takenBy?.id === me;
  section.hidden = false;
  const what = `${item.itemId} ${item.version} ${mine}`;
  if (what === shown) return;
  if (!mine || !shown.startsWith(`${item.itemId} `)) empty();
  shown = what;
  if (!mine) { write(part("contact-dial"), say("hotline.contactTakeFirst")); return; }
  const answer = await call("GET", `/api/v1/hotline/contacts/${encodeURIComponent(item.contactId)}`);
  if (!part("contact-case") || shown !== what) return;
  if (!answer.ok) { shown = ""; return; }
  showContact(answer.body, item);
}

function empty() {
  showCaller(null);
  write(part("contact-dial"), "");
  keyed(part("contact-facts"), [], String, () => fresh("fact"), () => {});
  keyed(part("contact-texts"), [], String, () => fresh("event"), () => {});
}

/** Whether she may be rung, and by what. The whole number only where somebody has to dial it. @param {Contact} one @param {Item} item */
function dialText(one, item) {
  if (one.items.some(({ itemId, onTheLine }) => itemId === item.itemId && onTheLine)) return say("hotline.contactOnLine");
  if (!one.number) return say("hotline.contactNoNumber");
  if (mayNotCall(one)) return say("hotline.contactNotCall");
  return one.throughLine ? say("hotline.contactThroughLine", { number: one.masked }) : say("hotline.contactDial", { number: one.number });
}

/** How it came to be about a request, and how many later calls and messages were taken for the same. @param {Tie} tie */
function tieText(tie) {
  const how = tie.by ? say("hotline.tie.staff", { who: tie.by.displayName }) : say(has(`hotline.tie.${tie.how}`) ? `hotline.tie.${tie.how}` : "hotline.tie.other");
  return [say(tie.untiedAt ? "hotline.tie.until" : "hotline.tie.since", { time: hour(tie.at), until: tie.untiedAt ? hour(tie.untiedAt) : "" }), how, tie.merged ? count("hotline.tie.merged", tie.merged) : ""].filter(Boolean).join(" · ");
}

/** @param {Contact} one */
function markText({ mark }) {
  if (!mark) return say("hotline.contactMark.none");
  const hours = mark.from || mark.until ? `${mark.from ?? ""}–${mark.until ?? ""}` : "";
  return [say(`hotline.contactMark.${mark.unsafe ? "unsafe" : mark.mayCall ? "call" : "noCall"}`), mark.mayText ? say("hotline.contactMark.text") : "", hours, mark.kept ? say("hotline.contactMark.kept") : ""].filter(Boolean).join(" · ");
}

/** Needs and age, as she gave them. @param {Contact} one */
const askedText = ({ asked, askedAge }) => [(asked ?? []).map((need) => say(`staff.need.${need}`)).join(", "), askedAge ? say(`hotline.age.${askedAge}`) : ""].filter(Boolean).join(" · ");

/** @param {Contact} one @param {Item} item */
export function showContact(one, item) {
  known = { contactId: one.contactId, masked: one.masked ?? "" };
  showCaller(one);
  write(part("contact-dial"), dialText(one, item));
  const facts = [
    ["contactMasked", one.masked ?? ""],
    ["language", one.language ? languageName(one.language) : ""],
    ["contactMark", markText(one)],
    ["contactMore", one.notKept ? count("hotline.contactNotKept", one.notKept) : ""],
    ["contactTie", one.tie ? tieText(one.tie) : say("hotline.tie.none")],
    ["contactAsked", askedText(one)],
    ["contactHints", (one.hints ?? []).map(({ at, open }) => say(open ? "hotline.hint.open" : "hotline.hint.over", { time: hour(at) })).join(" · ")],
    ["contactParted", one.formerTies.map(tieText).join(" / ")],
    ["contactCalls", one.calls.map(({ at, toHer }) => `${hour(at)}${toHer ? ` (${say("hotline.contactByMachine")})` : ""}`).join(" · ")],
  ].filter(([, value]) => value);
  keyed(part("contact-facts"), facts, ([key]) => String(key), () => fresh("fact"), (row, [key, value]) => {
    write(/** @type {HTMLElement} */ (row.querySelector("dt")), say(`hotline.${key}`));
    write(/** @type {HTMLElement} */ (row.querySelector("dd")), String(value));
  });
  keyed(part("contact-texts"), one.texts.map((text, index) => ({ text, index })), ({ index }) => String(index), () => fresh("event"), (row, { text }) => {
    write(/** @type {HTMLElement} */ (row.querySelector("time")), new Date(text.at).toDateString() === new Date().toDateString() ? hour(text.at) : date(text.at));
    write(/** @type {HTMLElement} */ (row.querySelector("span")), text.text);
  });
}
