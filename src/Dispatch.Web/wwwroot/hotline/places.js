// Where she is, by any name the place is known by. What is typed stays what she said, found or not.
import { call } from "../staff/api.js";
import { fresh, input, keyed, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** @typedef {{name: string, calledAlso?: string, within?: string, area: {id: string, name: string}}} Found */

const patience = 150;
/** @type {Found[]} */
let found = [];
let marked = -1;
/** @type {Found | null} */
let chosen = null;
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let line = () => "";

const field = () => input("raiseArea");

/** What goes into the request: the area by its id where one was chosen, otherwise her words, which the service looks up once more. */
export function areaSaid() {
  const typed = field().value.trim();
  return { area: chosen?.area.id ?? (typed || undefined), place: chosen ? chosen.name === chosen.area.name ? "" : chosen.name : typed };
}

export function resetPlaces() {
  [found, marked, chosen] = [[], -1, null];
  clearTimeout(timer);
  asked++;
  show();
}

function show() {
  const list = part("places-found");
  keyed(list, found, ({ name, area }) => `${area.id} ${name}`, () => fresh("place"), (row, one) => {
    const index = found.indexOf(one);
    row.id = `place-${index}`;
    row.setAttribute("aria-selected", String(index === marked));
    write(part("word", row), one.name);
    write(part("about", row), [one.calledAlso, one.within, one.area.name !== one.name ? one.area.name : ""].filter(Boolean).join(" · "));
  });
  list.hidden = found.length === 0;
  field().setAttribute("aria-expanded", String(found.length > 0));
  if (marked >= 0) field().setAttribute("aria-activedescendant", `place-${marked}`); else field().removeAttribute("aria-activedescendant");
  const typed = field().value.trim();
  write(part("place-said"), chosen ? say("hotline.raise.areaFound", { area: chosen.area.name }) : typed.length > 1 && !found.length ? say("hotline.raise.areaKept") : "");
}

/** @param {Found} one */
function choose(one) {
  [chosen, found, marked] = [one, [], -1];
  field().value = one.name;
  show();
}

function typed() {
  chosen = null;
  clearTimeout(timer);
  const name = field().value.trim();
  const mine = ++asked;
  if (name.length < 2) { [found, marked] = [[], -1]; return show(); }
  timer = setTimeout(async () => {
    const answer = await call("GET", `/api/v1/hotline/${encodeURIComponent(line())}/places?name=${encodeURIComponent(name)}`);
    if (mine !== asked || !part("places-found")) return;
    found = answer.ok ? answer.body.items : [];
    marked = found.length ? 0 : -1;
    show();
  }, patience);
}

/** Arrows move the mark, Enter chooses it. @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
export function placeKey(event) {
  if (event.target !== field() || !found.length) return false;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step) marked = Math.max(0, Math.min(found.length - 1, marked + step));
  else if (event.key === "Escape") { [found, marked] = [[], -1]; }
  else if (event.key === "Enter" && found[marked]) choose(/** @type {Found} */ (found[marked]));
  else return false;
  show();
  return event.key !== "Enter";
}

/** @param {() => string} lineNow */
export function listenPlaces(lineNow) {
  line = lineNow;
  field().addEventListener("input", typed);
  // Whoever went on does not come back to a list.
  field().addEventListener("blur", () => { [found, marked] = [[], -1]; clearTimeout(timer); asked++; show(); });
  part("places-found").addEventListener("mousedown", (event) => {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-key]")) : null;
    const one = found.find(({ name, area }) => `${area.id} ${name}` === row?.dataset.key);
    if (!one) return;
    // Before the field loses the focus to the list.
    event.preventDefault();
    choose(one);
  });
}
