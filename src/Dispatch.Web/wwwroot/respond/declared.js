// What one says beforehand: about whom one must not be asked, and how far one has to go. Fetched when it is opened, saved with each change.
import { call, explain } from "../staff/api.js";
import { fresh, input, keyed, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { refresh, tell } from "./main.js";

/** @typedef {{id: string, name: string}} Named */
/** @typedef {{area: Named, conflict: boolean, travel?: string}} Area */
/** @typedef {{organisations: Named[], areas: Area[]}} Declared */

const box = /** @type {HTMLDetailsElement} */ (part("declared"));
/** @type {Declared} */
let known = { organisations: [], areas: [] };

async function load() {
  const answer = await call("GET", "/api/v1/me/declared");
  write(part("declared-problem"), answer.ok ? "" : explain(answer));
  if (answer.ok) show(answer.body);
}

/** @param {Declared} declared */
function show(declared) {
  known = declared;
  keyed(part("declared-organisations"), declared.organisations, (one) => one.id, () => fresh("organisation"), (row, one) => {
    write(part("name", row), one.name);
    part("remove", row).setAttribute("aria-label", say("respond.declared.removeNamed", { name: one.name }));
    part("remove", row).onclick = () => void save(declared.organisations.filter((o) => o.id !== one.id).map((o) => o.id), conflictAreas());
  });
  keyed(part("declared-areas"), declared.areas, (one) => one.area.id, () => fresh("area"), (row, one) => {
    write(part("name", row), one.area.name);
    const conflict = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    conflict.checked = one.conflict;
    conflict.onchange = () => void save(known.organisations.map((o) => o.id), conflict.checked ? [...conflictAreas(), one.area.id] : conflictAreas().filter((id) => id !== one.area.id));
    const travel = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
    travel.value = one.travel ?? "";
    travel.onchange = () => void saveTravel(one.area.id, travel.value);
  });
}

const conflictAreas = () => known.areas.filter((one) => one.conflict).map((one) => one.area.id);

/** What was not kept is not shown as kept. @param {string[]} organisations @param {string[]} areas @returns {Promise<boolean>} */
async function save(organisations, areas) {
  const answer = await tell("PUT", "/api/v1/me/conflicts", { organisations, areas });
  write(part("declared-problem"), answer.ok ? "" : answer.code === "invalid_body" ? say("respond.declared.unknown") : explain(answer));
  if (answer.ok) show(answer.body); else show(known);
  refresh();
  return answer.ok;
}

/** @param {string} area @param {string} band */
async function saveTravel(area, band) {
  const answer = await tell("PUT", "/api/v1/me/travel", { area, band: band || undefined });
  write(part("declared-problem"), answer.ok ? "" : explain(answer));
  await load();
}

part("declared-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = input("conflictOrganisation");
  const name = field.value.trim();
  if (name && await save([...known.organisations.map((o) => o.id), name], conflictAreas())) field.value = "";
});
box.addEventListener("toggle", () => { if (box.open) void load(); });

/** Somebody else may have sat here before. */
export function startDeclared() {
  box.open = false;
  show({ organisations: [], areas: [] });
}
