// Her shifts of the next weeks, and the hours that colleagues give each other. Nothing changes before the other has said yes.
import { call, explain, now } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { hour, language, say } from "../staff/texts.js";

/** @typedef {{id: string, displayName: string}} Person */
/** @typedef {{from: string, until: string}} Hours */
/** @typedef {{area: string, from: string, until: string, needs?: string[], drill: boolean}} Shift */
/** @typedef {{id: string, area: string, by: Person, to: Person, gives: Hours, takes?: Hours, state: "offered" | "accepted"}} Swap */
/** @typedef {{shifts: Shift[], swaps: Swap[], colleagues: Person[]}} Mine */
/** @typedef {import("../staff/sign-in.js").Me} Me */

const first = 7;
const every = 5 * 60_000;

/** @type {Me | undefined} */
let me;
/** @type {Mine} */
let mine = { shifts: [], swaps: [], colleagues: [] };
let all = false;
let busy = false;

const box = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-shifts-section]"));

async function load() {
  const answer = await call("GET", "/api/v1/me/shifts");
  const section = box();
  // Somebody who is on no roster by her role has none; nobody is signed in any more.
  if (!section || answer.status === 403) return;
  section.hidden = false;
  if (section.open) write(part("shifts-problem"), answer.ok ? "" : explain(answer));
  if (answer.ok) { mine = answer.body; show(); }
}

function show() {
  const asked = mine.swaps.filter((swap) => swap.state === "offered" && swap.to.id === me?.accountId).length;
  write(part("shifts-count"), asked ? say("respond.shifts.asked", { n: asked }) : "");
  keyed(part("swaps"), mine.swaps.filter((swap) => Math.max(Date.parse(swap.gives.until), Date.parse(swap.takes?.until ?? swap.gives.until)) > now()), (swap) => swap.id, () => fresh("swap"), updateSwap);
  const shown = all ? mine.shifts : mine.shifts.slice(0, first);
  keyed(part("shifts"), shown, key, makeShift, updateShift);
  part("shifts-empty").hidden = mine.shifts.length > 0;
  part("shifts-more").hidden = shown.length === mine.shifts.length;
}

/** @param {Shift} shift */
const key = (shift) => `${shift.area} ${shift.from} ${shift.until} ${shift.drill}`;

/** "lundi 23 novembre" @param {string} at */
const day = (at) => new Date(at).toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });

/** @param {Hours} hours */
const span = ({ from, until }) => say("respond.shifts.hours", { from: hour(from), until: hour(until) });

/** @param {Hours} hours */
const whole = (hours) => `${day(hours.from)}, ${span(hours)}`;

/** @param {Shift} shift */
function makeShift(shift) {
  const row = fresh("shift");
  const form = /** @type {HTMLFormElement} */ (part("give-form", row));
  part("give", row).addEventListener("click", () => {
    form.hidden = !form.hidden;
    part("give", row).setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("select")?.focus();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); void propose(shift, form); });
  return row;
}

/** @param {HTMLElement} row @param {Shift} shift */
function updateShift(row, shift) {
  const time = /** @type {HTMLTimeElement} */ (row.querySelector("time"));
  time.dateTime = shift.from;
  write(time, day(shift.from));
  write(part("hours", row), span(shift));
  const area = me?.areas.length === 1 ? "" : me?.areas.find((a) => a.id === shift.area)?.name ?? "";
  write(part("about", row), [area, shift.needs?.map((need) => say(`staff.need.${need}`)).join(", ") ?? ""].filter(Boolean).join(" · "));
  write(part("exercise", row), shift.drill ? say("respond.shifts.drill") : "");
  const given = mine.swaps.find((swap) => swap.state === "offered" && swap.by.id === me?.accountId && swap.area === shift.area && swap.gives.from === shift.from && swap.gives.until === shift.until);
  write(part("pending", row), given ? say("respond.shifts.pending", { name: given.to.displayName }) : "");
  part("give", row).hidden = Boolean(given) || mine.colleagues.length === 0;
  part("give", row).setAttribute("aria-label", `${say("respond.shifts.give")} : ${whole(shift)}`);
  if (given) part("give-form", row).hidden = true;
  const to = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  const people = mine.colleagues.map((person) => person.id).join(" ");
  if (to.dataset.people === people) return;
  to.dataset.people = people;
  to.replaceChildren(...Array.from(to.options).slice(0, 1), ...mine.colleagues.map((person) => new Option(person.displayName, person.id)));
}

