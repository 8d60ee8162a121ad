// The call-taker's console: the queue with its clocks, one request beside it, everything by key.
import { call, explain, learnClock } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { live } from "../staff/live.js";
import { askWho, open } from "../staff/sign-in.js";
import { allowSound, hush, ring } from "../staff/sound.js";
import { count, say } from "../staff/texts.js";
import { listenAdditions } from "./additions.js";
import { listenAdvice, openAdvice } from "./advice.js";
import { fetchBeds, goToBeds, listenBeds } from "./bedding.js";
import { showBeds, tickBeds } from "./beds.js";
import { listenCaller, ringsHer } from "./caller.js";
import { showCase, showHead } from "./case.js";
import { askDuress, listenDecisions, showDecisions } from "./decide.js";
import { askClose, closeBy, listenClosing } from "./closing.js";
import { fetchContact, maskedOf, showContact } from "./contacts.js";
import { listenKeys } from "./keys.js";
import { listenMeeting, showMeetings } from "./meeting.js";
import { fetchOverview, listenOverview, toggleOverview } from "./overview.js";
import { closePanels, press } from "./panels.js";
import { listenPrompts, togglePrompts } from "./prompts.js";
import { focusItem, followed, ordered, readAs, showQueue, stateOf } from "./queue.js";
import { listenRaise, notHers, openRaise, raises, showLines, tickRaise } from "./raise.js";
import { notice, paintSound, said, sound } from "./saying.js";
import { listenSupervision, showSupervision, showTakeOver } from "./supervise.js";
import { fetchTargets, paintTargets } from "./targets.js";
import { handBackAll, listenTransfer, refuse, showTransfer } from "./transfer.js";
import { onWaiting } from "./unsent.js";
import { showWays } from "./ways.js";

/** @typedef {import("./queue.js").Item} Item */

/** @type {ReturnType<typeof live> | null} */
let link = null;
/** @type {Item[]} */
let items = [];
let selected = "";
let me = "";
let supervisor = false;
/** The queue of each of this person's lines. @type {Map<string, Item[]>} */
const queues = new Map();
let busy = false;

const lines = () => [...queues.keys()];
const current = () => items.find((item) => item.itemId === selected);
/** What is about no number: requests of her lines, each once. */
const requests = () => ordered(items).filter((item, at, all) => item.alertId && !item.contactId && all.findIndex((one) => one.alertId === item.alertId && !one.contactId) === at);

/** What she takes just now: a slow network must not make what she types meanwhile somebody else's. */
let taking = "";
/** Whoever she has on the line, or owes an answer, and looks at. */
const taken = () => [current()].find((item) => item?.contactId && (item.itemId === taking || item.state === "taken" && item.takenBy?.id === me));
/** @param {Item | undefined} item */
const lineOf = (item) => [...queues].find(([, some]) => some.some(({ itemId }) => itemId === item?.itemId))?.[0] ?? lines()[0] ?? "";

/** @returns {import("./raise.js").Caller | undefined} */
function caller() {
  const item = taken();
  if (!item?.contactId) return undefined;
  return { contactId: item.contactId, masked: maskedOf(item.contactId), line: lineOf(item), language: item.language, reason: item.reason, open: requests().find(({ alertId }) => alertId === item.alertId) };
}

/** @param {import("../staff/api.js").Answer} answer */
function leave(answer) {
  link?.stop();
  link = null;
  hush();
  [items, selected] = [[], ""];
  part("tools").hidden = true;
  askWho(explain(answer));
}

/** @returns {Promise<boolean>} whether the service answered */
async function fetchAll() {
  if (supervisor) { void showWays(); void fetchOverview(lines()); }
  void fetchTargets(lines(), supervisor);
  const answers = await Promise.all([...queues.keys()].map(async (line) => {
    const answer = await call("GET", `/api/v1/hotline/${encodeURIComponent(line)}/queue`);
    if (answer.ok) queues.set(line, [...answer.body.items, ...(answer.body.open ?? []).map(followed)]);
    return answer;
  }));
  if (!link) return true;
  const out = answers.find((answer) => answer.code === "signedOut");
  if (out) { leave(out); return true; }
  for (const answer of answers) if (answer.ok) learnClock(answer.body.now);
  const was = current();
  items = [...queues.values()].flat();
  if (selected && !current()) follow(was);
  paint();
  return await fetchCase() && answers.every((answer) => answer.ok);
}

/** The item went. Whoever looks at the request goes on looking where it has another one; nothing half done is carried over. @param {Item | undefined} was */
function follow(was) {
  const next = ordered(items).find((item) => item.alertId && item.alertId === was?.alertId);
  if (next) { selected = next.itemId; part("closing").hidden = true; return; }
  const last = part("said");
  const [text, kind] = [last.textContent ?? "", last.dataset.kind];
  select("");
  notice(text, kind === "stop" ? "stop" : "good");
}

