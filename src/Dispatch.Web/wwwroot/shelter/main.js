// The house's page: what is free, who asks, who is expected, who is here. Everything shown was fetched; hints only say when to fetch.
import { call, explain, learnClock } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { live } from "../staff/live.js";
import { askWho, open, showView } from "../staff/sign-in.js";
import { tick } from "../staff/since.js";
import { allowSound, hush, mute, soundState } from "../staff/sound.js";
import { count, loadTexts, say } from "../staff/texts.js";
import { showActs } from "./acts.js";
import { chooseHouse, closeAddress, listenAddress, openGiving } from "./address.js";
import { showBoard } from "./board.js";
import { closeCounting, countOf, followCounting, listenCounting, openCounting } from "./counting.js";
import { countdown, showHolds } from "./holds.js";
import { actsOf, dismiss, enqueue, flush, forget, owedBy, unsent } from "./outbox.js";
import { listenPin } from "./pin.js";
import { renamed, ringFor, touched } from "./ringing.js";
import { forgetTablet, isTablet, isUnlocked, listenTablet, makeTablet, setUnlocked, settleLock } from "./tablet.js";
import { shortly } from "./words.js";

/** @typedef {import("./words.js").Board} Board */
/** @typedef {import("./words.js").Hold} Hold */
/** @typedef {{id: string, name: string}} House */

const lastHouse = "shelter.house";
let me = "";
/** @type {House[]} */
let houses = [];
let house = "";
/** @type {Map<string, Board>} */
const boards = new Map();
/** On a tablet: what may be seen while it is locked. @type {import("./tablet.js").Tablet | null} */
let tablet = null;
/** @type {ReturnType<typeof live> | null} */
let link = null;
/** She decides who may learn where the house is. */
let guardian = false;
/** Just unlocked: who waits is known under other names, and was heard. */
let opening = false;
/** She was told that signing out loses what is not sent yet. */
let warned = false;

const board = () => boards.get(house) ?? null;
const locked = () => tablet !== null && !isUnlocked();

/** @param {string} text @param {"good" | "stop"} [kind] */
function notice(text, kind = "good") {
  part("notice").dataset.kind = kind;
  write(part("notice-text"), text);
  part("notice").hidden = text === "";
}

/** @param {string} problem */
function leave(problem) {
  if (tablet) { setUnlocked(false); return shut(); }
  link?.stop();
  link = null;
  hush();
  boards.clear();
  askWho(problem);
}

/** @returns {Promise<boolean>} whether the service answered */
async function fetchAll() {
  if (tablet && !await fetchTablet()) return false;
  if (!link || locked()) return true;
  const { code } = await flush(me);
  if (code === "signedOut") { leave(say("error.signedOut")); return true; }
  const who = me;
  const answers = await Promise.all(houses.map(({ id }) => call("GET", `/api/v1/shelters/${encodeURIComponent(id)}/beds`)));
  if (!link || locked() || me !== who) return true;
  const out = answers.find((answer) => answer.code === "signedOut");
  if (out) { leave(explain(out)); return true; }
  for (const answer of answers) {
    if (!answer.ok) continue;
    learnClock(answer.body.now);
    boards.set(answer.body.shelterId, answer.body);
  }
  if (opening) renamed(waitingNames());
  opening = false;
  paint();
  return code === "" && answers.every((answer) => answer.ok);
}

/** @returns {Promise<boolean>} */
async function fetchTablet() {
  await settleLock();
  const who = isUnlocked() ? me : "";
  const answer = await call("GET", "/api/v1/tablet");
  if (answer.code === "signedOut") { location.reload(); return false; }
  if (!answer.ok) return false;
  learnClock(answer.body.now);
  tablet = answer.body;
  // The service locks by itself, too. What was asked before she unlocked says nothing about her.
  if (who && who === me && isUnlocked() && tablet?.unlockedBy?.id !== me) leave("");
  paint();
  return true;
}

function paint() {
  if (!link) return;
  const lock = locked();
  part("lock-part").hidden = !lock;
  part("open-part").hidden = part("board-acts").hidden = lock || !board();
  part("lock").hidden = !tablet || lock;
  part("no-house").hidden = Boolean(tablet) || houses.length > 0;
  write(part("title"), lock ? tablet?.name ?? "" : houses.find(({ id }) => id === house)?.name ?? say("shelter.title"));
  if (lock) paintLocked(); else paintOpen();
  tick();
  showSound();
}

