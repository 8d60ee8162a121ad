// One press, one alert: sealed, kept, then sent until the service has it. Nothing here waits for an answer to a question.
import { attempt, drop, keep, tooOld } from "./outbox.js";
import { randomId, seal } from "./seal.js";
import { pause, sendWhenPossible } from "./wait.js";

/** @import { Body, Kept, Progress } from "./types" */

const diskPatience = 1500;

/** @param {Body} draft what she chose before pressing, maybe nothing
 * @param {string} spareKey for browsers without randomness
 * @param {(progress: Progress) => void} tell */
export function raise(draft, spareKey, tell) {
  const control = { stopped: false, key: "", stop() { this.stopped = true; void drop(this.key); } };
  void run(draft, spareKey, tell, control);
  return control;
}

/** @param {Body} draft @param {string} spareKey @param {(progress: Progress) => void} tell @param {{stopped: boolean, key: string}} control */
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
  /** @param {object} sent */
  const store = async (sent) => {
    if (!("envelope" in sent)) return false;
    const record = /** @type {Kept} */ ({ key, composedAt: pressedAt, envelope: sent.envelope });
    const late = new Promise((resolve) => setTimeout(resolve, diskPatience, false));
    return /** @type {Promise<boolean>} */ (Promise.race([keep(record).then(() => true, () => false), late]));
  };

  let { plain, sent } = await compose();
  const onDisk = await store(sent);
  tell({ at: "kept", onDisk, composedAt: pressedAt });

  for (let tries = 0; !control.stopped; tries++) {
    if (tooOld(pressedAt)) { await drop(key); return tell({ at: "tooOld" }); }
    const result = await attempt(key, sent);
    if (result.outcome === "received") { await drop(key); return tell({ at: "received", receipt: result.receipt }); }
    if (result.outcome === "later") {
      if (control.stopped) break;
      tell({ at: "waiting", busy: result.busy });
      if (onDisk && tries === 0) sendWhenPossible();
      await pause(tries, result.wait);
      continue;
    }
    // A refusal that this page can mend is mended once: a wrong clock, a key used before, a seal the service cannot open.
    const cure = result.code === "too_old" && result.servedAt ? "clock"
      : result.code === "key_reused" || result.code === "id_taken" ? "key" : "seal";
    await drop(key);
    if (mended.has(cure) || (cure === "seal" && sent === plain)) return tell({ at: "refused", code: result.code });
    mended.add(cure);
    if (cure === "seal") { sent = plain; continue; }
    if (cure === "clock") composedAt = result.servedAt - (performance.now() - since);
    key = randomId() ?? spareKey;
    ({ plain, sent } = await compose());
    if (mended.has("seal")) sent = plain; else void store(sent);
  }
  await drop(key);
}

/** Seals what can be sealed; without WebCrypto the plain body is sent from memory. @param {object} body @param {string} key */
async function wrap(body, key) {
  try { return { envelope: await seal(body, key) }; } catch { return body; }
}
