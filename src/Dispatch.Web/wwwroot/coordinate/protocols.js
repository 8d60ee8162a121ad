// Protocols as documents: read in words, edited as text, checked by the service before anything is put in force.
import { call, explain } from "../staff/api.js";
import { fresh, input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { area, areas, moment, notice } from "./main.js";
import { lookThrough } from "./tonight.js";

/** @typedef {{version: number, area?: string, state: string, note?: string, draftedAt: string, activatedAt?: string, retiredAt?: string}} Item */
/** @typedef {{afterSeconds: number, perNeed: number, everybody: boolean}} StepRule */
/** @typedef {{need: string, modes: string[], quorum: number, askedOf?: string[], ownSteps?: StepRule[], fallbackNumber?: string}} NeedRule */
/** @typedef {{version: number, needs: NeedRule[], steps: StepRule[], defaultNeeds: string[], humanAfterSeconds: number, dutyOfficerAfterSeconds: number, backupAfterSeconds: number, textAfterSeconds: number, callAfterSeconds: number}} Rules */
/** @typedef {Item & {rules: Rules, faults: {code: string, where: string}[], draftedBy: import("./main.js").Person, activatedBy?: import("./main.js").Person}} Protocol */
/** @typedef {{country: string, rules: Rules}} Example */

/** @type {Item[]} */
let items = [];
/** @type {Example[]} */
let examples = [];
/** @type {Protocol | undefined} */
let shown;
/** @type {(() => Promise<void>) | undefined} */
let meant;

/** @param {string} name */
const choice = (name) => /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (input(name)));
const text = () => /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (input("documentText")));
/** @param {Example} example */
const countryName = (example) => say(`coordinate.country.${example.country}`) || example.country;
/** @param {string | undefined} id */
const areaName = (id) => id ? areas().find((a) => a.id === id)?.name ?? id : say("coordinate.forAll");

export async function showProtocols() {
  const [list, some] = await Promise.all([call("GET", "/api/v1/protocols"), examples.length > 0 ? null : call("GET", "/api/v1/protocols/examples")]);
  write(part("protocols-problem"), list.ok ? "" : explain(list));
  if (some?.ok) examples = some.body.items;
  if (!list.ok) return;
  items = /** @type {Item[]} */ (list.body.items).filter((i) => !i.area || i.area === area());
  part("documents").replaceChildren(...items.map(row));
  const from = choice("draftFrom").value;
  choice("draftFrom").replaceChildren(
    ...items.map((i) => new Option(say("coordinate.versionOf", { n: i.version, area: areaName(i.area) }), String(i.version))),
    ...examples.map((e) => new Option(say("coordinate.example", { country: countryName(e) }), e.country)));
  if (from) choice("draftFrom").value = from;
  part("draft-form").hidden = false;
  choice("draftFor").replaceChildren(new Option(areaName(area()), area()), new Option(areaName(undefined), ""));
}

/** @param {Item} item */
function row(item) {
  const line = fresh("document");
  line.dataset.state = item.state;
  write(part("open", line), say("coordinate.versionOf", { n: item.version, area: areaName(item.area) }));
  write(part("state", line), say(`coordinate.state.${item.state}`));
  write(part("about", line), [say(item.activatedAt ? "coordinate.inForceSince" : "coordinate.draftedOn", { at: moment(item.activatedAt ?? item.draftedAt) }), item.note ?? ""].filter(Boolean).join(" · "));
  part("open", line).addEventListener("click", () => void open(item.version));
  return line;
}

/** @param {number} version */
async function open(version) {
  const answer = await call("GET", `/api/v1/protocols/${version}`);
  write(part("protocols-problem"), answer.ok ? "" : explain(answer));
  if (!answer.ok) return;
  show(answer.body);
  part("document-title").focus();
  part("document").scrollIntoView({ block: "start" });
}

/** @param {Protocol | undefined} document */
function show(document) {
  shown = document;
  part("document").hidden = !document;
  ask();
  if (!document) return;
  const draft = document.state === "draft";
  write(part("document-title"), `${say("coordinate.versionOf", { n: document.version, area: areaName(document.area) })} · ${say(`coordinate.state.${document.state}`)}`);
  write(part("document-about"), [say("coordinate.draftedBy", { who: document.draftedBy.displayName, at: moment(document.draftedAt) }), document.activatedBy && document.activatedAt ? say("coordinate.activatedBy", { who: document.activatedBy.displayName, at: moment(document.activatedAt) }) : "", document.note ?? ""].filter(Boolean).join(" "));
  faults(document.faults);
  part("document-rules").replaceChildren(...inWords(document.rules));
  part("document-form").hidden = !draft;
  part("document-retire").hidden = document.state !== "active";
  if (!draft) return;
  input("documentNote").value = document.note ?? "";
  text().value = JSON.stringify(document.rules, null, 2);
}

/** @param {{code: string, where: string}[]} found */
function faults(found) {
  part("faults").replaceChildren(...found.map((f) => {
    const line = document.createElement("li");
    line.textContent = `${f.where} : ${say(`coordinate.fault.${f.code}`) || f.code}`;
    return line;
  }));
}

