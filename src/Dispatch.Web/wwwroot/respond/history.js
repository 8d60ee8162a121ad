// What one did oneself: asked for when it is opened, never kept, and nothing in it leads to whom one helped.
import { call, explain } from "../staff/api.js";
import { fresh, part, write } from "../staff/dom.js";
import { date, hour, say, span } from "../staff/texts.js";

/** @typedef {{need: string, mode: string, acceptedAt: string, endedAt: string, state: string, exercise: boolean}} Work */

const box = /** @type {HTMLDetailsElement} */ (part("history"));
const list = part("history-list");
const more = part("history-more");
let next = "";

/** @param {string} after */
async function load(after) {
  more.setAttribute("aria-busy", "true");
  const answer = await call("GET", `/api/v1/me/history${after ? `?after=${encodeURIComponent(after)}` : ""}`);
  more.removeAttribute("aria-busy");
  write(part("history-problem"), answer.ok ? "" : explain(answer));
  if (!answer.ok) return;
  if (!after) list.replaceChildren();
  list.append(...answer.body.items.map(row));
  part("history-empty").hidden = list.childElementCount > 0;
  next = answer.body.next ?? "";
  more.hidden = next === "";
}

/** @param {Work} work */
function row(work) {
  const line = fresh("done");
  const time = /** @type {HTMLTimeElement} */ (line.querySelector("time"));
  time.dateTime = work.acceptedAt;
  write(time, `${date(work.acceptedAt)}, ${hour(work.acceptedAt)}`);
  const words = [say(`staff.need.${work.need}`), say(`staff.mode.${work.mode}`), `${say(work.state === "standOff" || work.state === "callOff" ? `respond.${work.state}` : `respond.state.${work.state}`)} (${span(Date.parse(work.endedAt) - Date.parse(work.acceptedAt))})`, work.exercise ? say("staff.exercise") : ""];
  write(/** @type {HTMLElement} */ (line.querySelector("span")), words.filter(Boolean).join(" · "));
  return line;
}

box.addEventListener("toggle", () => { if (box.open) void load(""); });
more.addEventListener("click", () => void load(next));

/** Somebody else may have sat here before. */
export function startHistory() {
  box.open = false;
  list.replaceChildren();
}
