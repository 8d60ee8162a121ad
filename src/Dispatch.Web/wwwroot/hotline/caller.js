// What is done about a number that rang or wrote: how it may be answered, ringing it through the line, which request it is about.
import { now } from "../staff/api.js";
import { fresh, input, keyed, part, write } from "../staff/dom.js";
import { hour, say } from "../staff/texts.js";
import { listenFigures } from "./keys.js";
import { closePanels, openPanel } from "./panels.js";

/** @typedef {import("./contacts.js").Contact} Contact */
/** @typedef {import("./queue.js").Item} Item */
/** Asks the service; says why where it refuses. @typedef {{ask(path: string, body: object, method: "POST" | "PUT"): Promise<import("../staff/api.js").Answer | null>, requests(): Item[], shown(contact: Contact): void, said(text: string, kind?: "good" | "stop"): void}} Desk */

const forms = ["marking", "joining", "parting"];
const marks = ["mayCall", "mayText", "notSafe"];

/** @type {Contact | null} */
let shown = null;
/** Of which number nobody can say now whether its phone is safe. */
let doubtful = "";
/** @type {Desk} */
let desk;

/** Somebody's telephone rings now because a human wants it. */
export const ringsHer = () => Boolean(shown?.callBack && !shown.callBack.over && Date.parse(shown.callBack.ringsUntil ?? "") > now());

const onTheLine = (/** @type {Contact} */ one) => one.items.some((item) => item.onTheLine);

/** What is marked keeps everybody from ringing her; the hours are the service's to know. @param {Contact} one */
export const mayNotCall = (one) => Boolean(one.mark && (one.mark.unsafe || !one.mark.mayCall));

/** @param {Contact | null} one null where it is not hers to see */
export function showCaller(one) {
  if (one?.contactId !== shown?.contactId) for (const panel of forms) part(panel).hidden = true;
  shown = one;
  part("contact-acts").hidden = !one;
  part("ring-back").hidden = !one?.number || !one.throughLine || mayNotCall(one) || onTheLine(one) || ringsHer();
  part("part-open").hidden = !one?.tie;
  if (part("part-open").hidden) part("parting").hidden = true;
  write(part("contact-rang"), one ? rangText(one) : "");
}

/** What came of ringing her. @param {Contact} one */
function rangText({ callBack: back, calls }) {
  if (!back) return "";
  const live = calls.find(({ toHer, overAt }) => toHer && !overAt);
  const time = hour(back.missedAt);
  if (back.over === "reached") return live ? say(live.connectedAt ? "hotline.rang.connected" : "hotline.rang.reached") : "";
  if (ringsHer()) return say(back.by ? "hotline.rang.now" : "hotline.rang.byMachine");
  if (back.over === "noAnswer") return say(back.by ? "hotline.rang.noAnswer" : "hotline.rang.machineNoAnswer", { time });
  return "";
}

function openMark() {
  const mark = shown?.mark;
  for (const [name, on] of /** @type {const} */ ([["mayCall", mark?.mayCall], ["mayText", mark?.mayText], ["notSafe", mark?.unsafe]])) input(name).checked = Boolean(on);
  input("markFrom").value = mark?.from ?? "";
  input("markUntil").value = mark?.until ?? "";
  openPanel("marking");
}

function openJoin() {
  const named = (/** @type {Item} */ { alertId }) => (shown?.hints ?? []).some((hint) => hint.alertId === alertId);
  // What names this number is likely hers, and is never tied by itself: anybody may have typed it.
  const open = desk.requests().filter(({ alertId, exercise }) => !exercise && alertId !== shown?.tie?.alertId).sort((a, b) => Number(named(b)) - Number(named(a)));
  keyed(part("join-list"), open, ({ alertId }) => alertId ?? "", () => fresh("colleague"), (row, item) => {
    const at = open.indexOf(item) + 1;
    write(part("word", row), [hour(item.raisedAt), item.needs.map((need) => say(`staff.need.${need}`)).join(", "), item.area?.name, item.takenBy?.displayName, named(item) ? say("hotline.join.named") : ""].filter(Boolean).join(" · "));
    write(part("digit", row), at < 10 ? String(at) : "");
  });
  write(part("join-nobody"), open.length ? "" : say("hotline.join.nobody"));
  openPanel("joining");
}

/** @param {string} path @param {object} body @param {string} done @param {"POST" | "PUT"} [method] */
async function act(path, body, done, method = "POST") {
  const id = shown?.contactId;
  const answer = id ? await desk.ask(`/api/v1/hotline/contacts/${encodeURIComponent(id)}/${path}`, body, method) : null;
  if (answer?.code === "not_allowed_here") desk.said(say("hotline.rang.notNow"), "stop");
  if (!answer?.ok || shown?.contactId !== id) return answer?.code ?? "";
  closePanels();
  desk.shown(answer.body);
  desk.said(done);
  part("case-title").focus();
  return "";
}

/** Where an earlier request cannot say whether the phone is safe, she is told so, and a second press rings. */
async function ringBack() {
  const anyway = doubtful === shown?.contactId ? "?anyway=true" : "";
  doubtful = "";
  const id = shown?.contactId ?? "";
  if (await act(`call-back${anyway}`, {}, "") !== "unavailable") return;
  doubtful = id;
  desk.said(say("hotline.rang.notKnown"), "stop");
}

/** @param {Desk} given */
export function listenCaller(given) {
  desk = given;
  part("mark-open").addEventListener("click", openMark);
  part("join-open").addEventListener("click", openJoin);
  part("part-open").addEventListener("click", () => openPanel("parting"));
  part("ring-back").addEventListener("click", () => void ringBack());
  for (const panel of forms) part(panel).addEventListener("submit", (event) => event.preventDefault());
  part("marking").addEventListener("change", (event) => {
    const changed = event.target instanceof HTMLInputElement && event.target.checked ? event.target.name : "";
    if (changed === "notSafe") input("mayCall").checked = input("mayText").checked = false;
    else if (marks.includes(changed)) input("notSafe").checked = false;
  });
  part("marking").addEventListener("submit", () => void act("mark", {
    mayCall: input("mayCall").checked, mayText: input("mayText").checked, unsafe: input("notSafe").checked, from: input("markFrom").value || undefined, until: input("markUntil").value || undefined,
  }, say("hotline.mark.kept"), "PUT"));
  part("join-list").addEventListener("click", (event) => {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-key]")) : null;
    if (row?.dataset.key) void act("tie", { alertId: row.dataset.key }, say("hotline.join.done"));
  });
  part("part-only").addEventListener("click", () => void act("untie", { alertId: shown?.tie?.alertId, separate: false }, say("hotline.part.done")));
  part("part-separate").addEventListener("click", () => void act("untie", { alertId: shown?.tie?.alertId, separate: true }, say("hotline.part.separated")));
  listenFigures("marking", () => marks.map((name) => input(name)));
  listenFigures("joining", () => Array.from(part("join-list").querySelectorAll("button")));
  listenFigures("parting", () => [part("part-only"), part("part-separate")]);
}
