// What was asked, and what was cancelled, until the service has it. On disk: sealed envelopes, their key, and when. Nothing else, and nothing afterwards.
// Also used by sw.js, so nothing here touches a page.

/** @import { Attempt, Delivery, Envelope, Kept } from "./types" */

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
export const kept = () => store("readonly", (pages) => pages.getAll()).then((all) => all.filter((one) => one.envelope), () => []);

/** Erases what is settled, unless a cancel was kept with it meanwhile: that one is given back. @param {string} key @returns {Promise<Envelope | undefined>} */
const settle = (key) => store("readwrite", (pages) => {
  const found = pages.get(key);
  found.onsuccess = () => { if (!found.result?.cancel) pages.delete(key); };
  return found;
}).then((item) => item?.cancel, () => undefined);

const mark = "erased";
/** Remembers why something was erased unsent; not what, and not when. @param {"tooOld" | "notTaken"} why */
export const remember = (why) => store("readwrite", (pages) => pages.put({ key: mark, why })).catch(() => {});
/** Says it once. @returns {Promise<"tooOld" | "notTaken" | undefined>} */
export const remembered = () => store("readonly", (pages) => pages.get(mark)).then((item) => item && drop(mark).then(() => item.why), () => undefined);

/** @param {number} composedAt */
export const tooOld = (composedAt) => Date.now() - composedAt > longest;

/** One try. @param {string} path @param {Record<string, string>} headers @param {object} body */
async function send(path, headers, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(`/api/v1/alerts${path}`, {
      method: "POST", redirect: "error", cache: "no-store", credentials: "omit", signal: stop.signal,
      headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body),
    });
    return { answer, status: answer.status, said: await answer.json().catch(() => null) };
  } catch { return { answer: null, status: 0, said: null }; } finally { clearTimeout(timer); }
}

/** Only our own answer counts: a hotel's or an operator's page saying 200 or 403 does not.
 * @param {string} key @param {object} body @returns {Promise<Attempt>} */
export async function attempt(key, body) {
  const { answer, status, said } = await send("", { "Idempotency-Key": key }, body);
  if (answer?.ok && said?.id && said?.survivorToken) return { outcome: "received", receipt: said };
  const final = [400, 409, 413, 415, 422].includes(status) && typeof said?.code === "string";
  if (final) return { outcome: "refused", code: said.code, servedAt: Date.parse(answer?.headers.get("Date") ?? "") };
  const wait = Number(answer?.headers.get("Retry-After")) * 1000 || 0;
  return { outcome: "later", busy: status === 503 || status === 429, wait: Math.min(wait, 60_000) };
}

/** @param {string} id @param {string} token @param {string} verb @param {object} body @param {string} [key] */
export const post = (id, token, verb, body, key) =>
  send(`/${encodeURIComponent(id)}/${verb}`, { Authorization: `Bearer ${token}`, ...key && { "Idempotency-Key": key } }, body);

/** Says whether the service has the cancel. @param {{id: string, survivorToken: string}} receipt @param {object} body */
export async function cancelled({ id, survivorToken }, body) {
  const { status, said } = await post(id, survivorToken, "cancel", body);
  return Boolean(said) && (status === 200 || status === 401);
}

/** One try for what was kept: the request, then its cancel, and only then it is erased. @param {Kept} item @returns {Promise<Delivery>} */
export async function deliver({ key, composedAt, envelope }) {
  const result = tooOld(composedAt) ? null : await attempt(key, { envelope });
  if (result?.outcome === "later") return { over: "", wait: result.wait };
  const cancel = await settle(key);
  if (cancel && result?.outcome === "received" && !await cancelled(result.receipt, { envelope: cancel })) return { over: "", wait: 0 };
  if (cancel) await drop(key);
  const told = cancel || result?.outcome === "received";
  return { over: told ? "sent" : !result || result.code === "too_old" ? "tooOld" : "notTaken", wait: 0 };
}
