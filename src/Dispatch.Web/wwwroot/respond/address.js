// Where a house is, for the one driver who was let in: asked for by a tap, shown for a short time, kept nowhere.
import { call, explain, now } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { hour, say } from "../staff/texts.js";

/** @typedef {{releaseId: string, shelterId: string, alertId: string, until: string, looksLeft: number}} Release */

/** Long enough to read it aloud once and to write it on nothing. */
const shownFor = 60_000;
const list = part("addresses");
/** @type {Release[]} */
let mine = [];
/** Which one is shown, and until when. */
let open = { id: "", ends: 0 };
/** Counts every hiding: an answer that was asked for before it comes too late to be shown. */
let hidings = 0;

/** @param {Release[]} releases */
export function showAddresses(releases) {
  mine = releases;
  draw();
}

function draw() {
  const standing = mine.filter(({ until }) => Date.parse(until) > now());
  if (open.id && (Date.now() >= open.ends || !standing.some(({ releaseId }) => releaseId === open.id))) hide();
  const section = part("addresses-section");
  // Nobody is signed in, or not any more.
  if (!section) return;
  section.hidden = standing.length === 0;
  keyed(list, standing, ({ releaseId }) => releaseId, make, update);
}

/** Nothing of it stays in the page. */
function hide() {
  hidings++;
  open = { id: "", ends: 0 };
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-address-text], [data-address-position], [data-address-left]"))) write(place, "");
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-address-hide]"))) button.hidden = true;
}

/** @param {Release} release */
function make(release) {
  const card = fresh("address");
  part("address-look", card).addEventListener("click", () => void look(card, release));
  part("address-hide", card).addEventListener("click", () => { hide(); draw(); part("address-look", card).focus(); });
  return card;
}

/** @param {HTMLElement} card @param {Release} release */
function update(card, { releaseId, until, looksLeft }) {
  const shown = open.id === releaseId;
  write(part("address-until", card), say("respond.address.until", { time: hour(until) }));
  write(part("address-left", card), shown ? say("respond.address.left", { n: Math.max(0, Math.ceil((open.ends - Date.now()) / 1000)) }) : "");
  part("address-look", card).hidden = shown || looksLeft <= 0;
  part("address-hide", card).hidden = !shown;
}

/** @param {HTMLElement} card @param {Release} release */
async function look(card, { releaseId, shelterId }) {
  if (card.getAttribute("aria-busy") === "true") return;
  card.setAttribute("aria-busy", "true");
  const asked = ++hidings;
  const answer = await call("POST", `/api/v1/shelters/${encodeURIComponent(shelterId)}/address-releases/${encodeURIComponent(releaseId)}/look`, {});
  card.removeAttribute("aria-busy");
  if (!answer.ok) {
    write(part("address-problem", card), ["not_released", "not_booked"].includes(answer.code) ? say("respond.address.ended") : explain(answer));
    return;
  }
  write(part("address-problem", card), "");
  // Put away, locked or withdrawn while it was under way: then it is not shown.
  if (asked !== hidings || document.hidden || !card.isConnected) return;
  hide();
  open = { id: releaseId, ends: Date.now() + shownFor };
  const { text, latitude, longitude } = answer.body;
  write(part("address-text", card), text);
  write(part("address-position", card), latitude !== undefined && longitude !== undefined ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : "");
  draw();
  part("address-text", card).focus();
}

/** Signed out: neither what is shown nor that there is anything. */
export function closeAddresses() {
  mine = [];
  hide();
  draw();
}

document.addEventListener("visibilitychange", () => { if (document.hidden) { hide(); draw(); } });
// Left for another page: what the browser keeps to come back to must not have it.
addEventListener("pagehide", () => { hide(); draw(); });
setInterval(draw, 1000);
