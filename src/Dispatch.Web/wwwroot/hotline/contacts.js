// What rang or wrote and is no request yet: whom to answer, how, and how it ended.
import { call } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { date, has, hour, languageName, say } from "../staff/texts.js";

/** @typedef {{contactId: string, number?: string, language?: string, mark?: {mayCall: boolean, mayText: boolean, from?: string, until?: string, unsafe: boolean}, mayText: boolean, calls: {at: string, overAt?: string, toHer: boolean}[], texts: {at: string, text: string}[], tie?: {alertId: string}, version: number}} Contact */
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

/** @param {Item | undefined} item @returns {string[]} by the key that says each */
export const outcomesOf = (item) => (item?.contactId && outcomes[item.reason]) || usual;

/** The words of an outcome: that nobody picked up is no "other". @param {string} outcome @param {Item | undefined} item */
export const outcomeWord = (outcome, item) => say(item?.contactId && has(`hotline.outcome.contact.${outcome}`) ? `hotline.outcome.contact.${outcome}` : `hotline.outcome.${outcome}`);

/** A number is read by whoever has taken it, and by nobody before. @param {Item | undefined} item @param {string} me */
export async function fetchContact(item, me) {
  const section = part("contact-case");
  if (!item?.contactId) { section.hidden = true; shown = ""; return; }
  const mine = item.state === "taken" && item.takenBy?.id === me;
  section.hidden = false;
  const what = `${item.itemId} ${item.version} ${mine}`;
  if (what === shown) return;
  shown = what;
  if (!mine) { empty(); write(part("contact-dial"), say("hotline.contactTakeFirst")); return; }
  const answer = await call("GET", `/api/v1/hotline/contacts/${encodeURIComponent(item.contactId)}`);
  if (!part("contact-case") || shown !== what) return;
  if (!answer.ok) { shown = ""; return; }
  show(answer.body, item);
}

function empty() {
  keyed(part("contact-facts"), [], String, () => fresh("fact"), () => {});
  keyed(part("contact-texts"), [], String, () => fresh("event"), () => {});
}

/** @param {Contact} one @param {Item} item */
function show(one, item) {
  const ringing = item.reason === "callRinging" && one.calls.some(({ overAt, toHer }) => !overAt && !toHer);
  const unsafe = one.mark?.unsafe || item.reason !== "callRinging" && one.mark?.mayCall === false;
  write(part("contact-dial"), ringing ? say("hotline.contactOnLine") : !one.number ? say("hotline.contactNoNumber") : unsafe ? say("hotline.contactNotCall") : say("hotline.contactDial", { number: one.number }));
  const hours = one.mark?.from || one.mark?.until ? `${one.mark.from ?? ""}–${one.mark.until ?? ""}` : "";
  const facts = [
    ["language", one.language ? languageName(one.language) : ""],
    ["contactMark", one.mark ? [say(`hotline.contactMark.${one.mark.unsafe ? "unsafe" : one.mark.mayCall ? "call" : "noCall"}`), one.mark.mayText ? say("hotline.contactMark.text") : "", hours].filter(Boolean).join(" · ") : say("hotline.contactMark.none")],
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
