// A plain two-tone ring, made here. Browsers allow sound only after a touch; the mute is visible and remembered for this page.
/** @type {AudioContext | null} */
let audio = null;
let muted = false;
/** @type {ReturnType<typeof setInterval> | undefined} */
let ringing;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let until;

/** Call from a touch or a key. */
export function allowSound() {
  audio ??= "AudioContext" in globalThis ? new AudioContext() : null;
  void audio?.resume().catch(() => {});
}

/** @returns {"on" | "muted" | "blocked"} */
export const soundState = () => muted ? "muted" : audio?.state === "running" ? "on" : "blocked";

/** @param {boolean} on */
export function mute(on) {
  muted = on;
  if (on) hush();
}

/** @param {number} frequency @param {number} after */
function tone(frequency, after) {
  if (!audio || audio.state !== "running") return;
  const start = audio.currentTime + after;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.4, start + 0.02);
  gain.gain.linearRampToValueAtTime(0, start + 0.35);
  const note = audio.createOscillator();
  note.frequency.value = frequency;
  note.connect(gain).connect(audio.destination);
  note.start(start);
  note.stop(start + 0.4);
}

function once() {
  if (muted) return;
  tone(660, 0);
  tone(880, 0.4);
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([300, 150, 300]);
}

/** Rings again every 3 s, at most this long; ringing already: goes on. @param {number} [longest] */
export function ring(longest = Infinity) {
  clearTimeout(until);
  if (longest !== Infinity) until = setTimeout(hush, longest);
  if (ringing !== undefined) return;
  once();
  ringing = setInterval(once, 3000);
}

export function hush() {
  if (ringing === undefined) return;
  clearInterval(ringing);
  clearTimeout(until);
  ringing = undefined;
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(0);
}
