// The house's own tablet: locked after a minute without a touch. The service holds the lock; this shows it, and forgets what was on the screen.
import { call, explain } from "../staff/api.js";
import { input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** @typedef {{accountId: string, displayName: string}} Person */
/** @typedef {{shelterId: string, name: string, version: number, now: string, beds: import("./words.js").Figures[], waiting: number, confirmedAt?: string, freshness: string, unlockedBy?: {id: string, displayName: string}}} Tablet */

const flag = "shelter.tablet";
const idle = 60_000;
/** The service is told of touches at most this often. */
const tellEvery = 5000;

let lastTouch = 0;
let lastTold = 0;
let unlocked = false;
/** Locked here, and the service was not told: without a network, or by a reload. It locks by itself a little later. */
let owed = true;
/** The last word of a lock: what opens it afterwards must not overtake that, or be shut by its answer. @type {Promise<void>} */
let settling = Promise.resolve();

/** Whether this browser was made a house's tablet; the cookie that makes it one cannot be seen from here. */
export const isTablet = () => localStorage.getItem(flag) !== null;
export const forgetTablet = () => localStorage.removeItem(flag);
export const isUnlocked = () => unlocked;

/** @param {string} house @returns {Promise<boolean>} */
export async function makeTablet(house) {
  const answer = await call("POST", `/api/v1/shelters/${encodeURIComponent(house)}/tablet`, {});
  write(part("tablet-problem"), answer.ok ? "" : explain(answer));
  if (answer.ok) localStorage.setItem(flag, "1");
  return answer.ok;
}

/** @param {boolean} open */
export function setUnlocked(open) {
  unlocked = open;
  lastTouch = lastTold = Date.now();
}

/** Tells the service of a lock that it may not know of. */
export function settleLock() {
  settling = settling.then(settle);
  return settling;
}

async function settle() {
  if (!owed || unlocked) return;
  const answer = await call("POST", "/api/v1/tablet/lock");
  if (answer.ok || answer.code === "signedOut") owed = false;
}

/** @param {{opened(person: Person): void, locked(): void, ended(): void}} desk */
export function listenTablet({ opened, locked, ended }) {
  async function lock() {
    if (!unlocked) return;
    setUnlocked(false);
    owed = true;
    locked();
    await settleLock();
  }

  const look = () => { if (unlocked && Date.now() - lastTouch >= idle) void lock(); };
  setInterval(look, 1000);
  // Asleep, a tablet counts no seconds; awake, the first thing it does is to look.
  document.addEventListener("visibilitychange", look);
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => {
    look();
    if (!unlocked) return;
    lastTouch = Date.now();
    if (lastTouch - lastTold < tellEvery) return;
    lastTold = lastTouch;
    void call("POST", "/api/v1/tablet/stay").then((answer) => { if (answer.code === "signedOut" && unlocked) { setUnlocked(false); locked(); } });
  }, true);

  part("lock").addEventListener("click", () => void lock());
  part("end-tablet").addEventListener("click", async () => {
    const answer = await call("DELETE", "/api/v1/tablet");
    if (!answer.ok) return write(part("end-tablet-problem"), explain(answer));
    forgetTablet();
    ended();
  });
  part("unlock").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (part("unlock").querySelector("button[type=submit]"));
    if (button.disabled) return;
    button.disabled = true;
    await settling;
    owed = false;
    const answer = await call("POST", "/api/v1/tablet/unlock", { userName: input("unlockName").value.trim(), pin: input("unlockPin").value });
    button.disabled = false;
    input("unlockPin").value = "";
    write(part("unlock-problem"), answer.ok ? "" : answer.code === "wrong_pin" ? say("shelter.wrongPin") : explain(answer));
    if (!answer.ok) return input("unlockPin").focus();
    input("unlockName").value = "";
    setUnlocked(true);
    opened(answer.body);
  });
}
