// One press, one alert: sealed, kept, then sent until the service has it, by this page or a later one. Nothing here waits for an answer to a question.
import { attempt, deliver, drop, keep, kept, remembered, tooOld } from "./outbox.js";
import { randomId, seal } from "./seal.js";

/** @import { Body, Control, Envelope, Kept, Progress } from "./types" */

const diskPatience = 1500;

/** @param {Body} draft what she chose before pressing, maybe nothing
 * @param {string} spareKey for browsers without randomness
 * @param {(progress: Progress) => void} tell */
export function raise(draft, spareKey, tell) {
  /** @type {Control} */
  const control = {
    stopped: false, tried: false, key: "", pin: null, stored: Promise.resolve(), store: async () => {},
    cancel(pin) {
      control.pin = pin;
      if (control.tried) control.stored = control.store(); else control.stopped = true;
      return control.tried;
    },
    async forget(key = control.key) { await control.stored; await drop(key); },
  };
  void run(draft, spareKey, tell, control);
  return control;
}

/** @param {Body} draft @param {string} spareKey @param {(progress: Progress) => void} tell @param {Control} control */
async function run(draft, spareKey, tell, control) {
  const pressedAt = Date.now();
  const since = performance.now();
  let key = randomId() ?? spareKey;
  let composedAt = pressedAt;
  /** @type {Set<string>} */
  const mended = new Set();

  const compose = async () => {
    control.key = key;
    const body = { ...draft, id: randomId() ?? undefined, composedAt: new Date(composedAt).toISOString() };
    return { plain: body, sent: await wrap(body, key) };
  };
  // The request, and beside it her cancel, whatever the code: both sealed, under the same key.
  control.store = async () => {
    if (!("envelope" in sent)) return false;
    const { pin } = control;
    const record = { key, composedAt: pressedAt, envelope: /** @type {Envelope} */ (sent.envelope) };
    try {
      await keep(pin === null ? record : { ...record, cancel: await seal(pin ? { pin } : {}, key) });
      return true;
    } catch { return false; }
  };

  let { plain, sent } = await compose();
  const late = new Promise((resolve) => setTimeout(resolve, diskPatience, false));
  control.stored = control.store();
  const onDisk = /** @type {boolean} */ (await Promise.race([control.stored, late]));
  tell({ at: "kept", onDisk, composedAt: pressedAt });

  for (let tries = 0; !control.stopped; tries++) {
    if (tooOld(pressedAt)) { void control.forget(); return tell({ at: "tooOld" }); }
    control.tried = true;
    const result = await attempt(key, sent);
    if (result.outcome === "received") {
      if (control.pin === null) void control.forget();
      return tell({ at: "received", receipt: result.receipt });
    }
    if (result.outcome === "later") {
      tell({ at: "waiting", busy: result.busy, code: String(plain.id ?? "") });
      if (onDisk && tries === 0) sendWhenPossible();
      await pause(tries, result.wait);
      continue;
    }
    // A refusal that this page can mend is mended once: a wrong clock, a key used before, a seal the service cannot open.
    const cure = result.code === "too_old" && result.servedAt ? "clock"
      : result.code === "key_reused" || result.code === "id_taken" ? "key" : "seal";
    void control.forget();
    if (mended.has(cure) || (cure === "seal" && sent === plain)) return tell({ at: "refused", code: result.code });
    mended.add(cure);
    if (cure === "seal") { sent = plain; continue; }
    if (cure === "clock") composedAt = result.servedAt - (performance.now() - since);
    key = randomId() ?? spareKey;
    ({ plain, sent } = await compose());
    if (mended.has("seal")) sent = plain; else control.stored = control.store();
  }
  void control.forget();
}

/** Seals what can be sealed; without WebCrypto the plain body is sent from memory. @param {object} body @param {string} key */
async function wrap(body, key) {
  try { return { envelope: await seal(body, key) }; } catch { return body; }
}

/** Tries again: 1 s, doubling to 30 s, each shortened by chance; sooner when the network or the screen comes back.
 * @param {number} tries @param {number} [atLeast] @returns {Promise<void>} */
export function pause(tries, atLeast = 0) {
  const most = Math.min(30_000, 1000 * 2 ** Math.min(tries, 5));
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", seen);
      resolve();
    };
    const seen = () => { if (!document.hidden) done(); };
    const timer = setTimeout(done, Math.max(atLeast, most * (0.5 + Math.random() / 2)));
    addEventListener("online", done);
    document.addEventListener("visibilitychange", seen);
  });
}

/** Asks the browser to send what is kept once there is network, even when this page is closed. Where it cannot, the next opening does. */
export function sendWhenPossible() {
  navigator.serviceWorker?.ready.then((worker) => /** @type {any} */ (worker).sync?.register("notes")).catch(() => {});
}

/** Sends what an earlier page left behind, without showing anything unless it had to be erased unsent.
 * @param {(why: "tooOld" | "notTaken") => void} erased */
export async function sendLeftovers(erased) {
  const before = await remembered();
  if (before) erased(before);
  for (const item of await kept()) void sendQuietly(item, erased);
}

/** @param {Kept} item @param {(why: "tooOld" | "notTaken") => void} erased */
async function sendQuietly(item, erased) {
  for (let tries = 0; ; tries++) {
    const { over, wait } = await deliver(item);
    if (over === "tooOld" || over === "notTaken") erased(over);
    if (over) return;
    if (tries === 0) sendWhenPossible();
    await pause(tries, wait);
  }
}
