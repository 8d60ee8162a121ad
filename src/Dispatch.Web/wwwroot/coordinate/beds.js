// How many beds are free now, and how full the houses were: sums over three houses or more, and never a house.
import { call, explain } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { count, date, hour, say } from "../staff/texts.js";
import { areaPath, moment } from "./main.js";

/** @typedef {{kind: string, capacity: number, free: number, held: number, booked: number, occupied: number, outOfService: number}} Line */
/** @typedef {{until: string, beds?: Line[]}} Point */

const select = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (document.querySelector(`select[name=${name}]`));

export async function showBeds() {
  const [now, past] = await Promise.all([call("GET", `${areaPath()}/beds`), call("GET", `${areaPath()}/beds/history?step=${select("bedsStep").value}`)]);
  write(part("beds-problem"), now.ok && past.ok ? "" : explain(now.ok ? past : now));
  if (now.ok) showNow(now.body);
  if (past.ok) showPast(past.body);
}

/** @param {{free?: {kind: string, count: number}[], oldestConfirmedAt?: string}} body */
function showNow({ free, oldestConfirmedAt }) {
  keyed(part("beds-now"), free ?? [], ({ kind }) => kind, () => fresh("plain"), (row, one) => {
    write(part("name", row), count(`staff.bed.${one.kind}`, one.count));
    write(part("about", row), say("coordinate.bedsFree"));
  });
  write(part("beds-age"), !free ? say("coordinate.bedsWithheld") : !free.length ? say("coordinate.bedsNoKind") : oldestConfirmedAt ? say("coordinate.bedsAge", { at: moment(oldestConfirmedAt) }) : say("coordinate.bedsUnconfirmed"));
}

/** @param {{step: string, points: Point[]}} body */
function showPast({ step, points }) {
  const kinds = [...new Set(points.flatMap((point) => (point.beds ?? []).map((line) => line.kind)))];
  const chosen = select("bedsKind");
  const wanted = kinds.includes(chosen.value) ? chosen.value : kinds[0] ?? "";
  if (Array.from(chosen.options, (option) => option.value).join() !== kinds.join()) chosen.replaceChildren(...kinds.map((kind) => new Option(say(`staff.bed.${kind}`), kind)));
  chosen.value = wanted;
  part("beds-kind").hidden = kinds.length < 2;
  part("beds-table").hidden = !wanted;
  write(part("beds-none"), wanted ? "" : say("coordinate.bedsNoHistory"));
  // Hours before the first figures say nothing.
  const first = points.reduce((last, point, index) => point.beds?.some((line) => line.kind === wanted) ? index : last, -1);
  const known = points.slice(0, first + 1);
  keyed(part("beds-past"), known, (point) => point === points[0] ? "now" : point.until, () => fresh("beds-point"), (row, point) => showPoint(row, point, point === points[0], step, wanted));
}

/** @param {HTMLElement} row @param {Point} point @param {boolean} isNow @param {string} step @param {string} kind */
function showPoint(row, point, isNow, step, kind) {
  const line = point.beds?.find((one) => one.kind === kind);
  // The end of a day is the beginning of the next: the figure is that of the day.
  const when = isNow ? say("coordinate.bedsNow") : step === "day" ? date(new Date(Date.parse(point.until) - 1).toISOString()) : `${date(point.until)}, ${hour(point.until)}`;
  write(part("when", row), when);
  const said = (/** @type {number | undefined} */ n) => n === undefined ? "–" : String(n);
  write(part("occupied", row), said(line?.occupied));
  write(part("promised", row), said(line && line.held + line.booked));
  write(part("free", row), said(line?.free));
  write(part("out", row), said(line?.outOfService));
  write(part("capacity", row), said(line?.capacity));
  for (const [name, n] of Object.entries({ occupied: line?.occupied ?? 0, promised: line ? line.held + line.booked : 0 })) {
    part(`bar-${name}`, row).style.inlineSize = `${line?.capacity ? (100 * n) / line.capacity : 0}%`;
  }
}

for (const name of ["bedsStep", "bedsKind"]) select(name).addEventListener("change", () => void showBeds());
