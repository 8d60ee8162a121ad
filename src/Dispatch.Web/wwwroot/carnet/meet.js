// Where she is met: what was agreed, and one question while something is proposed. It never says who waits there, nor what lies behind the place.
import { post } from "./outbox.js";
import { say } from "./texts.js";

/** @import { Receipt, View } from "./types" */

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));

/** @type {number | null} */
let asked = null;
let said = "";

/** @param {{landmark?: string, latitude?: number, longitude?: number}} place */
const words = ({ landmark, latitude, longitude }) => landmark || `${latitude}, ${longitude}`;

/** @param {View | null} view @param {boolean} over */
export function showMeeting(view, over) {
  const points = over ? [] : view?.needs?.filter((need) => need.meetingPoint) ?? [];
  const lines = points.flatMap(({ need, meetingPoint: at }) => at?.agreed ? [say(need === "transport" ? "meet.car" : "meet.here", { place: words(at.place) })] : []);
  const open = points.find(({ meetingPoint: at }) => !at?.agreed)?.meetingPoint ?? null;
  if (open?.no !== asked) said = "";
  asked = open?.no ?? null;
  const agreed = part("meet-agreed");
  if (agreed.textContent !== lines.join("\n")) agreed.textContent = lines.join("\n");
  agreed.hidden = lines.length === 0;
  part("meet").hidden = open === null;
  const place = open ? words(open.place) : "";
  if (part("meet-place").textContent !== place) part("meet-place").textContent = place;
  part("meet-said").textContent = said;
}

/** @param {() => Receipt | null} receipt @param {() => void} answered */
export function listenMeeting(receipt, answered) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-meet-answer]"))) button.addEventListener("click", async () => {
    const [mine, no] = [receipt(), asked];
    if (!mine || no === null) return;
    const { status } = await post(mine.id, mine.survivorToken, `meeting-points/${no}/answer`, { yes: button.dataset.meetAnswer === "yes" });
    said = status === 200 ? "" : say(status === 409 ? "meet.changed" : "meet.notSent");
    part("meet-said").textContent = said;
    if (status === 200) { part("meet").hidden = true; part("headline").focus(); }
    answered();
  });
}
