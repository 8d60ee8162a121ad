// Who showed no sign this week, and how the ways out are.
import { call, explain } from "../staff/api.js";
import { fresh, part, write } from "../staff/dom.js";
import { count, say } from "../staff/texts.js";
import { areaPath, moment } from "./main.js";

/** @typedef {{person: import("./main.js").Person, times: number, exercises: number, lastAskedAt: string, on: string[]}} Unreached */
/** @typedef {{channel: string, name: string, state: string, why?: string, since?: string}} Way */

export async function showReach() {
  const [people, ways] = await Promise.all([call("GET", `${areaPath()}/unreached`), call("GET", "/api/v1/channels")]);
  write(part("reach-problem"), people.ok && ways.ok ? "" : explain(people.ok ? ways : people));
  if (people.ok) {
    part("unreached").replaceChildren(.../** @type {Unreached[]} */ (people.body.items).map((one) => line(one.person.displayName, unreachedWords(one))));
    part("unreached-none").hidden = people.body.items.length > 0;
  }
  if (ways.ok) {
    const gateways = /** @type {Way[]} */ (ways.body.gateways);
    const without = /** @type {string[]} */ (ways.body.kinds).filter((kind) => !gateways.some((g) => g.channel === kind));
    part("ways").replaceChildren(
      ...without.map((kind) => line(say(`coordinate.channel.${kind}`), say("coordinate.setUp"))),
      ...gateways.map((g) => line(`${say(`coordinate.channel.${g.channel}`)} · ${g.name}`, wayWords(g), g.state)));
  }
}

/** @param {Unreached} one */
const unreachedWords = (one) => [
  one.times > 0 ? count("coordinate.times", one.times) : "", one.exercises > 0 ? count("coordinate.timesDrill", one.exercises) : "",
  say("coordinate.last", { at: moment(one.lastAskedAt) }),
  one.on.length > 0 ? say("coordinate.inVain", { on: one.on.map((c) => say(`coordinate.channel.${c}`)).join(", ") }) : say("coordinate.onNothing"),
].filter(Boolean).join(" · ");

/** @param {Way} way */
const wayWords = (way) => [say(`coordinate.way.${way.state}`), way.since ? say("coordinate.waySince", { at: moment(way.since) }) : say("coordinate.wayUnused"), way.why ? `(${way.why})` : ""].filter(Boolean).join(" ");

/** @param {string} name @param {string} about @param {string} [state] */
function line(name, about, state) {
  const element = fresh("line");
  write(part("name", element), name);
  write(part("about", element), about);
  part("remove", element).remove();
  if (state) { element.dataset.state = state; part("about", element).className = "state"; }
  return element;
}
