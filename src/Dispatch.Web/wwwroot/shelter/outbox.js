// What was said here and has not reached the house's list yet. It stays in sight, is said again the same way until there is an answer, and a no is shown, never swallowed.
import { call } from "../staff/api.js";

/** @typedef {{id: string, by: string, house: string, at: string, what: string, about: string, holdId?: string, method: "POST" | "PUT", path: string, body?: any, refused?: string, takenBack?: boolean}} Act */

const place = "shelter.unsent";
/** @type {Act[]} */
let acts = read();
let sending = false;

/** Kept for this tab alone, so that a reload on a bad line loses nothing: ids, numbers and where a party is met, nothing of who they are. @returns {Act[]} */
function read() {
  try { return JSON.parse(sessionStorage.getItem(place) ?? "[]"); } catch { return []; }
}

function keep() {
  if (acts.length) sessionStorage.setItem(place, JSON.stringify(acts)); else sessionStorage.removeItem(place);
}

/** @param {string} house */
export const actsOf = (house) => acts.filter((act) => act.house === house);
/** @param {string} holdId */
export const unsent = (holdId) => acts.find((act) => act.holdId === holdId && !act.refused);

/** @param {string} by */
export const owedBy = (by) => acts.filter((act) => act.by === by && !act.refused).length;

/** @param {Omit<Act, "id" | "at">} act */
export function enqueue(act) {
  acts = [...acts, { ...act, id: crypto.randomUUID(), at: new Date().toISOString() }];
  keep();
}

/** @param {string} id */
export function dismiss(id) {
  acts = acts.filter((act) => act.id !== id);
  keep();
}

export function forget() {
  acts = [];
  keep();
}

/** In the order in which they were said, each by who said it. @param {string} by @returns {Promise<{sent: boolean, code: string}>} the code of the answer that stopped it, if one did */
export async function flush(by) {
  if (sending) return { sent: false, code: "" };
  sending = true;
  let sent = false;
  try {
    for (let act; (act = acts.find((one) => one.by === by && !one.refused));) {
      const answer = await call(act.method, act.path, act.body ?? {});
      if (!answer.ok && (answer.status === 0 || answer.status === 401 || answer.status === 429 || answer.status >= 500)) return { sent, code: answer.code };
      const { id } = act;
      acts = answer.ok ? acts.filter((one) => one.id !== id) : acts.map((one) => one.id === id ? { ...one, refused: answer.code } : one);
      keep();
      sent = true;
    }
    return { sent, code: "" };
  } finally { sending = false; }
}
