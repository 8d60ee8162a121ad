// The coordinator's page: one area at a time, five parts, everything fetched when it is looked at.
import { call, explain } from "../staff/api.js";
import { input, part, write } from "../staff/dom.js";
import { open } from "../staff/sign-in.js";
import { date, hour, say } from "../staff/texts.js";
import { showBeds } from "./beds.js";
import { showProtocols } from "./protocols.js";
import { showReach } from "./reach.js";
import { showRoster } from "./roster.js";
import { showTonight } from "./tonight.js";

/** @typedef {{id: string, displayName: string}} Person */
/** @typedef {import("../staff/sign-in.js").Me} Me */

/** @type {Record<string, () => Promise<void>>} */
const parts = { tonight: showTonight, roster: showRoster, protocols: showProtocols, beds: showBeds, reach: showReach };
const every = 60_000;
/** @type {Me | undefined} */
let me;

const select = () => /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (document.querySelector("select[name=area]")));
/** The area that is looked at. */
export const area = () => select().value;
export const areas = () => me?.areas ?? [];
export const areaPath = () => `/api/v1/areas/${encodeURIComponent(area())}`;

/** "samedi 21 novembre, 20 h 00" @param {string} at */
export const moment = (at) => `${date(at)}, ${hour(at)}`;

/** What was kept, or what went wrong. @param {string} text @param {"good" | "stop"} kind */
export function notice(text, kind = "good") {
  part("notice").dataset.kind = kind;
  write(part("notice-text"), text);
  part("notice").hidden = text === "";
}

async function showState() {
  const answer = await call("GET", areaPath());
  const place = part("area-state");
  if (!answer.ok) { write(place, explain(answer)); return; }
  place.dataset.state = answer.body.on ? "on" : "off";
  const missing = /** @type {string[]} */ (answer.body.missing).map((m) => say(`coordinate.missing.${m}`) || m).join(", ");
  write(place, [say(answer.body.on ? "coordinate.on" : "coordinate.off"), missing && say("coordinate.missing", { what: missing }),
    answer.body.drillUntil ? say("coordinate.drillOpen", { time: hour(answer.body.drillUntil) }) : ""].filter(Boolean).join(" "));
}

const wanted = () => location.hash.slice(1) in parts ? location.hash.slice(1) : "tonight";

/** @param {boolean} [chosen] a person asked for it: the heading gets the focus */
async function show(chosen = false) {
  const name = wanted();
  for (const section of document.querySelectorAll("[data-part]")) /** @type {HTMLElement} */ (section).hidden = /** @type {HTMLElement} */ (section).dataset.part !== name;
  for (const link of document.querySelectorAll("[data-to]")) {
    if (/** @type {HTMLElement} */ (link).dataset.to === name) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  if (chosen) /** @type {HTMLElement | null} */ (document.querySelector(`[data-part="${name}"] h2`))?.focus();
  await Promise.all([showState(), parts[name]?.()]);
}

void open((/** @type {Me} */ who) => {
  me = who;
  write(part("who"), `${who.displayName}, ${who.organisation.name}`);
  part("sign-out").hidden = false;
  const may = who.roles.includes("coordinator") && who.areas.length > 0;
  part("no-area").hidden = may;
  part("area-parts").hidden = !may;
  if (!may) return;
  select().replaceChildren(...who.areas.map((a) => new Option(a.name, a.id)));
  select().addEventListener("change", () => void show());
  part("notice-dismiss").addEventListener("click", () => notice(""));
  addEventListener("hashchange", () => void show(true));
  // What others change is seen without a reload, but never under somebody's hands.
  setInterval(() => { if (!document.hidden && !(document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement || document.activeElement instanceof HTMLSelectElement)) void show(); }, every);
  input("previewAt").value = "";
  void show();
});
