// The responder's page: on or off duty, what is asked, what was accepted. Everything shown was fetched; hints only say when to fetch.
import { call, explain } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { live } from "../staff/live.js";
import { askWho, open } from "../staff/sign-in.js";
import { allowSound, hush, mute, ring, soundState } from "../staff/sound.js";
import { say } from "../staff/texts.js";
import { tick } from "../staff/since.js";
import { closeAddresses, showAddresses } from "./address.js";
import { showAssignments } from "./assignments.js";
import { startDeclared } from "./declared.js";
import { showDuty } from "./duty.js";
import { startHistory } from "./history.js";
import { startNumber } from "./number.js";
import { showOffers } from "./offers.js";
import { startShifts } from "./shifts.js";
import { endPush, putAway, startPush } from "./push.js";

/** @type {ReturnType<typeof live> | null} */
let line = null;

/** A sentence that stays until it is put away. @param {string} text @param {"good" | "stop" | "plain"} [kind] */
export function notice(text, kind = "plain") {
  const place = part("notice");
  place.dataset.kind = kind;
  write(part("notice-text"), text);
  place.hidden = text === "";
}

/** Tells the service; on failure says why and what was kept. @param {"POST" | "PUT"} method @param {string} path @param {object} body */
export async function tell(method, path, body) {
  const answer = await call(method, path, body);
  if (answer.code === "signedOut") { leave(explain(answer)); return answer; }
  if (!answer.ok) notice(explain(answer), ["already_filled", "offer_closed", "not_found"].includes(answer.code) ? "good" : "stop");
  return answer;
}

export const refresh = () => void line?.refresh();

/** @param {string} offerId @param {"delivered" | "seen"} state */
export async function receipt(offerId, state) {
  return await line?.tell("receipt", offerId, state) || (await call("POST", `/api/v1/offers/${encodeURIComponent(offerId)}/receipt`, { state })).ok;
}

/** @param {string} problem */
function leave(problem) {
  line?.stop();
  line = null;
  hush();
  closeAddresses();
  askWho(problem);
}

/** @returns {Promise<boolean>} whether the service answered */
async function fetchAll() {
  const [me, offers, assignments, addresses] = await Promise.all([call("GET", "/api/v1/me"), call("GET", "/api/v1/me/offers"), call("GET", "/api/v1/me/assignments"), call("GET", "/api/v1/me/address-releases")]);
  if (!line) return true;
  if (me.code === "signedOut") { leave(explain(me)); return true; }
  if (me.ok) showDuty(me.body.duty);
  if (offers.ok) announce(showOffers(offers.body.offers));
  if (assignments.ok) showAssignments(assignments.body.assignments);
  if (addresses.ok) showAddresses(addresses.body.releases);
  tick();
  showSound();
  if (offers.ok) void putAway();
  // One house that does not answer is no loss of the line: what was shown of it stands, and is asked for with the next look.
  return me.ok && offers.ok && assignments.ok;
}

/** @param {{total: number, added: string[], withdrawn: boolean}} change */
function announce({ total, added, withdrawn }) {
  document.title = total ? `(${total}) ${say("respond.title")}` : say("respond.title");
  if (withdrawn) notice(say("respond.withdrawn"));
  if (total === 0 && withdrawn) hush();
  if (added.length === 0) return;
  ring(45_000);
  if (document.hidden) void notify(added);
}

/** A locked screen shows these two words and nothing else. The tag is the one that a push about it has: both together are one line. @param {string[]} offers */
async function notify(offers) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker?.getRegistration();
  for (const tag of offers) await worker?.showNotification(say("respond.notify"), { tag, icon: "/messages.svg" }).catch(() => {});
}

function showSound() {
  const state = soundState();
  const button = part("mute");
  button.setAttribute("aria-pressed", String(state === "muted"));
  write(button, say(`staff.sound.${state}`));
}

part("mute").addEventListener("click", () => {
  if (soundState() === "blocked") allowSound(); else mute(soundState() === "on");
  setTimeout(showSound, 150);
});
part("notice-dismiss").addEventListener("click", () => notice(""));
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, (event) => {
  hush();
  if (event.target instanceof Element && event.target.closest("[data-mute]")) return;
  allowSound();
  setTimeout(showSound, 150);
});

if ("serviceWorker" in navigator) {
  /** @type {{createPolicy(name: string, rules: {createScriptURL(url: string): string}): {createScriptURL(url: string): string}} | undefined} */
  const trusted = /** @type {any} */ (globalThis).trustedTypes;
  const script = trusted ? trusted.createPolicy("messages", { createScriptURL: () => "/sw.js" }).createScriptURL("") : "/sw.js";
  navigator.serviceWorker.register(script, { type: "module" }).catch(() => {});
}

void open((me) => {
  write(part("who"), me.displayName);
  showDuty(me.duty);
  line = live({ hints: ["offer", "offerWithdrawn", "alert"], every: 20_000, fetch: fetchAll });
  startPush(me.accountId);
  startShifts(me);
  startHistory();
  startNumber();
  startDeclared();
}, endPush);
