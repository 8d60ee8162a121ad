// The press, what follows it, and what may be added. What she typed and the token that shows her request live in this page's memory only.
import { additions, follow } from "./follow.js";
import { cancelled } from "./outbox.js";
import { draft, prepare, walk, wantPin } from "./questions.js";
import { pause, raise, sendLeftovers, sendWhenPossible } from "./raise.js";
import { blank, news, show } from "./status.js";
import { clock, offerSpeech, say } from "./texts.js";

/** @import { Body, Progress, Question, Receipt } from "./types" */

/** @param {string} name @returns {HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));
const start = /** @type {HTMLFormElement} */ (part("start"));
const choose = /** @type {HTMLDetailsElement} */ (part("choose"));
const ask = part("ask");
const said = part("said");
const cancelForm = /** @type {HTMLFormElement} */ (part("cancel"));
const state = blank();
const added = additions();

/** @type {ReturnType<typeof raise> | null} */
let raising = null;
/** @type {ReturnType<typeof follow> | null} */
let following = null;
/** @type {Receipt | null} */
let receipt = null;
/** @type {string | null} */
let cancelWith = null;

function press() {
  if (raising) return;
  const { body, answered, later } = draft();
  const area = document.body.dataset.area || undefined;
  const spare = /** @type {HTMLInputElement} */ (start.elements.namedItem("key")).value;
  asksFor(body);
  raising = raise({ ...body, area, language: document.documentElement.lang }, spare, progress);
  start.hidden = true;
  part("follow").hidden = false;
  document.body.dataset.view = "follow";
  refresh();
  part("headline").focus();
  if (later) add("police", later);
  if (answered.includes("police")) part("police-told").hidden = false;
  const open = /** @type {Question[]} */ (["needs", "police", "where", "contact"]).filter((one) => !answered.includes(one));
  part("more").append(said, part("questions"));
  questions = walk(open, true, (question, given) => { if (given) add(question, given); }, () => { part("noted").hidden = false; });
}
/** @type {ReturnType<typeof walk> | null} */
let questions = null;

/** For a text, where a word is no consent: police are asked for where she is asked about them. @param {Body} body */
function asksFor(body) {
  if (body.needs) state.needs = /** @type {string[]} */ (body.needs).filter((need) => need !== "police");
}

/** @param {Question} question @param {Body} body */
function add(question, body) {
  asksFor(body);
  said.textContent = receipt && !state.silent ? "" : say("addedLater");
  if (question === "police") part("police-told").hidden = false;
  added.add(body, (outcome) => {
    said.textContent = outcome === "added" ? say("added", { time: clock(Date.now()) }) : outcome === "pin" ? say("addPin") : say("addRefused");
    if (outcome === "added") return following?.now();
    if (question === "police") part("police-told").hidden = true;
    if (outcome === "pin" && question === "contact") { wantPin(); part("noted").hidden = true; questions?.ask("contact"); }
  });
}

/** @param {Progress} now */
function progress(now) {
  if (now.at === "kept") Object.assign(state, { onDisk: now.onDisk, composedAt: now.composedAt });
  if (now.at === "waiting") Object.assign(state, { waiting: now.busy ? "busy" : "network", code: now.code });
  if (now.at === "received") {
    receipt = now.receipt;
    if (cancelWith !== null) return void tellCancelled(cancelWith);
    Object.assign(state, { phase: "received", waiting: "", receivedAt: receipt.receivedAt, heardAt: Date.now() });
    added.open(receipt.id, receipt.survivorToken);
    following = follow(receipt.id, receipt.survivorToken, {
      news(view, servedAt) {
        if (view.status === "cancelled") state.phase = "cancelled"; else state.view = view;
        askForContact(view.needsContact === true);
        heard(servedAt);
      },
      same: heard,
      silence() { state.silent = true; refresh(); },
      gone() { state.gone = true; refresh(); },
    });
  }
  if (now.at === "refused" || now.at === "tooOld") {
    if (cancelWith === null) state.phase = now.at;
    cancelOver();
  }
  refresh();
}

