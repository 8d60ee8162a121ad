// Changing the numbers: three rows of big plus and minus for each kind of bed, and nothing is sent before "save". A no of the list is shown with both figures.
import { fresh, keyed, part, picture, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** @typedef {import("./words.js").Board} Board */
/** @typedef {{kind: string, capacity: number, occupied: number, outOfService: number}} Counted */
/** @typedef {{version: number, beds: Counted[]}} Count */
/** @typedef {"capacity" | "occupied" | "outOfService"} Row */

const kinds = ["bed", "familyRoom", "cot", "accessibleBed"];
/** @type {Row[]} */
const rows = ["capacity", "occupied", "outOfService"];
const most = 500;

/** What is being counted, from which version; null while nobody counts. @type {Count | null} */
let draft = null;
/** @type {Board | null} */
let board = null;

/** @param {Board} from @returns {Count} */
export const countOf = (from) => ({ version: from.version, beds: from.beds.map(({ kind, capacity, occupied, outOfService }) => ({ kind, capacity, occupied, outOfService })) });

/** @param {Board} from */
export function openCounting(from) {
  board = from;
  draft = countOf(from);
  if (!draft.beds.length) add("bed");
  part("counting").hidden = false;
  paint();
  part("counting-title").focus();
}

export function closeCounting() {
  draft = null;
  part("counting").hidden = true;
}

/** @param {Board} latest */
export function followCounting(latest) {
  board = latest;
  if (draft) paint();
}

/** @param {string} kind */
function add(kind) {
  draft?.beds.push({ kind, capacity: 0, occupied: 0, outOfService: 0 });
}

/** @param {string} kind @param {Row} row @param {number} step */
function change(kind, row, step) {
  const line = draft?.beds.find((one) => one.kind === kind);
  if (!line) return;
  line[row] = Math.min(most, Math.max(0, line[row] + step));
  paint();
}

function paint() {
  if (!draft) return;
  keyed(part("counts"), draft.beds, (line) => line.kind, make, update);
  const missing = kinds.filter((kind) => !draft?.beds.some((line) => line.kind === kind));
  keyed(part("add-kinds"), missing, (kind) => kind, (kind) => {
    const button = fresh("add-kind");
    button.textContent = say("shelter.addKind", { kind: say(`shelter.kind.${kind}`) });
    button.addEventListener("click", () => { add(kind); paint(); });
    return button;
  }, () => {});
}

/** @param {Counted} line */
function make(line) {
  const element = fresh("count");
  picture(element, line.kind);
  write(part("kind-name", element), say(`shelter.kind.${line.kind}`));
  for (const row of rows) {
    const stepper = fresh("stepper");
    stepper.dataset.row = row;
    const name = say(`shelter.row.${row}`);
    write(part("row-name", stepper), name);
    for (const [way, step] of /** @type {[string, number][]} */ ([["less", -1], ["more", 1]])) {
      const button = part(way, stepper);
      button.setAttribute("aria-label", say(`shelter.${way}`, { what: `${say(`shelter.kind.${line.kind}`)}, ${name}` }));
      button.addEventListener("click", () => change(line.kind, row, step));
    }
    part("rows", element).append(stepper);
  }
  return element;
}

/** @param {HTMLElement} element @param {Counted} line */
function update(element, line) {
  const now = board?.beds.find((one) => one.kind === line.kind);
  for (const stepper of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-row]"))) {
    const row = /** @type {Row} */ (stepper.dataset.row);
    write(part("number", stepper), String(line[row]));
    write(part("now", stepper), (now?.[row] ?? 0) === line[row] ? "" : say("shelter.now", { n: now?.[row] ?? 0 }));
    /** @type {HTMLButtonElement} */ (part("less", stepper)).disabled = line[row] === 0;
  }
  const promised = (now?.held ?? 0) + (now?.booked ?? 0);
  const free = line.capacity - line.occupied - line.outOfService - promised;
  element.dataset.short = String(free < 0);
  write(part("left", element), free < 0 ? say("shelter.tooFew", { n: Math.max(0, free + promised), promised }) : say("shelter.wouldBeFree", { n: free }));
}

/** Where what was counted and what the list says differ, both figures in words. @param {Count} said @param {Board} latest @returns {string[]} */
export function differences(said, latest) {
  const both = new Set([...said.beds, ...latest.beds].map((line) => line.kind));
  return [...both].flatMap((kind) => rows.map((row) => {
    const [mine, theirs] = [said.beds.find((one) => one.kind === kind)?.[row] ?? 0, latest.beds.find((one) => one.kind === kind)?.[row] ?? 0];
    return mine === theirs ? "" : say("shelter.both", { what: `${say(`shelter.kind.${kind}`)}, ${say(`shelter.row.${row}`)}`, mine, theirs });
  })).filter(Boolean);
}

/** Why the list cannot take a count, with both figures. @param {Count} said @param {Board} latest @returns {string[]} */
export function shortfalls(said, latest) {
  return latest.beds.map((line) => {
    const mine = said.beds.find((one) => one.kind === line.kind) ?? { capacity: 0, occupied: 0, outOfService: 0 };
    const [left, promised] = [mine.capacity - mine.occupied - mine.outOfService, line.held + line.booked];
    return left >= promised ? "" : say("shelter.bothPromised", { kind: say(`shelter.kind.${line.kind}`), left: Math.max(0, left), promised });
  }).filter(Boolean);
}

/** Fewer are counted than the list knows to stay there, with both figures. @param {Count} said @param {Board} latest @returns {string[]} */
export function tooFewThere(said, latest) {
  return latest.beds.map(({ kind }) => {
    const mine = said.beds.find((one) => one.kind === kind)?.occupied ?? 0;
    const theirs = latest.holds.filter(({ state }) => state === "occupied").flatMap(({ beds }) => beds).filter((bed) => bed.kind === kind).reduce((sum, bed) => sum + bed.count, 0);
    return mine >= theirs ? "" : say("shelter.bothStays", { kind: say(`shelter.kind.${kind}`), mine, theirs });
  }).filter(Boolean);
}

/** @param {{save(count: Count): void}} desk */
export function listenCounting({ save }) {
  part("counting").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!draft) return;
    save(draft);
    closeCounting();
    part("count-open").focus();
  });
  part("counting-back").addEventListener("click", () => { closeCounting(); part("count-open").focus(); });
}
