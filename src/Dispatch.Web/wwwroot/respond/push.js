// Messages to this phone when the page is closed: why, the button, what is in the way, and whether it really rings.
import { call, explain } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { language, say } from "../staff/texts.js";
import { enrol, forget, owner } from "./pushes.js";

/** @typedef {"install" | "unsupported" | "off" | "demo" | "ask" | "blocked" | "failed" | "on"} State */
/** @typedef {Event & {prompt(): Promise<unknown>}} InstallEvent */

const patience = 30_000;
const between = 10_000;

let account = "";
/** @type {{publicKey: string | null, demo: boolean} | undefined} */
let here;
/** @type {InstallEvent | null} */
let install = null;
let testing = false;

/** @param {string} accountId */
export function startPush(accountId) {
  account = accountId;
  navigator.permissions?.query({ name: "notifications" }).then((permission) => { permission.onchange = () => void settle(); }, () => {});
  void look();
}

async function look() {
  const answer = await call("GET", "/api/v1/push-key");
  if (!answer.ok) { setTimeout(look, patience); return; }
  here = answer.body;
  await settle();
}

async function settle() {
  if (!here) return;
  show(await state(here));
}

/** @param {{publicKey: string | null, demo: boolean}} here @returns {Promise<State>} */
async function state({ publicKey, demo }) {
  if (!publicKey) return demo ? "demo" : "off";
  if (!("PushManager" in window && "Notification" in window && "serviceWorker" in navigator)) return isApple() ? "install" : "unsupported";
  if (Notification.permission !== "granted") return Notification.permission === "denied" ? "blocked" : "ask";
  try {
    return await enrol(await navigator.serviceWorker.ready, account, publicKey, call) ? "on" : "failed";
  } catch { return "failed"; }
}

/** An iPhone or an iPad, which take pushes only for a page on the home screen. */
const isApple = () => /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1);

/** @param {State} state */
function show(state) {
  const section = part("push-section");
  // Nobody is signed in any more.
  if (!section) return;
  section.dataset.state = state;
  section.hidden = false;
  write(part("push-text"), say(`respond.push.${state}`));
  write(part("push-hint"), say(`respond.push.${state}Hint`));
  write(part("push-allow"), state === "ask" ? say("respond.push.allow") : state === "failed" ? say("respond.push.again") : "");
  write(part("push-test"), state === "on" ? say("respond.push.test") : "");
  if (state !== "on") write(part("push-result"), "");
  part("push-install").hidden = !install;
}

/** Whoever signs out is rung here no more, whatever the service hears of it. */
export async function endPush() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const gone = registration?.pushManager?.getSubscription().then((subscription) => subscription?.unsubscribe()).catch(() => {});
  for (const shown of await registration?.getNotifications().catch(() => []) ?? []) shown.close();
  await Promise.race([Promise.all([gone, forget()]), new Promise((resolve) => setTimeout(resolve, 3000))]);
}

/** The page is looked at: it says more than the two words do. */
export async function putAway() {
  if (document.hidden) return;
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  for (const shown of await registration?.getNotifications().catch(() => []) ?? []) shown.close();
}

async function test() {
  const device = (await owner())?.device;
  if (!device) return settle();
  const result = part("push-result");
  write(result, say("respond.push.sending"));
  const began = Date.now();
  const started = await call("POST", `/api/v1/me/devices/${device}/test`);
  if (!started.ok) {
    write(result, explain(started));
    // Retired meanwhile, by its service or by another host's word: it is registered anew.
    if (started.code === "not_found") await settle();
    return;
  }
  while (Date.now() - began < patience) {
    const { ok, body } = await call("GET", `/api/v1/me/device-tests/${started.body.testId}`);
    if (ok && body.state === "failed") return write(result, say("respond.push.notSent"));
    if (ok && body.state === "received") return write(result, say("respond.push.received", { s: seconds(body.milliseconds) }));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  write(result, say("respond.push.nothing"));
}

/** @param {number} milliseconds */
const seconds = (milliseconds) => (milliseconds / 1000).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

part("push-allow").addEventListener("click", async () => {
  // Where the question is not answered, the state stays as it is.
  if (Notification.permission === "default") await Notification.requestPermission().catch(() => {});
  await settle();
});
part("push-test").addEventListener("click", async (event) => {
  if (testing) return;
  testing = true;
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  button.setAttribute("aria-busy", "true");
  const soonest = new Promise((resolve) => setTimeout(resolve, between));
  await test();
  await soonest;
  button.removeAttribute("aria-busy");
  testing = false;
});
part("push-install").addEventListener("click", async () => {
  await install?.prompt().catch(() => {});
  install = null;
  part("push-install").hidden = true;
});
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  install = /** @type {InstallEvent} */ (event);
  part("push-install").hidden = false;
});
