// A request is opened while she talks: by keys, nothing mandatory but how she came. It stays where it is while the queue is drawn anew, and what is sent is sent until it arrived.
import { explain } from "../staff/api.js";
import { input, part, write } from "../staff/dom.js";
import { hour, language, languageName, say, span } from "../staff/texts.js";
import { bodyOf, clearDraft, isEmpty, keepDraft, limitsSaid, needButtons, policeAsked, policeSaid, showSaid, toggleNeed } from "./draft.js";
import { isOurs, isTyping, nameOf } from "./keys.js";
import { listenPlaces, placeKey } from "./places.js";
import { isWaiting, send } from "./unsent.js";

/** Whoever is on the line or is owed an answer: what is written down is about her. @typedef {{contactId: string, masked: string, line: string, language?: string, reason: string, open?: {raisedAt: string}}} Caller */
/** @typedef {{opened(itemId: string, alertId: string, joined: boolean): void, caller(): Caller | undefined, notice(text: string, kind: "good" | "stop" | "plain"): void, back(): void}} Desk */

/** Of the three countries, by their codes; whoever speaks another says so in the note. */
const spoken = ["fr", "en", "bm", "dyu", "mos", "ff", "gux", "snk", "ses", "taq", "dog", "fon", "yo", "ddn", "bba", "ar"];
/** Keys that work here as anywhere: the prompts, the bell. */
const besides = ["l", "s"];
const panel = () => /** @type {HTMLFormElement} */ (part("raise"));
let since = 0;
/** As it was when this was opened: whatever is looked at meanwhile, what she says stays hers. @type {Caller | undefined} */
let caller;
/** @type {Desk} */
let desk;

const title = () => part("raise-title");
/** @param {string} text */
const problem = (text) => write(part("raise-problem"), text);
const lineNow = () => /** @type {HTMLSelectElement} */ (panel().querySelector("[name=raiseLine]")).value;

export function openRaise() {
  if (panel().hidden) {
    if (isEmpty()) begin(desk.caller());
    panel().hidden = false;
  }
  showSaid();
  tickRaise();
  title().focus();
  panel().scrollIntoView({ block: "nearest" });
}

/** @param {string} name @param {string | undefined} value */
const preset = (name, value) => { if (value) /** @type {HTMLSelectElement} */ (panel().querySelector(`[name=${name}]`)).value = value; };

/** @param {Caller | undefined} about */
function begin(about) {
  clearDraft();
  since = Date.now();
  caller = about;
  preset("raiseLine", about?.line);
  preset("raiseLanguage", about?.language);
  if (about?.reason === "textWaiting") /** @type {HTMLInputElement} */ (panel().querySelector("[name=raiseChannel][value=text]")).checked = true;
  showAbout();
}

export const raises = () => Boolean(panel()) && !panel().hidden;

/** Somebody else has that call: what is typed is not about it. @param {string | undefined} contactId */
export function notHers(contactId) {
  if (!caller || caller.contactId !== contactId) return;
  caller = undefined;
  showAbout();
}

/** Whom it is about, and whether a request of hers is open that it becomes part of. */
function showAbout() {
  const about = caller && input("raiseAbout").checked ? caller : undefined;
  part("raise-about").hidden = !caller;
  part("raise-line").hidden = Boolean(about) || /** @type {HTMLSelectElement} */ (panel().querySelector("[name=raiseLine]")).options.length < 2;
  const number = caller?.masked || say("hotline.raise.about.hidden");
  write(part("raise-about-text"), caller ? say(caller.open ? "hotline.raise.about.open" : "hotline.raise.about.new", { number, time: caller.open ? hour(caller.open.raisedAt) : "" }) : "");
}

/** Out of sight and not lost: the same key brings it back as it was. */
function putAside() {
  panel().hidden = true;
  write(part("aside"), isEmpty() ? "" : say("hotline.raise.aside"));
  desk.back();
}

export function tickRaise() {
  if (panel() && !panel().hidden) write(part("raise-clock"), say("hotline.raise.since", { t: span(Date.now() - since) }));
}