let wanted = false;
/** Somebody said yes and cannot reach her. @param {boolean} now */
function askForContact(now) {
  if (now && !wanted) {
    part("noted").hidden = true;
    questions?.askAfter("contact");
  }
  wanted = now;
}

/** @param {number} servedAt */
function heard(servedAt) {
  Object.assign(state, { silent: false, heardAt: Date.now(), offset: servedAt - Date.now() });
  refresh();
}

const refresh = () => { if (raising) { show(state); void showPlaces(); } };

/** Loaded once there is a place to meet: the first view stays light. @type {typeof import("./meet.js") | null} */
let meet = null;
let loads = 0;
let loading = false;
async function showPlaces() {
  if (!meet) {
    if (loading || !state.view?.needs?.some((need) => need.meetingPoint)) return;
    loading = true;
    // What a browser could not load once it does not ask for again by the same address.
    meet = await import(`./meet.js?${loads++}`).catch(() => null);
    loading = false;
    meet?.listenMeeting(() => cancelWith === null ? receipt : null, () => following?.now());
  }
  meet?.showMeeting(state.view, state.phase !== "received" || state.view?.status === "ended");
}

/** Cancelling does and says the same whatever the code: the service alone knows which code is right. Only what nobody was told of yet is simply not sent.
 * @param {string} pin */
function cancel(pin) {
  if (cancelWith !== null || !raising) return;
  cancelWith = pin;
  following?.stop();
  added.close();
  state.phase = "cancelled";
  if (raising.cancel(pin)) {
    if (state.waiting || state.silent) tellPending(); else pending = setTimeout(tellPending, 2000);
    if (receipt) void tellCancelled(pin);
  }
  refresh();
  part("headline").focus();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pending;

function tellPending() {
  state.cancelPending = true;
  sendWhenPossible();
  refresh();
}

function cancelOver() {
  clearTimeout(pending);
  state.cancelPending = false;
  refresh();
}

/** @param {string} pin */
async function tellCancelled(pin) {
  for (let tries = 0; receipt && !await cancelled(receipt, pin ? { pin } : {}); tries++) await pause(tries);
  cancelOver();
  await raising?.forget();
}

start.addEventListener("submit", (event) => { event.preventDefault(); press(); });
choose.addEventListener("toggle", () => {
  document.body.dataset.view = choose.open ? "choose" : "";
  if (choose.open) choose.after(ask); else start.insertBefore(ask, part("hint"));
});
part("police-withdraw").addEventListener("click", () => {
  const line = /** @type {HTMLElement} */ (part("police-told").querySelector("span"));
  added.add({ policeConsent: null }, (outcome) => {
    said.textContent = outcome === "added" ? say("police.withdrawn") : say(outcome === "pin" ? "addPinNone" : "addRefused");
    if (outcome === "added") { line.textContent = say("police.withdrawn"); part("police-withdraw").hidden = true; }
  });
});
part("cancel-open").addEventListener("click", () => {
  cancelForm.hidden = false;
  refresh();
  /** @type {HTMLElement | null} */ (cancelForm.querySelector("h2"))?.focus();
});
part("cancel-close").addEventListener("click", () => { cancelForm.hidden = true; refresh(); part("cancel-open").focus(); });
cancelForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (cancelForm.elements.namedItem("cancelPin"));
  cancel(field.value.trim());
  field.value = "";
});
part("restart").addEventListener("click", () => location.replace(`/?lang=${document.documentElement.lang}`));
setInterval(() => { if (!document.hidden) refresh(); }, 15_000);

prepare();
walk(["needs", "police", "where", "contact", "code"], false, () => {}, () => {});
offerSpeech((text) => say("listen", { text }), news);
void sendLeftovers((why) => { part("notice").textContent = say(why); });

if ("serviceWorker" in navigator) {
  /** @type {{createPolicy(name: string, rules: {createScriptURL(url: string): string}): {createScriptURL(url: string): string}} | undefined} */
  const trusted = /** @type {any} */ (globalThis).trustedTypes;
  const script = trusted ? trusted.createPolicy("carnet", { createScriptURL: () => "/sw.js" }).createScriptURL("") : "/sw.js";
  navigator.serviceWorker.register(script, { type: "module" }).catch(() => {});
}
