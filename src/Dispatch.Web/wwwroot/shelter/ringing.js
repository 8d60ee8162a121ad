// Rings while somebody waits for an answer. A touch hushes it for a while, never for a request that came after the touch.
import { hush, ring } from "../staff/sound.js";

const hushedFor = 3 * 60_000;
/** @type {Set<string>} */
let known = new Set();
let until = 0;

/** @param {string[]} waiting who waits, by any name that stays the same */
export function ringFor(waiting) {
  if (waiting.some((one) => !known.has(one))) until = 0;
  known = new Set(waiting);
  if (waiting.length && Date.now() >= until) ring(); else hush();
}

/** The same ones wait under other names. @param {string[]} waiting */
export const renamed = (waiting) => { known = new Set(waiting); };

export function touched() {
  until = Date.now() + hushedFor;
  hush();
}