/** @param {HTMLElement} row @param {Swap} swap */
function updateSwap(row, swap) {
  const hers = swap.by.id === me?.accountId;
  const open = swap.state === "offered";
  write(part("words", row), say(`respond.shifts.${hers ? "youOffer" : "offersYou"}`, { name: (hers ? swap.to : swap.by).displayName }));
  write(part("gives", row), whole(swap.gives));
  write(part("takes", row), swap.takes ? say(`respond.shifts.${hers ? "youTake" : "takesYours"}`, { hours: whole(swap.takes) }) : "");
  write(part("state", row), open ? "" : say("respond.shifts.agreed"));
  part("yes", row).hidden = hers || !open;
  write(part("no", row), !open ? "" : say(`respond.shifts.${hers ? "takeBack" : "no"}`));
  part("yes", row).onclick = () => void act(() => call("POST", `/api/v1/me/swaps/${encodeURIComponent(swap.id)}/accept`), "respond.shifts.yours");
  part("no", row).onclick = () => void act(() => call("POST", `/api/v1/me/swaps/${encodeURIComponent(swap.id)}/decline`), hers ? "respond.shifts.takenBack" : "respond.shifts.declined");
}

/** What she did, and then how it is; a refusal says why, and shows how it is now.
 * @param {() => Promise<import("../staff/api.js").Answer>} change @param {string} done @returns {Promise<boolean>} */
async function act(change, done) {
  if (busy) return false;
  busy = true;
  box()?.setAttribute("aria-busy", "true");
  write(part("shifts-done"), "");
  const answer = await change();
  if (box()) await load();
  busy = false;
  box()?.removeAttribute("aria-busy");
  if (!box()) return false;
  write(part("shifts-problem"), answer.ok ? "" : answer.code === "not_found" ? say("respond.shifts.gone") : explain(answer));
  write(part("shifts-done"), answer.ok ? say(done) : "");
  if (answer.ok) part("shifts-done").focus();
  return answer.ok;
}

/** @param {Shift} shift @param {HTMLFormElement} form */
async function propose(shift, form) {
  const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value;
  const given = ["takesDay", "takesFrom", "takesUntil"].filter((name) => value(name));
  if (given.length % 3) return write(part("shifts-problem"), say("respond.shifts.takesWhole"));
  const takes = given.length ? hoursOf(value("takesDay"), value("takesFrom"), value("takesUntil")) : undefined;
  const done = await act(() => call("POST", "/api/v1/me/swaps", { area: shift.area, to: value("swapTo"), gives: { from: shift.from, until: shift.until }, takes }), "respond.shifts.proposed");
  if (done) form.reset();
}

/** At or before its beginning it ends on the next day, as in the roster. @param {string} date @param {string} from @param {string} until @returns {Hours} */
function hoursOf(date, from, until) {
  const [start, end] = [new Date(`${date}T${from}`), new Date(`${date}T${until}`)];
  if (end <= start) end.setDate(end.getDate() + 1);
  return { from: start.toISOString(), until: end.toISOString() };
}

part("shifts-more").addEventListener("click", () => { all = true; show(); });
box()?.addEventListener("toggle", () => { if (box()?.open) void load(); });

/** What a colleague proposes is seen without opening anything. @param {Me} who */
export function startShifts(who) {
  me = who;
  void load();
  setInterval(() => { if (!document.hidden && !busy && box()) void load(); }, every);
}
