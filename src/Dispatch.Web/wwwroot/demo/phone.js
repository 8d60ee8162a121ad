// Plays one telephone of the demo. It says to the webhook what a network would say, and shows what a phone would sound.
import { part, input } from "../staff/dom.js";

/** @typedef {{words?: string, text?: string, language?: string, keySeconds?: number, next?: string, connect?: string, reject?: boolean}} Step */

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LOOK_EVERY = 2000;
/** A phone that nobody answers stops ringing. */
const RINGS_FOR = 25_000;

/** @type {{id: string, reference: string, next: string} | null} */
let call = null;
let ringing = "";
let webhook = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

const state = part("state");
/** @param {string} name @param {string} [number] */
const show = (name, number = "") => { state.textContent = (state.dataset[name] ?? "").replace("{number}", number); };
const number = () => input("number").value.replaceAll(/[^+\d]/g, "");

function buttons() {
  part("dial").hidden = part("beep").hidden = call !== null || ringing !== "";
  part("answer").hidden = part("ignore").hidden = ringing === "";
  part("hang-up").hidden = call === null;
  for (const key of part("keys").querySelectorAll("button")) key.disabled = call === null;
}

/** @param {string} text @param {string} [language] */
function hear(text, language) {
  const line = document.createElement("li");
  line.textContent = text;
  if (language) line.lang = language;
  part("heard").prepend(line);
  state.textContent = text;
}

/** @param {string} event @param {Record<string, string>} [more] @returns {Promise<Step | null>} */
async function tell(event, more = {}) {
  if (!call) return null;
  const hers = call.reference ? { to: number() } : { from: number(), to: "0" };
  const query = call.reference ? `?ref=${encodeURIComponent(call.reference)}` : "";
  const answer = await fetch(webhook + query, {
    method: "POST", headers: { "Content-Type": "application/json" }, cache: "no-store",
    body: JSON.stringify({ event, call: call.reference || call.id, ...hers, ...more }) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

/** @param {string} event @param {Record<string, string>} [more] */
async function go(event, more) {
  clearTimeout(silence);
  const during = call;
  try {
    const step = await tell(event, more);
    if (call !== during || !call) return;
    follow(step);
  } catch {
    show("failed");
    over();
  }
}

/** @param {Step | null} step */
function follow(step) {
  if (!call) return;
  if (step?.connect) {
    // Whoever is rung here picks up at once.
    tell("connected").catch(() => null);
    return show("connected", step.connect);
  }
  if (step?.text) hear(step.text, step.language);
  else if (step?.keySeconds) show("silent");
  if (!step?.keySeconds) return void hangUp();
  call.next = step.next ?? "";
  silence = setTimeout(() => go("key", { next: call?.next ?? "" }), step.keySeconds * 1000);
}

function over() {
  clearTimeout(silence);
  call = null;
  buttons();
}

async function hangUp() {
  if (!call) return;
  await tell("ended", { at: new Date().toISOString() }).catch(() => null);
  over();
  show("over");
}

async function dial() {
  call = { id: crypto.randomUUID(), reference: "", next: "" };
  buttons();
  await go("incoming");
}

/** Rings once and hangs up before anybody could answer. */
async function beep() {
  call = { id: crypto.randomUUID(), reference: "", next: "" };
  await hangUp();
}

async function answer() {
  call = { id: ringing, reference: ringing, next: "" };
  ringing = "";
  buttons();
  await go("answered");
}

async function ignore() {
  if (!ringing) return;
  call = { id: ringing, reference: ringing, next: "" };
  ringing = "";
  await tell("noAnswer").catch(() => null);
  over();
  show("idle");
}

async function look() {
  if (call || ringing) return;
  const answer = await fetch(`/demo/phone/state?number=${encodeURIComponent(number())}`, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const said = await answer.json();
  webhook = said.webhook;
  if (!said.rings) return;
  ringing = said.rings;
  show("ringing");
  buttons();
  const rang = ringing;
  setTimeout(() => { if (ringing === rang) void ignore(); }, RINGS_FOR);
}

for (const digit of KEYS) {
  const key = document.createElement("button");
  key.type = "button";
  key.className = "button";
  key.textContent = digit;
  key.addEventListener("click", () => go("key", { digits: digit, next: call?.next ?? "" }));
  part("keys").append(key);
}

part("dial").addEventListener("click", dial);
part("beep").addEventListener("click", beep);
part("answer").addEventListener("click", answer);
part("ignore").addEventListener("click", ignore);
part("hang-up").addEventListener("click", hangUp);
buttons();
await look();
setInterval(look, LOOK_EVERY);
