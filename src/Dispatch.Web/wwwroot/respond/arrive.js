// A push has come: the two words, and the answer that it came. For sw.js alone.
import { belongTo, enrol, isNew, owner } from "./pushes.js";

/** @typedef {import("./pushes.js").Push} Push */

const pauses = [0, 1000, 4000];

/** Whatever it carries, a locked screen shows these two words and nothing else. Always: a browser that is woken for nothing stops waking.
 * @param {ServiceWorkerRegistration} registration @param {string} data @param {boolean} watched an open page is looked at, and rings itself */
export async function arrive(registration, data, watched) {
  const push = read(data);
  const fresh = await isNew(push);
  const quiet = watched || !fresh || push.kind === "gone";
  const title = navigator.language.startsWith("en") ? "New message" : "Nouveau message";
  // The tag joins what is about the same thing: what takes an offer back lies down over it, without a sound.
  const options = { tag: push.ref ?? "message", icon: "/messages.svg", silent: quiet, renotify: !quiet, data: push.kind === "asked" ? "/shelter" : undefined };
  await registration.showNotification(title, options);
  if (fresh) await answer(push);
}

/** What cannot be read rings too. @param {string} data @returns {Push} */
function read(data) {
  try {
    const { kind, id, ref, version } = JSON.parse(data);
    return { kind, id, ref, version: Number(version) || 0 };
  } catch { return { kind: "" }; }
}

/** Tells that it came, as whoever is signed in here; nobody: nothing is asked of anybody. @param {Push} push */
async function answer({ kind, id = "", ref = "" }) {
  const path = kind === "new" ? `/api/v1/offers/${encodeURIComponent(ref)}/receipt` : kind === "test" ? `/api/v1/me/device-tests/${encodeURIComponent(id)}/received` : "";
  const whose = await owner();
  if (!path || !whose || whose.signedOut) return;
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const status = await send("POST", path, kind === "new" ? { state: "delivered", channel: "webPush" } : undefined).then((said) => said.status, () => 0);
    if (status === 401) await belongTo({ ...whose, signedOut: true });
    if (status !== 0 && status !== 429 && status < 500) return;
  }
}

/** The browser gave the subscription up: a new one takes its place, and the service is told where. @param {ServiceWorkerRegistration} registration */
export async function renew(registration) {
  const whose = await owner();
  if (!whose || whose.signedOut) return;
  const { ok, body } = await ask("GET", "/api/v1/push-key");
  if (ok && body.publicKey) await enrol(registration, whose.account, body.publicKey, ask);
}

/** @type {import("./pushes.js").Ask} */
const ask = async (method, path, body) => {
  const answer = await send(method, path, body);
  return { ok: answer.ok, body: answer.ok ? await answer.json().catch(() => null) : null };
};

/** @param {string} method @param {string} path @param {object} [body] */
const send = (method, path, body) => fetch(path, {
  method, credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(10_000),
  headers: { Accept: "application/json", ...method !== "GET" && { "X-Dispatch": "1" }, ...body && { "Content-Type": "application/json" } },
  body: body && JSON.stringify(body) });
