// The beds, to be read across the room: what is free first, the rest beside it, and how old the figures are.
import { fill, fresh, keyed, part, picture, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** @typedef {import("./words.js").Figures} Figures */

/** @param {Figures[]} beds @param {string | undefined} confirmedAt @param {string} freshness @param {string} [by] */
export function showBoard(beds, confirmedAt, freshness, by = "") {
  part("board").dataset.age = freshness;
  part("board-empty").hidden = beds.length > 0;
  keyed(part("kinds"), beds, (line) => line.kind, make, update);
  const since = part("confirmed");
  if (confirmedAt) since.dataset.since = confirmedAt; else { delete since.dataset.since; write(since, say("shelter.neverConfirmed")); }
  write(part("confirmed-by"), by ? say("shelter.confirmedBy", { who: by }) : "");
  write(part("freshness"), freshness === "fresh" ? "" : say(`shelter.freshness.${freshness}`));
}

/** @param {Figures} line */
function make(line) {
  const tile = fresh("kind");
  picture(tile, line.kind);
  write(part("kind-name", tile), say(`shelter.kind.${line.kind}`));
  return tile;
}

/** @param {HTMLElement} tile @param {Figures} line */
function update(tile, line) {
  tile.dataset.full = String(line.free <= 0);
  fill(tile, { free: String(line.free), held: String(line.held), booked: String(line.booked), occupied: String(line.occupied), out: String(line.outOfService), capacity: say("shelter.ofAll", { n: line.capacity }) });
  write(part("free-word", tile), say(line.free <= 0 ? "shelter.full" : "shelter.free"));
}