function submit() {
  const back = keepDraft();
  const body = bodyOf();
  const [mine, about] = [caller, input("raiseAbout").checked ? caller : undefined];
  problem("");
  send({
    path: `/api/v1/hotline/${encodeURIComponent(about?.line ?? lineNow())}/calls${about ? `?contact=${encodeURIComponent(about.contactId)}` : ""}`, body,
    done: ({ body: { itemId, alertId, joined } }) => desk.opened(itemId, alertId, Boolean(joined)),
    refused: (answer) => {
      if (!panel()) return;
      // Somebody else is on the line by now: hers waits for a word from the call-taker.
      if (!isEmpty()) return desk.notice(`${explain(answer)} ${say("hotline.raise.refusedElsewhere")}`, "stop");
      back();
      caller = mine;
      showAbout();
      openRaise();
      problem(explain(answer));
    },
  });
  clearDraft();
  caller = undefined;
  panel().hidden = true;
  write(part("aside"), "");
  desk.notice(say("hotline.raise.sending"), "plain");
  desk.back();
}

/** @param {string} key @returns {boolean} whether it did something */
function act(key) {
  const wish = needButtons()[Number(key) - 1];
  if (wish) wish.click();
  else if (key === "enter") submit();
  else if (key === "escape") putAside();
  else if (key === "t" && caller) input("raiseAbout").click();
  else if (key === "y") { if (policeAsked()) policeSaid(); else input("raiseAgreed").click(); }
  else {
    const goal = /** @type {HTMLElement | null} */ (panel().querySelector(`[data-jump="${CSS.escape(key)}"]`));
    const field = /** @type {HTMLElement | null} */ (goal?.matches("input, select, textarea") ? goal : goal?.querySelector("input:checked") ?? goal?.querySelector("input, select, textarea") ?? null);
    if (!field) return false;
    field.focus();
  }
  return true;
}

/** Before the keys of the queue: while she writes here, they are this panel's. @param {KeyboardEvent} event */
function onKey(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!panel() || panel().hidden || !target || !panel().contains(target)) return;
  const key = nameOf(event);
  const stop = () => { event.preventDefault(); event.stopPropagation(); };
  if (key === "enter" && event.ctrlKey) { stop(); return submit(); }
  if (!isOurs(event)) return;
  if (isTyping(target)) {
    if (placeKey(event)) return stop();
    // Back to the keys; in a long text Enter is a new line, in a list it opens the list.
    if (key === "escape" || key === "enter" && target.matches("input")) { stop(); title().focus(); }
    return;
  }
  if (key === "enter" && target.closest("button, summary")) return event.stopPropagation();
  // What is no key of this panel does nothing to the queue meanwhile.
  if (!event.repeat && act(key) || /^[a-z0-9]$/.test(key) && !besides.includes(key)) stop();
}

/** @param {string[]} lines */
export function showLines(lines) {
  const list = /** @type {HTMLSelectElement} */ (panel().querySelector("[name=raiseLine]"));
  list.replaceChildren(...lines.map((line) => new Option(line, line)));
  part("raise-line").hidden = lines.length < 2;
}

/** @param {Desk} given */
export function listenRaise(given) {
  desk = given;
  const languages = /** @type {HTMLSelectElement} */ (panel().querySelector("[name=raiseLanguage]"));
  languages.append(...spoken.map((code) => new Option(languageName(code), code)).sort((a, b) => a.text.localeCompare(b.text, language)));
  addEventListener("keydown", onKey, true);
  panel().addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  panel().addEventListener("change", () => { showSaid(); showAbout(); });
  for (const button of needButtons()) button.addEventListener("click", () => toggleNeed(button.dataset.wish ?? ""));
  part("police-yes").addEventListener("click", () => { policeSaid(); title().focus(); });
  part("police-no").addEventListener("click", () => { toggleNeed("police"); title().focus(); });
  part("raise-limits-said").addEventListener("click", () => { limitsSaid(); title().focus(); });
  part("raise-aside").addEventListener("click", putAside);
  part("raise-clear").addEventListener("click", () => { begin(caller); problem(""); title().focus(); });
  part("raise-open").addEventListener("click", openRaise);
  listenPlaces(lineNow);
  addEventListener("beforeunload", (event) => { if (panel() && !isEmpty() && !isWaiting()) event.preventDefault(); });
}
