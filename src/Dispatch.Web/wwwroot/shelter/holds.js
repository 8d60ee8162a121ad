// Who is asked for, who is expected, who is here, and what ended today; each with the acts that are possible now, the likely one first and largest.
import { now } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { count, date, say, span } from "../staff/texts.js";
import { unsent } from "./outbox.js";
import { bedWords, moment, needs, people } from "./words.js";

/** @typedef {import("./words.js").Hold} Hold */
/** @typedef {import("./words.js").Board} Board */
/** @typedef {"yes" | "no" | "renew" | "arrive" | "leave" | "notCome" | "release" | "stillHere" | "notYetHere"} What */
/** @typedef {{act(what: What, hold: Hold, reason?: string): void, expect(hold: Hold, at: string): void, meet(hold: Hold, landmark: string): void, address(hold: Hold): void, mayGive(): boolean}} Desk */

/** An act that ends something is asked about once more. @type {What[]} */
const sure = ["no", "leave", "notCome", "release", "stillHere", "notYetHere"];

/** @param {Board} board @param {Desk} desk */
export function showHolds(board, desk) {
  const of = (/** @type {string} */ state) => board.holds.filter((hold) => hold.state === state);
  const was = /** @type {HTMLElement | null} */ (document.activeElement?.closest("article[data-key]"))?.dataset.key?.split(" ")[0];
  list("asked", of("held"), (hold) => hold.renewed ? ["yes", "no"] : ["yes", "no", "renew"], desk);
  list("expected", of("booked").sort((a, b) => (a.expectedAt ?? "").localeCompare(b.expectedAt ?? "")), () => ["arrive", "notCome", "release"], desk);
  list("here", of("occupied"), () => ["leave", "notYetHere"], desk);
  // Who left can still be here; who was given up or ran out can still stand at the door.
  list("gone", board.gone, (hold) => hold.over === "left" ? ["stillHere"] : ["arrive"], desk);
  // Whoever works by keys goes on at the same party, wherever it stands now.
  if (was && document.activeElement === document.body) /** @type {HTMLElement | null} */ (document.querySelector(`article[data-key^="${CSS.escape(was)} "] [data-party]`))?.focus({ preventScroll: true });
  countdown();
}

/** @param {string} name @param {Hold[]} holds @param {(hold: Hold) => What[]} acts @param {Desk} desk */
function list(name, holds, acts, desk) {
  part(`${name}-section`).hidden = holds.length === 0;
  // The acts belong to the key: what may be done next is never under a finger that was on its way to something else.
  keyed(part(name), holds, (hold) => `${hold.holdId} ${acts(hold).join()}`, (hold) => make(hold, acts(hold), desk), update);
}

/** @param {Hold} hold @param {What[]} acts @param {Desk} desk */
function make(hold, acts, desk) {
  const card = fresh("hold");
  card.dataset.state = hold.state ?? "gone";
  const [panel, buttons, because] = [part("sure", card), part("acts", card), part("why", card)];
  const why = /** @type {HTMLSelectElement} */ (because.querySelector("select"));
  const act = (/** @type {What} */ what, /** @type {string | undefined} */ reason = undefined) => {
    desk.act(what, hold, reason);
    part("party", card).focus({ preventScroll: true });
  };
  for (const what of acts) {
    const button = fresh("act");
    button.dataset.act = what;
    button.classList.toggle("act", what === "yes" || what === "arrive" && hold.state !== undefined);
    button.textContent = say(`shelter.act.${what}`);
    button.addEventListener("click", () => {
      if (!sure.includes(what)) return act(what);
      panel.hidden = false;
      buttons.hidden = true;
      because.hidden = what !== "no";
      why.value = "";
      write(part("sure-text", card), say(`shelter.sure.${what}`));
      panel.dataset.what = what;
      part("sure-text", card).focus();
    });
    buttons.append(button);
  }
  part("sure-yes", card).addEventListener("click", () => {
    // The line asks elsewhere by what it hears: a no has a reason.
    if (!because.hidden && !why.value) return why.focus();
    panel.hidden = true;
    buttons.hidden = false;
    act(/** @type {What} */ (panel.dataset.what), because.hidden ? undefined : why.value);
  });
  part("sure-no", card).addEventListener("click", () => { panel.hidden = true; buttons.hidden = false; buttons.querySelector("button")?.focus(); });
  const when = part("when", card);
  when.hidden = hold.state !== "booked";
  when.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (when.querySelector("input"));
    if (input.value) desk.expect(hold, nextAt(input.value));
    input.value = "";
  });
  const meeting = part("meeting", card);
  meeting.hidden = hold.state !== "booked";
  meeting.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (meeting.querySelector("input"));
    if (input.value.trim()) desk.meet(hold, input.value.trim());
    input.value = "";
  });
  const give = part("give", card);
  give.hidden = hold.state !== "booked" || !desk.mayGive();
  give.addEventListener("click", () => desk.address(hold));
  return card;
}

/** The next time that a clock shows this. @param {string} clock */
function nextAt(clock) {
  const at = new Date(now());
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  at.setHours(hours, minutes, 0, 0);
  // A little ago is still today: she may be late.
  if (at.getTime() < now() - 3_600_000) at.setDate(at.getDate() + 1);
  return at.toISOString();
}

/** @param {HTMLElement} card @param {Hold} hold */
function update(card, hold) {
  const waiting = unsent(hold.holdId);
  write(part("party", card), hold.party ? count("shelter.people", people(hold.party)) : bedWords(hold.beds));
  write(part("beds", card), hold.party ? bedWords(hold.beds) : "");
  const lines = hold.state === "held" || hold.state === "booked" && hold.party ? needs(hold) : [];
  keyed(part("needs", card), lines.map((text, at) => ({ text, at })), ({ at }) => String(at), () => document.createElement("li"), (line, { text }) => write(line, text));
  write(part("about", card), about(hold));
  write(part("meet-at", card), hold.state === "booked" && hold.meetAt?.landmark ? say("shelter.meetAt", { place: hold.meetAt.landmark }) : "");
  part("overdue", card).hidden = !(hold.state === "booked" && hold.overdue);
  const clock = part("countdown", card);
  clock.hidden = hold.state !== "held";
  clock.dataset.until = hold.state === "held" ? hold.expiresAt ?? "" : "";
  write(part("waiting", card), waiting ? say("shelter.notYetSent", { what: say(waiting.what) }) : "");
  for (const button of card.querySelectorAll("button")) button.disabled = waiting !== undefined;
}

/** @param {Hold} hold */
function about({ state, over, askedAt, expectedAt, arrivedAt, nights }) {
  if (state === "held") return say("shelter.askedAt", { time: moment(askedAt) });
  if (state === "booked") return expectedAt ? say("shelter.expectedAt", { time: moment(expectedAt) }) : "";
  if (state === "occupied") return [arrivedAt ? say("shelter.hereSince", { day: date(arrivedAt) }) : "", nights ? count("shelter.nights", nights) : ""].filter(Boolean).join(" · ");
  return [say(`shelter.became.${over ?? "unknown"}`), say("shelter.askedAt", { time: moment(askedAt) })].join(" · ");
}

/** How long each hold still lasts; late is said in words and not by colour alone. */
export function countdown() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-until]"))) {
    if (!place.dataset.until) continue;
    const left = Date.parse(place.dataset.until) - now();
    place.dataset.late = String(left < 10 * 60_000);
    const text = left > 0 ? say("shelter.timeLeft", { time: span(left) }) : say("shelter.ranOut");
    if (place.textContent !== text) place.textContent = text;
  }
}
