// Who is on call: the week, single days, and what colleagues agreed between themselves.
import { call, explain } from "../staff/api.js";
import { fresh, input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { areaPath, moment, notice } from "./main.js";

/** @typedef {import("./main.js").Person} Person */
/** @typedef {{person: Person, days: string[], from: string, until: string, needs?: string[], drill: boolean, validFrom?: string, validUntil?: string}} Shift */
/** @typedef {{id: string, person: Person, date: string, adds: boolean, from?: string, until?: string}} Override */
/** @typedef {{id: string, by: Person, to: Person, gives: {from: string, until: string}, takes?: {from: string, until: string}, state: string}} Swap */
/** @typedef {{version: number, shifts: Shift[], overrides: Override[], swaps: Swap[], nextChange?: string}} Roster */

/** @type {Roster} */
let roster = { version: 0, shifts: [], overrides: [], swaps: [] };
let busy = false;

/** The roster decides about single days no further ahead than this. */
const ahead = 92 * 24 * 3600_000;

/** @param {number} at */
const dayOf = (at) => new Date(at).toISOString().slice(0, 10);

export async function showRoster() {
  const day = input("overrideDate");
  day.min = dayOf(Date.now());
  day.max = dayOf(Date.now() + ahead);
  const answer = await call("GET", `${areaPath()}/roster`);
  write(part("roster-problem"), answer.ok ? "" : explain(answer));
  if (answer.ok) show(answer.body);
}

/** @param {Roster} said */
function show(said) {
  roster = said;
  part("shifts").replaceChildren(...roster.shifts.map((shift) => line(shift.person.displayName, shiftWords(shift), () => keep(roster.shifts.filter((s) => s !== shift)))));
  part("shifts-empty").hidden = roster.shifts.length > 0;
  part("overrides").replaceChildren(...roster.overrides.map((one) => line(one.person.displayName, overrideWords(one), () => restore(one))));
  part("overrides-empty").hidden = roster.overrides.length > 0;
  part("swaps").replaceChildren(...roster.swaps.map((swap) => line(`${swap.by.displayName} → ${swap.to.displayName}`, swapWords(swap))));
  part("swaps-part").hidden = roster.swaps.length === 0;
}

/** @param {Shift} shift */
const shiftWords = (shift) => [
  shift.days.length === 7 ? say("coordinate.everyDay") : shift.days.map((day) => say(`coordinate.day.${day}`)).join(", "),
  say("coordinate.hours", { from: shift.from, until: shift.until }),
  shift.needs ? shift.needs.map((n) => say(`staff.need.${n}`)).join(", ") : "",
  shift.drill ? say("coordinate.drillToo") : "",
  shift.validFrom ? say("coordinate.validFrom", { date: shift.validFrom }) : "", shift.validUntil ? say("coordinate.validUntil", { date: shift.validUntil }) : "",
].filter(Boolean).join(" · ");

/** @param {Override} one */
const overrideWords = (one) => [one.date, say(one.adds ? "coordinate.adds" : "coordinate.away"), one.from && one.until ? say("coordinate.hours", { from: one.from, until: one.until }) : say("coordinate.allHers")].join(" · ");

/** @param {Swap} swap */
const swapWords = (swap) => [`${moment(swap.gives.from)} – ${moment(swap.gives.until)}`, swap.takes ? say("coordinate.swapBack", { from: moment(swap.takes.from), until: moment(swap.takes.until) }) : "", say(`coordinate.swap.${swap.state}`)].filter(Boolean).join(" · ");

/** @param {string} name @param {string} about @param {() => Promise<void>} [remove] */
function line(name, about, remove) {
  const element = fresh("line");
  write(part("name", element), name);
  write(part("about", element), about);
  const button = part("remove", element);
  button.hidden = !remove;
  write(button, remove ? say("coordinate.remove") : "");
  button.setAttribute("aria-label", `${say("coordinate.remove")} : ${name}, ${about}`);
  if (remove) button.addEventListener("click", () => void remove());
  return element;
}

/** Runs one change; of two people who write at once the second sees what the first one wrote and nothing of hers is kept.
 * @param {() => Promise<import("../staff/api.js").Answer>} change @returns {Promise<boolean>} */
async function one(change) {
  if (busy) return false;
  busy = true;
  const answer = await change();
  busy = false;
  if (answer.ok) { notice(say("coordinate.kept")); write(part("roster-problem"), ""); show(answer.body); return true; }
  const faults = /** @type {{code: string, where: string}[]} */ (answer.body?.faults ?? []).map((f) => say(`coordinate.fault.${f.code}`) || f.code);
  write(part("roster-problem"), [explain(answer), ...new Set(faults)].join(" "));
  if (answer.code === "roster_stale") { const now = await call("GET", `${areaPath()}/roster`); if (now.ok) show(now.body); }
  return false;
}

/** @param {(Shift | (Omit<Shift, "person"> & {person: string}))[]} shifts */
async function keep(shifts) {
  await one(() => call("PUT", `${areaPath()}/roster`, { version: roster.version, shifts: shifts.map((s) => ({ ...s, person: typeof s.person === "string" ? s.person : s.person.id })) }));
}

/** @param {Override} override */
async function restore(override) {
  await one(() => call("DELETE", `${areaPath()}/roster/overrides/${encodeURIComponent(override.id)}`));
}

part("shift-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const days = [...form.querySelectorAll("input[name=day]:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
  if (days.length === 0) { write(part("roster-problem"), say("coordinate.fault.days_invalid")); return; }
  const before = roster.shifts.length;
  await keep([...roster.shifts, { person: input("shiftPerson").value.trim(), days, from: input("shiftFrom").value, until: input("shiftUntil").value, drill: input("shiftDrill").checked }]);
  if (roster.shifts.length > before) { form.reset(); /** @type {HTMLDetailsElement} */ (part("shift-adding")).open = false; }
});

part("override-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const adds = /** @type {HTMLInputElement} */ (form.querySelector("input[name=overrideAdds]:checked")).value === "adds";
  const kept = await one(() => call("POST", `${areaPath()}/roster/overrides`, {
    version: roster.version, person: input("overridePerson").value.trim(), date: input("overrideDate").value, adds,
    from: input("overrideFrom").value || undefined, until: input("overrideUntil").value || undefined }));
  if (kept) { form.reset(); /** @type {HTMLDetailsElement} */ (part("override-adding")).open = false; }
});
