// What this browser knows of the pushes it takes: whose it is, and which it has had. Random ids and nothing else; all of it goes at the sign-out.
// Also used by sw.js, so nothing here touches a page.

/** @typedef {{account: string, device: string, signedOut?: boolean}} Owner */
/** @typedef {{kind: string, id?: string, ref?: string, version?: number}} Push */
/** @typedef {(method: "GET" | "PUT", path: string, body?: object) => Promise<{ok: boolean, body: any}>} Ask */

const most = 50;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("messages", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(kept: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
async function store(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = database.transaction("kept", mode);
      const request = work(change.objectStore("kept"));
      change.oncomplete = () => resolve(request.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally { database.close(); }
}

/** @returns {Promise<Owner | undefined>} */
export const owner = () => store("readonly", (kept) => kept.get("owner")).catch(() => undefined);
/** @param {Owner} whose */
export const belongTo = (whose) => store("readwrite", (kept) => kept.put(whose, "owner"));
export const forget = () => store("readwrite", (kept) => kept.clear()).catch(() => {});

/** Whether this push says something that none before it said. @param {Push} push @returns {Promise<boolean>} */
export async function isNew({ id, ref, version = 0 }) {
  if (!id) return true;
  let fresh = true;
  await store("readwrite", (kept) => {
    const found = kept.get("seen");
    found.onsuccess = () => {
      /** @type {Push[]} */
      const seen = found.result ?? [];
      fresh = !seen.some((one) => one.id === id || (ref && one.ref === ref && (one.version ?? 0) > version));
      if (fresh) kept.put([...seen, { id, ref, version }].slice(-most), "seen");
    };
    return found;
  }).catch(() => {});
  return fresh;
}

/** Subscribes with the service's key and tells the service where. A subscription that was somebody else's, or was made with another key, is given up first.
 * @param {ServiceWorkerRegistration} registration @param {string} account @param {string} publicKey @param {Ask} ask @returns {Promise<boolean>} */
export async function enrol(registration, account, publicKey, ask) {
  const before = await owner();
  const hers = before?.account === account;
  let subscription = await registration.pushManager.getSubscription();
  if (subscription && (!hers || text(subscription.options.applicationServerKey) !== publicKey)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const device = hers ? before.device : crypto.randomUUID();
  const { endpoint, keys } = subscription.toJSON();
  const answer = await ask("PUT", `/api/v1/me/devices/${device}`, { kind: "webPush", endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
  if (!answer.ok) return false;
  await belongTo({ account, device });
  return true;
}

/** @param {ArrayBuffer | null} key */
const text = (key) => btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0)))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
