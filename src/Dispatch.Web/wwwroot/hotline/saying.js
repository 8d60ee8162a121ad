// What came of what was done: in the queue, or beside the request that is shown; and the bell.
import { part, write } from "../staff/dom.js";
import { allowSound, mute, soundState } from "../staff/sound.js";
import { say } from "../staff/texts.js";

/** @param {string} text @param {"good" | "stop" | "plain"} [kind] */
export function notice(text, kind = "plain") {
  part("notice").dataset.kind = kind;
  write(part("notice-text"), text);
  part("notice").hidden = text === "";
}

/** What came of an act on the request that is shown, beside it. @param {string} text @param {"good" | "stop"} [kind] */
export function said(text, kind = "good") {
  part("said").dataset.kind = kind;
  write(part("said"), text);
  if (text) part("said").scrollIntoView({ block: "nearest" });
}

export function paintSound() {
  const sound = soundState();
  write(part("mute-text"), say(`staff.sound.${sound}`));
  part("mute").setAttribute("aria-pressed", String(sound === "muted"));
  part("mute").dataset.state = sound;
}

/** @param {() => void} paint */
export function sound(paint) {
  if (soundState() === "blocked") allowSound(); else mute(soundState() === "on");
  setTimeout(paint, 150);
}
