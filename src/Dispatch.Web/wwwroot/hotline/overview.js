// Every open request of the line at a glance: told, seen, accepted, and who has it.
import { call, now } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { hour, say, span } from "../staff/texts.js";

/** @typedef {{alertId: string, raisedAt: string, area: {name: string}, exercise: boolean, takenBy?: {id: string, displayName: string}, needs: {need: string, state: string, steps: number}[], asked: number, told: number, seen: number, accepted: number}} Row */

const section = () => part("overview");
/** Each look is on record: not one for every hint. */
const every = 5000;
let looked = -Infinity;
/** @type {(alertId: string) => void} */
let choose = () => {};

/** @param {string[]} lines @param {boolean} [asked] because somebody asks for it */
export async function fetchOverview(lines, asked = false) {
  if (section().hidden || !asked && performance.now() - looked < every) return;
  looked = performance.now();
  const pages = await Promise.all(lines.map((line) => call("GET", `/api/v1/hotline/${encodeURIComponent(line)}/alerts`)));
  if (!section() || pages.some((page) => !page.ok)) return;
  const rows = /** @type {Row[]} */ (pages.flatMap((page) => page.body.items)).sort((a, b) => Date.parse(a.raisedAt) - Date.parse(b.raisedAt));
  keyed(part("overview-rows"), rows, ({ alertId }) => alertId, () => fresh("overview-row"), show);
  part("overview-empty").hidden = rows.length > 0;
  write(part("overview-more"), pages.some((page) => page.body.next) ? say("hotline.overview.more", { n: rows.length }) : "");
}

/** @param {HTMLElement} row @param {Row} one */
function show(row, one) {
  row.dataset.state = one.accepted ? "accepted" : one.takenBy ? "taken" : "open";
  write(part("since", row), `${hour(one.raisedAt)} · ${span(now() - Date.parse(one.raisedAt))}`);
  write(part("about", row), [one.area.name, one.exercise ? say("staff.exercise") : ""].filter(Boolean).join(" · "));
  write(part("wishes", row), one.needs.map(({ need, state, steps }) => `${say(`staff.need.${need}`)} : ${say(`hotline.need.${state}`)}${state === "asking" && steps ? ` (${say("hotline.overview.step", { n: steps })})` : ""}`).join(" · "));
  write(part("numbers", row), say("hotline.overview.numbers", { asked: one.asked, told: one.told, seen: one.seen, accepted: one.accepted }));
  write(part("taker", row), one.takenBy ? say("hotline.overview.takenBy", { who: one.takenBy.displayName }) : say("hotline.notTaken"));
}

/** @param {() => Promise<void>} refresh */
export async function toggleOverview(refresh) {
  section().hidden = !section().hidden;
  part("overview-open").setAttribute("aria-pressed", String(!section().hidden));
  if (section().hidden) return;
  await refresh();
  part("overview-title").focus();
  section().scrollIntoView({ block: "nearest" });
}

/** @param {(alertId: string) => void} chosen @param {() => Promise<void>} refresh */
export function listenOverview(chosen, refresh) {
  choose = chosen;
  part("overview-open").addEventListener("click", () => void toggleOverview(refresh));
  part("overview-rows").addEventListener("click", (event) => {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-key]")) : null;
    if (row?.dataset.key) choose(row.dataset.key);
  });
}
