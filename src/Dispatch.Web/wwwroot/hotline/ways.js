// Which ways out are in trouble, for whoever answers for the line: what waits there reaches people late.
import { call } from "../staff/api.js";
import { keyed, part, write } from "../staff/dom.js";
import { hour, say } from "../staff/texts.js";

/** @typedef {{channel: string, name: string, state: string, since?: string}} Way */

const every = 9_000;
const troubles = ["full", "down"];
let asked = -Infinity;

/** At most once in nine seconds, however often the queue is looked at. */
export async function showWays() {
  if (performance.now() - asked < every) return;
  asked = performance.now();
  const answer = await call("GET", "/api/v1/channels");
  const list = part("ways");
  // Nobody is signed in any more.
  if (!list || !answer.ok) return;
  const ways = /** @type {Way[]} */ (answer.body.gateways).filter((way) => troubles.includes(way.state));
  keyed(list, ways, (way) => `${way.channel} ${way.name}`, () => document.createElement("li"), (row, way) => {
    row.dataset.state = way.state;
    write(row, say(`hotline.way.${way.state}`, { channel: say(`coordinate.channel.${way.channel}`), name: way.name, time: way.since ? hour(way.since) : "" }));
  });
  list.hidden = ways.length === 0;
}
