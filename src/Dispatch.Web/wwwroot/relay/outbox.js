// What was raised here and has not reached the service yet: sealed to the service's key, so that nobody can read it here again. Sent the same way until there is an answer.
import { call } from "../staff/api.js";
import { randomId, seal } from "../carnet/seal.js";

/** @typedef {{key: string, by: string, at: number, body: object}} Kept */
/** @typedef {{state: "received", receipt: string, at: string} | {state: "waiting", code: string} | {state: "refused", code: string} | {state: "tooOld"} | {state: "none"}} Sent */

const place = "relay.unsent";
/** Older than this the service takes it no more. */
const longest = 12 * 3600_000;
const most = 5;
/** What could not be written down is at least sent from here. @type {Kept[]} */
let kept = read();
let sending = false;

/** @returns {Kept[]} */
function read() {
  try { return JSON.parse(localStorage.getItem(place) ?? "[]"); } catch { return []; }
}

function keep() {
  try {
    if (kept.length) localStorage.setItem(place, JSON.stringify(kept)); else localStorage.removeItem(place);
    return true;
  } catch { return false; }
}

/** @param {string} by */
export const unsent = (by) => kept.filter((one) => one.by === by).length;
export const full = () => kept.length >= most;

/** @param {string} by @param {object} body @returns {Promise<string>} its key */
export async function enqueue(by, body) {
  const key = randomId() ?? "";
  const at = Date.now();
  const dated = { ...body, composedAt: new Date(at).toISOString() };
  /** @type {object} */
  let sealed = dated;
  let readable = true;
  try {
    sealed = { envelope: await seal(dated, key) };
    readable = false;
  } catch { /* Without sealing it is kept in memory alone. */ }
  kept = [...kept, { key, by, at, body: sealed }];
  if (!readable) keep();
  return key;
}

/** @param {string} key */
function drop(key) {
  kept = kept.filter((one) => one.key !== key);
  keep();
}

/** Sends what this person raised, oldest first; what became of each is told. @param {string} by @param {(key: string, sent: Sent) => void} told @returns {Promise<{sent: boolean, code: string}>} */
export async function flush(by, told) {
  if (sending) return { sent: false, code: "" };
  sending = true;
  try {
    for (let one; (one = kept.find((item) => item.by === by));) {
      const { key } = one;
      if (Date.now() - one.at > longest) { drop(key); told(key, { state: "tooOld" }); continue; }
      const answer = await call("POST", "/api/v1/relay/alerts", one.body, key);
      if (answer.ok && answer.body?.receipt) { drop(key); told(key, { state: "received", receipt: answer.body.receipt, at: answer.body.receivedAt }); continue; }
      if (answer.status === 0 || answer.status === 401 || answer.status === 403 || answer.status === 429 || answer.status >= 500 || answer.code === "network" || answer.code === "charter_needed") {
        told(key, { state: "waiting", code: answer.code });
        return { sent: false, code: answer.code };
      }
      drop(key);
      told(key, { state: "refused", code: answer.code });
    }
    return { sent: true, code: "" };
  } finally { sending = false; }
}
