// The coming days: where nobody is on duty, and who would be told at an hour, when and on what.
import { call, explain } from "../staff/api.js";
import { fresh, input, keyed, part, picture, write } from "../staff/dom.js";
import { count, say } from "../staff/texts.js";
import { areaPath, moment } from "./main.js";

/** @typedef {{need: string, byDefault: boolean, from: string, until: string}} Gap */
/** @typedef {{channel: string, afterSeconds: number}} Way */
/** @typedef {{afterSeconds: number, everybody: boolean, people: {person: import("./main.js").Person, modes: string[], on: Way[]}[]}} Step */
/** @typedef {{need: string, needsConsent: boolean, gap: boolean, steps: Step[], notAsked: {person: import("./main.js").Person, reason: string}[]}} NeedSeen */

const chosenNeed = () => /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (document.querySelector("select[name=previewNeed]"))).value;
/** A draft to look through instead of the protocol in force. */
let version = 0;

/** @param {number} draft */
export function lookThrough(draft) {
  version = draft;
}

export async function showTonight() {
  await Promise.all([showGaps(), showPreview()]);
}

async function showGaps() {
  const answer = await call("GET", `${areaPath()}/gaps`);
  write(part("preview-problem"), answer.ok ? "" : explain(answer));
  if (!answer.ok) return;
  /** @type {Gap[]} */
  const gaps = answer.body.gaps;
  keyed(part("gaps"), gaps, (g) => `${g.need} ${g.from}`, () => fresh("gap"), (line, gap) => {
    line.dataset.default = String(gap.byDefault);
    picture(line, gap.need);
    write(part("word", line), say(`staff.need.${gap.need}`));
    write(part("about", line), say("coordinate.gap", { from: moment(gap.from), until: moment(gap.until) }));
  });
  part("gaps-none").hidden = gaps.length > 0;
}

async function showPreview() {
  const at = input("previewAt").value;
  const query = new URLSearchParams();
  if (chosenNeed()) query.set("need", chosenNeed());
  if (at) query.set("at", new Date(at).toISOString());
  if (version) query.set("version", String(version));
  const answer = await call("GET", `${areaPath()}/preview?${query}`);
  write(part("preview-problem"), answer.ok ? "" : answer.code === "invalid_body" ? say("coordinate.atWrong") : explain(answer));
  if (!answer.ok) { part("preview").replaceChildren(); write(part("preview-about"), ""); return; }
  write(part("preview-about"), [say(version ? "coordinate.previewDraft" : "coordinate.previewAbout", { at: moment(answer.body.at), version: answer.body.protocol }), answer.body.on ? "" : say("coordinate.previewOff")].filter(Boolean).join(" "));
  part("preview").replaceChildren(.../** @type {NeedSeen[]} */ (answer.body.needs).map(need));
}

/** @param {NeedSeen} seen */
function need(seen) {
  const box = fresh("need");
  picture(box, seen.need);
  write(part("word", box), say(`staff.need.${seen.need}`));
  write(part("warn", box), seen.needsConsent ? say("coordinate.needsConsent") : seen.gap ? say("coordinate.previewGap") : "");
  part("steps", box).replaceChildren(...(seen.needsConsent ? [] : seen.steps.filter((s) => s.people.length > 0).map(step)));
  part("not-asked", box).hidden = seen.notAsked.length === 0;
  write(part("not-asked-count", box), count("coordinate.notAsked", seen.notAsked.length));
  part("not-asked-people", box).replaceChildren(...seen.notAsked.map((one) => plain(one.person.displayName, say(`coordinate.why.${one.reason}`))));
  return box;
}

/** @param {Step} one */
function step(one) {
  const line = fresh("step");
  const when = one.afterSeconds === 0 ? say("coordinate.atOnce") : say("coordinate.after", { n: one.afterSeconds });
  write(part("after", line), one.everybody ? `${when} · ${say("coordinate.everybody")}` : when);
  part("people", line).replaceChildren(...one.people.map((p) => plain(p.person.displayName, p.on.length === 0 ? say("coordinate.onNothing") : p.on.map(way).join(", "))));
  return line;
}

/** @param {Way} one */
const way = (one) => one.afterSeconds === 0 ? say(`coordinate.channel.${one.channel}`) : say("coordinate.channelAfter", { channel: say(`coordinate.channel.${one.channel}`), n: one.afterSeconds });

/** @param {string} name @param {string} about */
function plain(name, about) {
  const line = fresh("plain");
  write(part("name", line), name);
  write(part("about", line), about);
  return line;
}

part("preview-form").addEventListener("submit", (event) => { event.preventDefault(); version = 0; void showPreview(); });