/** @param {import("./case.js").Case | null} one @param {string} problem */
function show(one, problem) {
  showCase(one, problem);
  showMeetings(one, one?.status === "ended" || one?.status === "cancelled");
  showSupervision(one, supervisor);
  showDecisions(one, supervisor);
  showBeds(one);
}

/** @returns {Promise<boolean>} */
async function fetchCase() {
  const item = current();
  void fetchContact(item, me);
  if (!item) return true;
  if (!item.alertId && item.contactId) { show(null, ""); return true; }
  if (!item.alertId) { show(null, say("hotline.noAlert")); return true; }
  const answer = await call("GET", `/api/v1/alerts/${encodeURIComponent(item.alertId)}`);
  if (!link || selected !== item.itemId) return true;
  if (answer.ok) { show(answer.body, ""); await fetchBeds(answer.body); }
  else if (answer.status === 403 || answer.status === 404) show(null, say("hotline.alertGone"));
  return answer.ok || answer.status === 403 || answer.status === 404;
}

function paint() {
  if (!link) return;
  items = ordered(items);
  const counts = showQueue(items, selected, me, (item) => select(item.itemId, true));
  const item = current();
  part("case-empty").hidden = Boolean(item);
  part("case-body").hidden = !item;
  if (item) showHead(item, me);
  showTransfer(item, me);
  showTakeOver(item, me, supervisor);
  if (counts.ringing) ring(); else hush();
  const alarm = counts.ringing ? count("hotline.ringingNow", counts.ringing) : "";
  if (part("alarm").textContent !== alarm) part("alarm").textContent = alarm;
  document.title = counts.ringing ? `(${counts.ringing}) ${say("hotline.title")}` : say("hotline.title");
  paintSound();
  paintTargets(items, lineOf);
}

/** @param {string} itemId @param {boolean} [go] */
function select(itemId, go = false) {
  if (itemId !== selected) { notice(""); said(""); show(null, itemId ? say("staff.loading") : ""); part("closing").hidden = true; }
  selected = itemId;
  paint();
  void fetchCase();
  if (go && matchMedia("(max-width: 63.99rem)").matches) { part("case").scrollIntoView(); part("case-title").focus({ preventScroll: true }); }
}

/** @param {number} step */
function move(step) {
  const at = items.findIndex((item) => item.itemId === selected);
  const next = items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))];
  if (!next) return;
  select(next.itemId);
  focusItem(next.itemId);
}

/** @param {string} path @param {object} [body] @param {"POST" | "PUT" | "DELETE"} [method] @param {string} [key] @returns {Promise<import("../staff/api.js").Answer | null>} null where nobody waits for it any more */
async function ask(path, body, method = "POST", key) {
  if (busy) { said(say("hotline.oneAtATime"), "stop"); return null; }
  busy = true;
  const answer = await call(method, path, body, key);
  busy = false;
  if (!link) return null;
  if (answer.code === "signedOut") { leave(answer); return null; }
  said(answer.ok ? "" : answer.code === "not_found" ? say("hotline.alertGone") : explain(answer), "stop");
  void link.refresh();
  return answer;
}

/** @param {string} path @param {object} body @returns {Promise<boolean>} */
async function act(path, body) {
  const item = current();
  const answer = item && await ask(`/api/v1/hotline/items/${encodeURIComponent(item.itemId)}/${path}`, body);
  if (!answer) return false;
  if (answer.ok) items = items.map((one) => one.itemId === item.itemId ? answer.body : one);
  paint();
  return answer.ok;
}

/** @param {string} path @param {object} [body] @param {"POST" | "DELETE"} [method] @param {string} [key] @returns {Promise<any>} what the service answered, or null where it did nothing */
async function change(path, body, method, key) {
  const id = current()?.alertId;
  const answer = id ? await ask(`/api/v1/alerts/${encodeURIComponent(id)}/${path}`, body, method, key) : null;
  return answer?.ok ? answer.body ?? {} : null;
}

/** @param {string} path @param {object} [body] @param {string} [key] */
const decide = async (path, body, key) => await change(path, body, "POST", key) !== null;

async function take() {
  if (!current()) move(0);
  const item = current();
  if (!item || item.state === "open" || item.state === "taken" && stateOf(item) === "taken") return;
  taking = item.itemId;
  const mine = await act("take", {});
  taking = "";
  if (mine) notice("");
  else notHers(item.contactId);
  if (mine && !raises()) part("case-title").focus();
}

/** @param {string} text */
function finished(text) {
  select("");
  notice(text, "good");
  part("queue-title").focus();
}

async function handBack() {
  if (part("hand-back").hidden || !await act("hand-back", {})) return;
  said(say("hotline.handedBack"));
  part("case-title").focus();
}

function back() {
  if (!part("closing").hidden) { part("closing").hidden = true; part("close").focus(); return; }
  if (!closePanels() && selected) focusItem(selected);
}

