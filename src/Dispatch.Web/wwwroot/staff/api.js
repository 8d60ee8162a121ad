// One way to the service for the staff pages: the cookie says who, X-Dispatch says that a page of ours asks.
import { lifted } from "./press.js";
import { has, say } from "./texts.js";

/** @typedef {{ok: boolean, status: number, code: string, body: any, retryAfter: number}} Answer */

let ahead = 0;
/** The service's clock, as far as its answers tell. */
export const now = () => Date.now() + ahead;
/** @param {string | undefined} at the service's own "now", finer than the Date header */
export function learnClock(at) {
  const said = Date.parse(at ?? "");
  if (said) ahead = said - Date.now();
}

/** @param {"GET" | "POST" | "PUT" | "DELETE"} method @param {string} path @param {object} [body] @param {string} [key] of a create: sent again with the same one it happens once @returns {Promise<Answer>} */
export async function call(method, path, body, key) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 15_000);
  try {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-Dispatch"] = "1";
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    const answer = await fetch(path, {
      method, headers, credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal,
      body: body ? JSON.stringify(body) : undefined });
    const served = Date.parse(answer.headers.get("Date") ?? "");
    if (served && Math.abs(served - now()) > 2000) ahead = served - Date.now();
    const said = answer.status === 204 ? null : await answer.json().catch(() => undefined);
    // What was read is drawn; what was done is what the press was for.
    if (method === "GET") await lifted();
    const ok = answer.ok && said !== undefined;
    const code = ok ? "" : answer.status === 401 ? said?.code === "bad_credentials" ? said.code : "signedOut"
      : said?.code ?? (answer.ok ? "network" : answer.status === 503 || answer.status === 429 ? "busy" : "other");
    return { ok, status: answer.status, code, body: said, retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
  } catch {
    return { ok: false, status: 0, code: "network", body: null, retryAfter: 0 };
  } finally { clearTimeout(timer); }
}

/** What happened, what was kept, what to do next. @param {Answer} answer */
export function explain(answer) {
  const key = `error.${answer.code === "unavailable" ? "busy" : answer.code}`;
  const minutes = Math.max(1, Math.ceil(answer.retryAfter / 60));
  return say(has(key) ? key : "error.other", { n: minutes, who: answer.body?.takenBy?.displayName ?? say("error.someone") });
}
