// What was said on this page and is not in the list yet, or was refused: each a line that stays until it is sent or put away. Both figures stand where two differ.
import { fresh, keyed, part, write } from "../staff/dom.js";
import { has, hour, say } from "../staff/texts.js";
import { differences, shortfalls, tooFewThere } from "./counting.js";
import { actsOf } from "./outbox.js";
import { became } from "./words.js";

/** @typedef {import("./outbox.js").Act} Act */
/** @typedef {import("./words.js").Board} Board */

/** @param {string} house @param {string} me @param {Board | null} board @param {{again(act: Act): void, putAway(act: Act): void}} desk */
export function showActs(house, me, board, desk) {
  const acts = actsOf(house);
  part("acts-section").hidden = acts.length === 0;
  keyed(part("unsent"), acts, ({ id, refused }) => `${id} ${refused ?? ""}`, (act) => {
    const line = fresh("unsent");
    line.dataset.state = act.refused ? "refused" : "unsent";
    const again = part("again", line);
    again.hidden = act.refused !== "stale";
    again.addEventListener("click", () => desk.again(act));
    const dismiss = part("dismiss", line);
    dismiss.hidden = !act.refused && act.by === me;
    dismiss.addEventListener("click", () => desk.putAway(act));
    write(part("text", line), headline(act, me));
    return line;
  }, (line, act) => keyed(part("lines", line), act.refused && board ? facts(act, board) : [], (text) => text, () => document.createElement("li"), write));
}

/** @param {Act} act @param {string} me */
function headline({ what, about, at, by, refused }, me) {
  const key = refused ? "shelter.refused" : by === me ? "shelter.unsent" : "shelter.unsentOther";
  return say(key, { what: say(what), about: about ? ` (${about})` : "", time: hour(at) });
}

/** What the list says instead. @param {Act} act @param {Board} board @returns {string[]} */
function facts(act, board) {
  const why = `shelter.why.${act.refused}`;
  const reason = has(why) ? say(why) : say("shelter.why.other");
  if (act.holdId) return [reason, became([...board.holds, ...board.gone].find((hold) => hold.holdId === act.holdId))];
  const both = act.refused === "stale" ? differences : act.refused === "below_stays" ? tooFewThere : shortfalls;
  return [reason, ...both(act.body, board)];
}
