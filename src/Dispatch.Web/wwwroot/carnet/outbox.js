// What was asked and has not been received yet. On disk: the sealed envelope, its key, and when. Nothing else, and nothing afterwards.
// Also used by sw.js, so nothing here touches a page.

/** @import { Attempt, Kept } from "./types" */

const longest = 12 * 3600_000;
const patience = 30_000;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("carnet", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("pages", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(pages: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
async function store(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = database.transaction("pages", mode);
      const request = work(change.objectStore("pages"));
      change.oncomplete = () => resolve(request.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally { database.close(); }
}

/** @param {Kept} kept */
export const keep = (kept) => store("readwrite", (pages) => pages.put(kept));
/** @param {string} key */
export const drop = (key) => store("readwrite", (pages) => pages.delete(key)).catch(() => {});
/** @returns {Promise<Kept[]>} */
export const kept = () => store("readonly", (pages) => pages.getAll()).catch(() => []);
/** @param {number} composedAt */
export const tooOld = (composedAt) => Date.now() - composedAt > longest;

/** One try. Only our own answer counts: a hotel's or an operator's page saying 200 or 403 does not.
 * @param {string} key @param {object} body @returns {Promise<Attempt>} */
export async function attempt(key, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch("/api/v1/alerts", {
      method: "POST", redirect: "error", cache: "no-store", credentials: "omit", signal: stop.signal,
      headers: { "Content-Type": "application/json", "Idempotency-Key": key }, body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => null);
    if (answer.ok && said?.id && said?.survivorToken) return { outcome: "received", receipt: said };
    const final = [400, 409, 413, 415, 422].includes(answer.status) && typeof said?.code === "string";
    if (final) return { outcome: "refused", code: said.code, servedAt: Date.parse(answer.headers.get("Date") ?? "") };
    const wait = Number(answer.headers.get("Retry-After")) * 1000 || 0;
    return { outcome: "later", busy: answer.status === 503 || answer.status === 429, wait: Math.min(wait, 60_000) };
  } catch {
    return { outcome: "later", busy: false, wait: 0 };
  } finally { clearTimeout(timer); }
}