/** The request of a row of the overview, by whichever item it has. @param {string} alertId */
function goTo(alertId) {
  const item = ordered(items).find((one) => one.alertId === alertId);
  if (item) { select(item.itemId, true); part("case-title").focus(); }
}

/** What was written while she talked is there. @param {string} itemId @param {string} alertId @param {boolean} joined to a request that was open already */
async function opened(itemId, alertId, joined) {
  if (!link) return;
  await fetchAll();
  if (!link) return;
  select((items.find((item) => item.itemId === itemId) ?? requests().find((item) => item.alertId === alertId))?.itemId ?? itemId);
  notice(say(joined ? "hotline.raise.joined" : "hotline.raise.done"), "good");
}

/** Where the keys of the queue work. */
function toQueue() {
  if (selected) focusItem(selected);
  if (!part("items").contains(document.activeElement)) part("queue-title").focus();
}

/** @param {string} name */
const clickIfShown = (name) => { if (!part(name).closest("[hidden]")) part(name).click(); };

part("take").addEventListener("click", () => void take());
part("hand-back").addEventListener("click", () => void handBack());
part("to-queue").addEventListener("click", back);
part("next").addEventListener("click", () => move(1));
part("previous").addEventListener("click", () => move(-1));
part("mute").addEventListener("click", () => sound(paint));
part("closing-back").addEventListener("click", back);
part("notice-dismiss").addEventListener("click", () => notice(""));
addEventListener("pointerdown", (event) => {
  if (!(event.target instanceof Element && event.target.closest("[data-mute]"))) allowSound();
});

listenAdditions({ add: (body) => change("staff-additions", body), takeBack: async (no) => await change(`disclosures/${no}`, undefined, "DELETE") !== null, said });
listenBeds({ ask: (path, body, key) => ask(path, body, "POST", key), said });
listenMeeting({ decide, said });
listenClosing({ current, me: () => me, act, notice, finished });
listenTransfer({ act, ask, lines, said, notice });
listenSupervision({ decide, act, said });
listenOverview(goTo, () => fetchOverview(lines(), true));
listenPrompts();
listenAdvice({ line: () => lineOf(taken()), item: taken, notice, finished, back: toQueue });
listenRaise({ opened: (itemId, alertId, joined) => void opened(itemId, alertId, joined), caller, notice, back: toQueue });
listenCaller({ ask, requests, shown: (contact) => { const item = current(); if (item?.contactId === contact.contactId) showContact(contact, item); }, said });
onWaiting((waiting) => { if (part("unsent")) write(part("unsent"), waiting ? count("hotline.unsent", waiting) : ""); });
listenDecisions({ decide, said, stoodDown: () => finished(say("hotline.stoodDown")) });

void open((who) => {
  me = who.accountId;
  readAs(me);
  supervisor = who.roles.includes("supervisor");
  part("overview-open").hidden = !supervisor;
  for (const line of who.lines) queues.set(line, []);
  write(part("who"), who.displayName);
  part("tools").hidden = false;
  part("no-line").hidden = queues.size > 0;
  part("desk-keys").hidden = queues.size === 0;
  showLines(lines());
  part("queue-empty").hidden = true;
  if (!queues.size) return;
  write(part("title"), `${say("hotline.title")} ${who.lines.join(", ")}`);
  link = live({ hints: ["queue", "alert", "beds"], every: 10_000, fetch: fetchAll });
});

listenKeys(() => link !== null, {
  t: () => void take(), enter: () => void take(), j: () => move(1), arrowdown: () => move(1), k: () => move(-1), arrowup: () => move(-1),
  c: askClose, r: () => void handBack(), d: askDuress, n: () => press("noting"), u: () => press("phone"), e: () => press("excluding"), p: () => press("reaching"), v: () => press("verifying"), m: () => press("meeting"), w: () => press("withdrawing"), x: () => press("transferring"), f: () => press("calling-off"), b: goToBeds,
  h: () => press("marking"), z: () => clickIfShown("ring-back"), "shift+j": () => press("joining"), "shift+p": () => press("parting"),
  a: openRaise, i: openAdvice, l: togglePrompts, q: () => void refuse(), "shift+r": () => void handBackAll(), o: () => { if (supervisor) void toggleOverview(() => fetchOverview(lines(), true)); }, g: () => clickIfShown("widen"), y: () => clickIfShown("take-over"),
  s: () => sound(paint), escape: back,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [String(number), () => closeBy(number)])),
});
addEventListener("keydown", (event) => { if (event.key.toLowerCase() !== "s") allowSound(); }, true);
setInterval(() => { if (link) { paint(); tickBeds(); tickRaise(); } }, 1000);
// What becomes of a call to her is seen as it happens, and no hint says it.
setInterval(() => { if (link && ringsHer()) void link.refresh(); }, 2000);
