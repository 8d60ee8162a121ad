// What was said to the service and has no answer yet. It is said again the same way until there is one, so that it happens once, and a no is brought back to whoever wrote it.
// In this page's memory alone: it holds names and numbers, and a console is shared.
import { call } from "../staff/api.js";

/** @typedef {{path: string, body: object, key: string, done(answer: import("../staff/api.js").Answer): void, refused(answer: import("../staff/api.js").Answer): void}} Sending */

const again = 3000;
/** @type {Sending[]} */
let waiting = [];
let running = false;
let tell = (/** @type {number} */ _waiting) => {};

export const isWaiting = () => waiting.length > 0;

/** @param {(waiting: number) => void} told whenever something waits or no longer does */
export const onWaiting = (told) => { tell = told; };

/** @param {Omit<Sending, "key">} one */
export function send(one) {
  waiting = [...waiting, { ...one, key: crypto.randomUUID() }];
  void flush();
}

/** Whether the same may still be accepted later. @param {import("../staff/api.js").Answer} answer */
const later = ({ status }) => status === 0 || status === 401 || status === 429 || status >= 500;

/** One after the other, as they were said. */
async function flush() {
  if (running) return;
  running = true;
  for (let one; (one = waiting[0]);) {
    const answer = await call("POST", one.path, one.body, one.key);
    if (!answer.ok && later(answer)) {
      tell(waiting.length);
      await new Promise((resolve) => setTimeout(resolve, again));
      continue;
    }
    waiting = waiting.slice(1);
    tell(waiting.length);
    if (answer.ok) one.done(answer); else one.refused(answer);
  }
  running = false;
}

addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