function paintLocked() {
  if (!tablet) return;
  showBoard(tablet.beds, tablet.confirmedAt, tablet.freshness);
  announce(waitingNames());
  const kept = actsOf(tablet.shelterId).length;
  write(part("lock-unsent"), kept ? count("shelter.lockUnsent", kept) : "");
}

function paintOpen() {
  const now = board();
  keyed(part("houses"), houses.length > 1 ? houses : [], ({ id }) => id, makeHouse, updateHouse);
  if (!now) return;
  showBoard(now.beds, now.confirmedAt, now.freshness, now.confirmedBy?.displayName);
  followCounting(now);
  showHolds(now, { act, expect, address: openGiving, meet, mayGive: () => guardian });
  showActs(house, me, now, { again, putAway: ({ id }) => { dismiss(id); paint(); } });
  const counted = actsOf(house).some((one) => !one.holdId && !one.refused);
  for (const name of ["still-right", "count-open"]) /** @type {HTMLButtonElement} */ (part(name)).disabled = counted || now.beds.length === 0 && name === "still-right";
  announce(waitingNames());
}

/** Who waits for an answer, in any house of hers. */
function waitingNames() {
  if (locked()) return Array.from({ length: tablet?.waiting ?? 0 }, (_, at) => `locked ${at}`);
  return [...boards.values()].flatMap((one) => one.holds.filter(({ state, holdId }) => state === "held" && !unsent(holdId)).map(({ holdId }) => holdId));
}

/** @param {string[]} waiting */
function announce(waiting) {
  ringFor(waiting);
  const title = say("shelter.title");
  document.title = waiting.length ? `(${waiting.length}) ${title}` : title;
  const alarm = waiting.length ? locked() ? say("shelter.aRequestWaits") : count("shelter.waiting", waiting.length) : "";
  if (part("alarm").textContent !== alarm) part("alarm").textContent = alarm;
}

/** @param {House} of */
function makeHouse(of) {
  const button = fresh("house");
  write(part("house-name", button), of.name);
  button.addEventListener("click", () => { choose(of.id); paint(); });
  return button;
}

/** @param {HTMLElement} button @param {House} of */
function updateHouse(button, { id }) {
  const waiting = boards.get(id)?.holds.filter((hold) => hold.state === "held").length ?? 0;
  button.setAttribute("aria-pressed", String(id === house));
  write(part("house-waiting", button), waiting ? count("shelter.waiting", waiting) : "");
}

/** @param {string} id */
function choose(id) {
  house = id;
  localStorage.setItem(lastHouse, id);
  closeCounting();
  chooseHouse(id);
}

/** @type {Record<import("./holds.js").What, [string, object]>} */
const paths = {
  yes: ["confirm", { yes: true }], no: ["confirm", { yes: false }], renew: ["renew", {}], arrive: ["arrive", {}], leave: ["leave", {}], notCome: ["release", { notCome: true }], release: ["release", {}],
  stillHere: ["correct", { to: "occupied", reason: "saidTooEarly" }], notYetHere: ["correct", { to: "booked", reason: "saidTooEarly" }],
};

/** @param {import("./holds.js").What} what @param {Hold} hold @param {string} [reason] */
function act(what, hold, reason) {
  const [end, said] = paths[what];
  const body = reason ? { ...said, reason } : said;
  tell({ what: `shelter.act.${what}`, about: shortly(hold), holdId: hold.holdId, method: "POST", path: `/api/v1/holds/${encodeURIComponent(hold.holdId)}/${end}`, body });
}

/** @param {Hold} hold @param {string} at */
function expect(hold, at) {
  tell({ what: "shelter.act.expect", about: shortly(hold), holdId: hold.holdId, method: "POST", path: `/api/v1/holds/${encodeURIComponent(hold.holdId)}/confirm`, body: { yes: true, expectedAt: at } });
}

/** @param {Hold} hold @param {string} landmark */
function meet(hold, landmark) {
  tell({ what: "shelter.act.meet", about: shortly(hold), holdId: hold.holdId, method: "PUT", path: `/api/v1/holds/${encodeURIComponent(hold.holdId)}/meeting-point`, body: { landmark } });
}