/** @param {Rules} rules */
function inWords(rules) {
  return [
    rule(say("coordinate.rule.default"), rules.defaultNeeds.map((n) => say(`staff.need.${n}`)).join(", ")),
    rule(say("coordinate.rule.human"), say("coordinate.rule.humanAfter", { a: rules.humanAfterSeconds, b: rules.dutyOfficerAfterSeconds, c: rules.backupAfterSeconds })),
    rule(say("coordinate.rule.text"), say("coordinate.rule.textAfter", { a: rules.textAfterSeconds, b: rules.callAfterSeconds })),
    rule(say("coordinate.rule.steps"), steps(rules.steps)),
    ...rules.needs.map((need) => rule(say(`staff.need.${need.need}`), [
      (need.askedOf ?? []).map((kind) => say(`coordinate.kind.${kind}`) || kind).join(", ") || say("coordinate.rule.anybody"),
      need.modes.map((m) => say(`staff.mode.${m}`)).join(", "),
      need.quorum > 1 ? say("coordinate.rule.quorum", { n: need.quorum }) : "",
      need.ownSteps ? steps(need.ownSteps) : "", need.fallbackNumber ?? ""].filter(Boolean).join(" · "))),
  ];
}

/** @param {StepRule[]} some */
const steps = (some) => some.map((s) => `${s.afterSeconds === 0 ? say("coordinate.atOnce") : say("coordinate.after", { n: s.afterSeconds })} ${s.everybody ? say("coordinate.everybody") : say("coordinate.people", { n: s.perNeed })}`).join(", ");

/** @param {string} name @param {string} about */
function rule(name, about) {
  const line = fresh("rule");
  write(part("name", line), name);
  write(part("about", line), about);
  return line;
}

/** Asks once more before what everybody's phones go by is changed. @param {string} [question] @param {() => Promise<void>} [then] */
function ask(question = "", then) {
  meant = then;
  write(part("document-sure-text"), question);
  part("document-sure").hidden = question === "";
  if (question) part("document-yes").focus();
}

/** @param {import("../staff/api.js").Answer} answer @param {string} kept */
async function took(answer, kept) {
  write(part("protocols-problem"), answer.ok ? "" : explain(answer));
  if (!answer.ok) { if (answer.body?.faults) faults(answer.body.faults); return; }
  notice(say(kept));
  show(answer.body ?? undefined);
  await showProtocols();
}

part("draft-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const from = choice("draftFrom").value;
  const example = examples.find((e) => e.country === from);
  let rules = example?.rules;
  if (!rules) {
    const answer = await call("GET", `/api/v1/protocols/${encodeURIComponent(from)}`);
    if (!answer.ok) { write(part("protocols-problem"), explain(answer)); return; }
    rules = answer.body.rules;
  }
  await took(await call("POST", "/api/v1/protocols", { area: choice("draftFor").value || undefined, note: example && say("coordinate.exampleNote", { country: countryName(example) }), rules }), "coordinate.drafted");
  if (shown) part("document-title").focus();
});

/** The document as it stands in the text; says what is wrong where it is no document at all. @returns {object | undefined} */
function written() {
  try { return JSON.parse(text().value); } catch (fault) {
    write(part("protocols-problem"), say("coordinate.notADocument", { why: fault instanceof Error ? fault.message : "" }));
    text().focus();
    return undefined;
  }
}

async function save() {
  const rules = written();
  if (!shown || !rules) return false;
  const answer = await call("PUT", `/api/v1/protocols/${shown.version}`, { note: input("documentNote").value || undefined, rules });
  await took(answer, "coordinate.kept");
  return answer.ok;
}

part("document-form").addEventListener("submit", (event) => { event.preventDefault(); void save(); });
part("document-try").addEventListener("click", async () => {
  if (!shown || !await save() || !shown || shown.faults.length > 0) return;
  lookThrough(shown.version);
  location.hash = "tonight";
});
part("document-activate").addEventListener("click", async () => {
  if (!shown || !await save() || !shown || shown.faults.length > 0) return;
  const version = shown.version;
  ask(say("coordinate.sureActivate", { n: version, area: areaName(shown.area) }), async () => took(await call("POST", `/api/v1/protocols/${version}/activate`), "coordinate.activated"));
});
part("document-discard").addEventListener("click", () => {
  const version = shown?.version;
  ask(say("coordinate.sureDiscard", { n: version }), async () => took(await call("DELETE", `/api/v1/protocols/${version}`), "coordinate.discarded"));
});
part("document-retire").addEventListener("click", () => {
  const version = shown?.version;
  ask(say("coordinate.sureRetire", { n: version }), async () => took(await call("POST", `/api/v1/protocols/${version}/retire`), "coordinate.retired"));
});
part("document-yes").addEventListener("click", async () => { const act = meant; ask(); await act?.(); });
part("document-no").addEventListener("click", () => { ask(); part("document-title").focus(); });
