// When to try again, and the sending of what an earlier page left behind.
import { deliver, kept, remembered } from "./outbox.js";

/** @import { Kept } from "./types" */

/** Tries again: 1 s, doubling to 30 s, each shortened by chance; sooner when the network or the screen comes back.
 * @param {number} tries @param {number} [atLeast] @returns {Promise<void>} */
export function pause(tries, atLeast = 0) {
  const most = Math.min(30_000, 1000 * 2 ** Math.min(tries, 5));
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", seen);
      resolve();
    };
    const seen = () => { if (!document.hidden) done(); };
    const timer = setTimeout(done, Math.max(atLeast, most * (0.5 + Math.random() / 2)));
    addEventListener("online", done);
    document.addEventListener("visibilitychange", seen);
  });
}

/** Asks the browser to send what is kept once there is network, even when this page is closed. Where it cannot, the next opening does. */
export function sendWhenPossible() {
  navigator.serviceWorker?.ready.then((worker) => /** @type {any} */ (worker).sync?.register("notes")).catch(() => {});
}

/** Sends what an earlier page left behind, without showing anything unless it had to be erased unsent.
 * @param {(why: "tooOld" | "notTaken") => void} erased */
export async function sendLeftovers(erased) {
  const before = await remembered();
  if (before) erased(before);
  for (const item of await kept()) void sendQuietly(item, erased);
}

/** @param {Kept} item @param {(why: "tooOld" | "notTaken") => void} erased */
async function sendQuietly(item, erased) {
  for (let tries = 0; ; tries++) {
    const { over, wait } = await deliver(item);
    if (over === "tooOld" || over === "notTaken") erased(over);
    if (over) return;
    if (tries === 0) sendWhenPossible();
    await pause(tries, wait);
  }
}