/** @param {import("./counting.js").Count} said @param {string} [what] */
function save(said, what = "shelter.act.count") {
  tell({ what, about: "", method: "PUT", path: `/api/v1/shelters/${encodeURIComponent(house)}/beds`, body: said });
}

/** @param {Omit<import("./outbox.js").Act, "id" | "at" | "by" | "house">} said */
function tell(said) {
  enqueue({ ...said, by: me, house });
  warned = false;
  paint();
  void link?.refresh();
}

/** Her figures once more, now that both have been seen. @param {import("./outbox.js").Act} refused */
function again(refused) {
  const now = board();
  if (!now) return;
  dismiss(refused.id);
  save({ ...refused.body, version: now.version });
}

/** What only a person of the house may see leaves the screen, not only the sight. */
function shut() {
  boards.clear();
  renamed(waitingNames());
  for (const name of ["asked", "expected", "here", "gone", "unsent", "houses", "counts", "add-kinds"]) part(name).replaceChildren();
  for (const name of ["asked-section", "acts-section"]) part(name).hidden = true;
  closeCounting();
  closeAddress();
  notice("");
  write(part("who"), "");
  me = "";
  paint();
  void link?.refresh();
}

function showSound() {
  const state = soundState();
  part("mute").hidden = false;
  part("mute").dataset.state = state;
  part("mute").setAttribute("aria-pressed", String(state === "muted"));
  write(part("mute"), say(`staff.sound.${state}`));
}

function connect() {
  link = live({ hints: ["beds", "alert"], every: 15_000, fetch: fetchAll });
  paint();
}

part("mute").addEventListener("click", () => {
  if (soundState() === "blocked") allowSound(); else mute(soundState() === "on");
  setTimeout(showSound, 150);
});
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, (event) => {
  touched();
  if (event.target instanceof Element && event.target.closest("[data-mute]")) return;
  allowSound();
});
part("notice-dismiss").addEventListener("click", () => notice(""));
part("still-right").addEventListener("click", () => { const now = board(); if (now) save(countOf(now), "shelter.act.stillRight"); });
part("count-open").addEventListener("click", () => { const now = board(); if (now) openCounting(now); });
// What she could not send yet goes once she unlocks it: the same tab, the same person.
part("make-tablet").addEventListener("click", async () => { if (await makeTablet(house)) location.reload(); });
// Before the one that signs out.
part("sign-out").addEventListener("click", (event) => {
  const owed = owedBy(me);
  if (warned || !owed) return;
  event.stopImmediatePropagation();
  warned = true;
  notice(count("shelter.signOutUnsent", owed), "stop");
  void link?.refresh();
});
listenCounting({ save });
listenAddress(() => leave(say("error.signedOut")));
listenPin();
setInterval(() => { countdown(); if (link) announce(waitingNames()); }, 1000);

/** @param {import("./tablet.js").Tablet} here */
function runTablet(here) {
  tablet = here;
  for (const name of ["address", "tablet-section", "sign-out"]) part(name).hidden = true;
  part("end-tablet-section").hidden = false;
  listenTablet({
    opened: (person) => {
      [me, houses] = [person.accountId, [{ id: here.shelterId, name: here.name }]];
      choose(here.shelterId);
      opening = true;
      touched();
      write(part("who"), person.displayName);
      void link?.refresh();
    },
    locked: shut, ended: () => location.reload(),
  });
  connect();
}

/** The house's tablet says what it is; anybody else is asked who she is. */
async function start() {
  if (isTablet()) {
    await loadTexts();
    for (let wait = 1000; ; wait = Math.min(wait * 2, 15_000)) {
      const answer = await call("GET", "/api/v1/tablet");
      if (answer.ok) { showView("app"); return runTablet(answer.body); }
      // Somebody may be signed in herself in this browser: once she signs out it is the tablet again.
      if (answer.code === "signedOut") { if ((await call("GET", "/api/v1/me")).code === "signedOut") forgetTablet(); break; }
      write(part("loading-problem"), say("staff.loadingOffline"));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await open((who) => {
    [me, houses, guardian] = [who.accountId, who.houses, who.roles.includes("houseGuardian")];
    part("address-form").hidden = !guardian;
    write(part("who"), who.displayName);
    const last = localStorage.getItem(lastHouse);
    if (houses[0]) choose(houses.find(({ id }) => id === last)?.id ?? houses[0].id);
    else { part("no-house").hidden = false; return; }
    connect();
  }, async () => forget());
}

void start();
