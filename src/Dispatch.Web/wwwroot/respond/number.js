// The number that is texted, and rung where she allows it, when nothing else of hers showed a sign. Shown masked; only she sees it.
import { call, explain } from "../staff/api.js";
import { fresh, input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { offerTest } from "./number-test.js";

/** @typedef {{deviceId: string, kind: string, number?: string, registeredAt: string}} Device */

const box = /** @type {HTMLDetailsElement} */ (part("number-section"));
const form = /** @type {HTMLFormElement} */ (part("number-form"));
const ids = { sms: "number", voice: "number-call" };
/** @type {string[]} */
let kinds = [];

async function load() {
  const answer = await call("GET", "/api/v1/me/devices");
  write(part("number-problem"), answer.ok ? "" : explain(answer));
  if (!answer.ok) return;
  kinds = answer.body.kinds;
  const able = kinds.includes("sms") || kinds.includes("voice");
  write(part("number-hint"), say(able ? "respond.number.hint" : "respond.number.off"));
  form.hidden = !able;
  part("number-calls").hidden = !(kinds.includes("voice") && kinds.includes("sms"));
  part("numbers").replaceChildren(.../** @type {Device[]} */ (answer.body.items).filter((d) => d.kind === "sms" || d.kind === "voice").map(row));
}

/** @param {Device} device */
function row(device) {
  const line = fresh("number");
  const words = say(`respond.number.${device.kind}`, { number: device.number });
  write(part("words", line), words);
  if (kinds.includes(device.kind)) offerTest(line, device);
  const remove = part("number-remove", line);
  remove.setAttribute("aria-label", `${say("respond.number.remove")} : ${words}`);
  remove.addEventListener("click", async () => {
    const answer = await call("DELETE", `/api/v1/me/devices/${encodeURIComponent(device.deviceId)}`);
    if (answer.ok) return load();
    write(part("number-problem"), explain(answer));
  });
  return line;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const number = input("ownNumber").value.trim();
  const wanted = /** @type {("sms" | "voice")[]} */ (["sms", "voice"]).filter((kind) => kinds.includes(kind) && (kind === "sms" || !kinds.includes("sms") || input("ownNumberCalls").checked));
  form.setAttribute("aria-busy", "true");
  const answers = await Promise.all(wanted.map((kind) => call("PUT", `/api/v1/me/devices/${ids[kind]}`, { kind, number })));
  // Calls are allowed for the number that she allows them for, and for no other.
  if (!wanted.includes("voice") && answers.every((a) => a.ok)) await call("DELETE", `/api/v1/me/devices/${ids.voice}`);
  form.removeAttribute("aria-busy");
  const wrong = answers.find((a) => !a.ok);
  if (!wrong) { form.reset(); await load(); }
  write(part("number-problem"), wrong ? explain(wrong) : answers.some((a) => a.body.channel !== "ready") ? say("respond.number.unserved") : "");
});

box.addEventListener("toggle", () => { if (box.open) void load(); });

/** Somebody else may have sat here before. */
export function startNumber() {
  box.open = false;
  form.reset();
  part("numbers").replaceChildren();
}
