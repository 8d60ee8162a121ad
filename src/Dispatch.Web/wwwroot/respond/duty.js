// On duty or off, until when, and whether exercises are taken part in.
import { input, part, write } from "../staff/dom.js";
import { allowSound } from "../staff/sound.js";
import { hour, say } from "../staff/texts.js";
import { refresh, tell } from "./main.js";

/** @typedef {{onDuty: boolean, until?: string, drill?: boolean}} Duty */

/** @type {Duty} */
let duty = { onDuty: false };
export const isOnDuty = () => duty.onDuty;

/** @param {Duty} said */
export function showDuty(said) {
  const before = duty;
  duty = said;
  const drill = Boolean(duty.drill && duty.onDuty);
  document.body.dataset.duty = duty.onDuty ? "on" : "off";
  part("duty-section").dataset.drill = String(drill);
  write(part("duty-text"), !duty.onDuty ? say("respond.offDuty") : duty.until ? say("respond.onDutyUntil", { time: hour(duty.until) }) : say("respond.onDuty"));
  write(part("duty-drill"), drill ? say("respond.drill") : "");
  // Before she comes on duty it is what she chooses; from then on, what is so.
  if ((duty.onDuty || before.onDuty) && !busy()) input("drill").checked = drill;
  part("duty-until").hidden = duty.onDuty;
  part("duty-hint").hidden = duty.onDuty;
  const button = part("duty-switch");
  write(button, say(duty.onDuty ? "respond.stop" : "respond.start"));
  button.classList.toggle("act", !duty.onDuty);
  place(button);
}

/** Off duty, taking it comes before the messages; on duty, after them. What was accepted always comes first. @param {HTMLElement} button */
function place(button) {
  const section = part("duty-section");
  const before = duty.onDuty ? part("push-section") : part("offers-section");
  if (section.nextElementSibling === before) return;
  const focused = document.activeElement === button;
  before.before(section);
  if (focused) button.focus();
}

/** The next time the clock shows this hour. @param {string} time */
function nextInstant(time) {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at.getTime() <= Date.now()) at.setDate(at.getDate() + 1);
  return at.toISOString();
}

const busy = () => part("duty-switch").getAttribute("aria-busy") === "true";

/** @param {object} body */
async function change(body) {
  const button = part("duty-switch");
  button.setAttribute("aria-busy", "true");
  const answer = await tell("PUT", "/api/v1/me/duty", body);
  button.removeAttribute("aria-busy");
  // Nobody is signed in any more.
  if (!part("duty-section")) return;
  showDuty(answer.ok ? answer.body : duty);
  refresh();
}

part("duty-switch").addEventListener("click", () => {
  if (busy()) return;
  allowSound();
  if (!duty.onDuty && "Notification" in window && Notification.permission === "default") void Notification.requestPermission().catch(() => {});
  const until = input("until").value;
  void change(duty.onDuty ? { onDuty: false } : { onDuty: true, until: until ? nextInstant(until) : undefined, drill: input("drill").checked });
});
input("drill").addEventListener("change", () => {
  if (!duty.onDuty) return;
  if (busy()) input("drill").checked = Boolean(duty.drill);
  else void change({ onDuty: true, until: duty.until, drill: input("drill").checked });
});
