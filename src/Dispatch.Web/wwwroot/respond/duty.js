// On duty or off, and until when.
import { input, part, write } from "../staff/dom.js";
import { allowSound } from "../staff/sound.js";
import { hour, say } from "../staff/texts.js";
import { refresh, tell } from "./main.js";

/** @typedef {{onDuty: boolean, until?: string, drill?: boolean}} Duty */

let onDuty = false;
export const isOnDuty = () => onDuty;

/** @param {Duty} duty */
export function showDuty(duty) {
  onDuty = duty.onDuty;
  document.body.dataset.duty = onDuty ? "on" : "off";
  const text = !onDuty ? say("respond.offDuty") : duty.until ? say("respond.onDutyUntil", { time: hour(duty.until) }) : say("respond.onDuty");
  write(part("duty-text"), duty.drill && onDuty ? `${text} ${say("respond.drill")}` : text);
  part("duty-until").hidden = onDuty;
  part("duty-hint").hidden = onDuty;
  const button = part("duty-switch");
  write(button, say(onDuty ? "respond.stop" : "respond.start"));
  button.classList.toggle("act", !onDuty);
  place(button);
}

/** Off duty, taking it comes before the messages; on duty, after them. What was accepted always comes first. @param {HTMLElement} button */
function place(button) {
  const section = part("duty-section");
  const before = onDuty ? part("push-section") : part("offers-section");
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

part("duty-switch").addEventListener("click", async (event) => {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  if (button.getAttribute("aria-busy") === "true") return;
  allowSound();
  if (!onDuty && "Notification" in window && Notification.permission === "default") void Notification.requestPermission().catch(() => {});
  button.setAttribute("aria-busy", "true");
  const until = input("until").value;
  const answer = await tell("PUT", "/api/v1/me/duty", onDuty ? { onDuty: false } : { onDuty: true, until: until ? nextInstant(until) : undefined });
  button.removeAttribute("aria-busy");
  if (answer.ok) showDuty(answer.body);
  refresh();
});
