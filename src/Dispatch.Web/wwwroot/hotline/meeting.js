// Where she is met: proposed by the line, agreed by her. Shown while it can be said.
import { input, keyed, fresh, part, write } from "../staff/dom.js";
import { date, has, hour, say } from "../staff/texts.js";
import { closePanels, openPanel } from "./panels.js";

/** @typedef {{no: number, need: string, state: string, place: {landmark?: string, latitude?: number, longitude?: number}, at: string, by?: {displayName: string}, answeredAt?: string, answeredBy?: string}} Meeting */
/** @typedef {{id: string, verification?: string, needs?: {need: string, state: string, departs?: {at: string, waits: string}}[], meetingPoints?: Meeting[]}} Met */
/** @typedef {{decide(path: string, body?: object, key?: string): Promise<boolean>, said(text: string, kind?: "good" | "stop"): void}} Desk */

/** @type {Met | null} */
let shown = null;
/** The same proposal sent again after a lost answer is the same. */
let key = "";
const need = () => /** @type {HTMLSelectElement} */ (part("meeting").querySelector("select"));

/** @param {Met | null} one @param {boolean} ended */
export function showMeetings(one, ended) {
  if (one?.id !== shown?.id) resetMeeting();
  shown = one;
  const open = (one?.needs ?? []).filter(({ state }) => state !== "closed").map((each) => each.need);
  part("meet-open").hidden = ended || one?.verification === "none" || open.length === 0;
  if (part("meet-open").hidden) part("meeting").hidden = true;
  for (const option of Array.from(need().options)) option.hidden = option.disabled = !open.includes(option.value);
  if (need().selectedOptions[0]?.disabled !== false) need().value = ["transport", "shelter", ...open].find((each) => open.includes(each)) ?? "";
  part("meetings-section").hidden = !one?.meetingPoints?.length;
  keyed(part("meetings"), one?.meetingPoints ?? [], ({ no }) => String(no), () => fresh("meeting"), (row, point) => showPoint(row, point, ended));
  const waits = one?.needs?.find(({ departs }) => departs)?.departs;
  write(part("departs"), waits ? say(`hotline.departs.${waits.waits}`, { time: `${hour(waits.at)}, ${date(waits.at)}` }) : "");
}

/** @param {HTMLElement} row @param {Meeting} point @param {boolean} ended */
function showPoint(row, point, ended) {
  const { landmark, latitude, longitude } = point.place;
  write(part("meet-what", row), `${say(`staff.need.${point.need}`)} · ${landmark ?? `${latitude}, ${longitude}`}`);
  const who = point.answeredBy === "survivor" ? say("hotline.meet.herself") : point.answeredBy ?? "";
  const state = say(`hotline.meet.${point.state}`) + (point.answeredAt && has(`hotline.meet.${point.state}`) ? `, ${hour(point.answeredAt)}${who ? `, ${who}` : ""}` : "");
  write(part("meet-state", row), `${state} · ${say(point.by ? "hotline.meet.by" : "hotline.meet.byHouse", { who: point.by?.displayName, time: hour(point.at) })}`);
  part("meet-yes", row).hidden = ended || point.state !== "asked";
  part("meet-no", row).hidden = ended || (point.state !== "asked" && point.state !== "agreed");
}

export function resetMeeting() {
  key = "";
  /** @type {HTMLFormElement} */ (part("meeting")).reset();
  part("meeting").hidden = true;
}

/** @param {Desk} desk */
export function listenMeeting({ decide, said }) {
  part("meet-open").addEventListener("click", () => openPanel("meeting"));
  part("meeting").addEventListener("input", () => { key = ""; });
  part("meeting").addEventListener("submit", async (event) => {
    event.preventDefault();
    const landmark = input("meetPlace").value.trim();
    if (!landmark) return input("meetPlace").focus();
    key ||= crypto.randomUUID();
    const agreed = input("meetAgreed").checked;
    if (!await decide("meeting-points", { need: need().value, place: { landmark }, agreed }, key)) return;
    resetMeeting();
    closePanels();
    said(say(agreed ? "hotline.meet.kept" : "hotline.meet.sent"));
  });
  part("meetings").addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const row = /** @type {HTMLElement | null | undefined} */ (button?.closest("[data-key]"));
    if (!button || !row) return;
    const yes = button.matches("[data-meet-yes]");
    if (await decide(`meeting-points/${row.dataset.key}/answer`, { yes })) said(say(yes ? "hotline.meet.kept" : "hotline.meet.refusedKept"));
  });
}
