// What a named person of the line decides about the request that is shown. Each control is there only while it can do something; the service decides all the same.
import { fresh, input, keyed, part, write } from "../staff/dom.js";
import { mayAdd, resetAdditions, showAdditions } from "./additions.js";
import { closePanels, openPanel, panels } from "./panels.js";
import { date, has, hour, say } from "../staff/texts.js";

/** @typedef {{no: number, basis: string, by: string, at: string, withdrawnAt?: string, reviewDueAt?: string, review?: {by: string, at: string, outcome: string}}} Disclosed */
/** @typedef {{id: string, status: string, safeContact?: import("./additions.js").SafeContact, duress: boolean, duressDecided?: {decision: string, by: string, at: string, reason: string}, phoneUnsafe: boolean, ageBand?: string, limitsToSay: boolean, limitsSaid?: {by: string, at: string}, guardiansMustNotBeTold: boolean, disclosures: Disclosed[]}} Decidable */

/** Asks the service; says why where it refuses. @typedef {(path: string, body?: object) => Promise<boolean>} Decide */
/** @typedef {{decide: Decide, said(text: string, kind?: "good" | "stop"): void, stoodDown(): void}} Desk */

/** @type {Decidable | null} */
let shown = null;
let supervisor = false;

/** @param {string} code */
const reasonText = (code) => has(`hotline.why.${code}`) ? say(`hotline.why.${code}`) : code;
/** @param {string} name */
const choice = (name) => /** @type {HTMLSelectElement} */ (part("case").querySelector(`select[name="${name}"]`));

/** @param {Decidable | null} one @param {boolean} maySupervise */
export function showDecisions(one, maySupervise) {
  if (one?.id !== shown?.id) reset();
  [shown, supervisor] = [one, maySupervise];
  const ended = one?.status === "ended" || one?.status === "cancelled";
  showDuress(one, ended);
  showChild(one, ended);
  write(part("case-phone"), one?.phoneUnsafe ? say(one.safeContact ? "hotline.phoneUnsafeAnew" : "hotline.phoneUnsafe") : "");
  part("note-open").hidden = ended || Boolean(one?.limitsToSay);
  part("phone-open").hidden = Boolean(one?.phoneUnsafe);
  showAdditions(one, ended);
  part("acts").hidden = !one || Object.values(panels).every((button) => part(button).hidden);
  if (part("note-open").hidden) part("noting").hidden = true;
  if (part("phone-open").hidden) part("phone").hidden = true;
  part("disclosed").hidden = !one?.disclosures.length;
  keyed(part("disclosures"), one?.disclosures ?? [], ({ no }) => String(no), () => fresh("disclosure"), showDisclosure);
}

/** Nothing typed about one request may be sent to another. */
function reset() {
  for (const form of ["duress", "guardians", "noting", "phone"]) /** @type {HTMLFormElement} */ (part(form)).reset();
  part("noting").hidden = part("phone").hidden = true;
  resetAdditions();
}

/** @param {Decidable | null} one @param {boolean} ended */
function showDuress(one, ended) {
  const decided = one?.duressDecided;
  const open = Boolean(one?.duress) && !decided && !ended;
  part("duress").hidden = !open || !supervisor;
  write(part("duress-state"), decided
    ? say("hotline.duressDecided", { who: decided.by, time: hour(decided.at), choice: say(`hotline.decided.${decided.decision}`), reason: reasonText(decided.reason) })
    : open && !supervisor ? say("hotline.duressWaits") : "");
}

/** @param {Decidable | null} one @param {boolean} ended */
function showChild(one, ended) {
  part("child").hidden = !one?.ageBand || one.ageBand === "18plus";
  if (!one || part("child").hidden) return;
  part("limits").hidden = !one.limitsToSay || ended;
  write(part("limits-state"), one.limitsSaid ? say("hotline.limitsSaid", { who: one.limitsSaid.by === "relay" ? say("hotline.relayWho") : one.limitsSaid.by, time: hour(one.limitsSaid.at) }) : "");
  write(part("guardians-state"), say(one.guardiansMustNotBeTold ? "hotline.guardiansMustNot" : "hotline.guardiansMay"));
  part("guardians").hidden = ended;
  write(part("guardians-decide"), say(one.guardiansMustNotBeTold ? "hotline.guardians.allow" : "hotline.guardians.forbid"));
}

/** @param {HTMLElement} row @param {Disclosed} one */
function showDisclosure(row, one) {
  const who = one.by === "survivor" ? say("hotline.herself") : one.by;
  write(part("basis", row), say(`hotline.basis.${one.basis}`));
  write(part("about", row), say("hotline.basisBy", { who, time: hour(one.at) }));
  write(part("withdrawn", row), one.withdrawnAt ? say("hotline.basisWithdrawn", { time: hour(one.withdrawnAt) }) : "");
  write(part("review-state", row), one.review ? say("hotline.review.done", { who: one.review.by, time: hour(one.review.at), outcome: say(`hotline.decided.${one.review.outcome}`) }) : "");
  part("review", row).hidden = !one.reviewDueAt || Boolean(one.review);
  write(part("review-due", row), one.reviewDueAt ? say("hotline.review.due", { date: date(one.reviewDueAt), time: hour(one.reviewDueAt), who }) : "");
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-review-outcome]"))) button.hidden = !supervisor;
  // Hers has its own control, with a key.
  part("take-back", row).hidden = one.basis === "consent" || Boolean(one.withdrawnAt) || !mayAdd();
}

export const askDuress = () => { if (!part("duress").hidden) choice("duressReason").focus(); };

/** @param {Desk} desk */
export function listenDecisions({ decide, said, stoodDown }) {
  /** A reason is a word of a list: what stands beside an act is not sealed. @param {string} name */
  const reason = (name) => {
    const field = choice(name);
    if (!field.value) { said(say("error.reason_required"), "stop"); field.focus(); }
    return field.value;
  };

  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-duress-choice]"))) button.addEventListener("click", async () => {
    const [decision, why] = [button.dataset.duressChoice, reason("duressReason")];
    if (!why || !await decide("duress-decision", { decision, reason: why })) return;
    if (decision === "standDown") stoodDown(); else { said(say("hotline.duress.goOn")); part("case-title").focus(); }
  });
  part("limits-said").addEventListener("click", async () => {
    if (await decide("limits-said", { wordingVersion: say("hotline.limits.version") })) choice("guardiansReason").focus();
  });
  part("guardians-decide").addEventListener("click", async () => {
    const why = reason("guardiansReason");
    if (!why || !shown || !await decide("guardians", { mayBeTold: shown.guardiansMustNotBeTold, reason: why })) return;
    choice("guardiansReason").value = "";
  });
  part("note-open").addEventListener("click", () => openPanel("noting"));
  part("phone-open").addEventListener("click", () => openPanel("phone"));
  for (const button of document.querySelectorAll("[data-panel-back]")) button.addEventListener("click", () => closePanels());
  part("noting").addEventListener("submit", async () => {
    const field = input("staffNote");
    if (!field.value.trim()) return field.focus();
    if (!await decide("notes", { text: field.value.trim() })) return;
    field.value = "";
    closePanels();
    said(say("hotline.noteKept"));
  });
  part("phone").addEventListener("submit", async () => {
    if (!await decide("phone-unsafe")) return;
    part("phone").hidden = true;
    said(say("hotline.phoneDone"));
    part("case-title").focus();
  });
  part("disclosures").addEventListener("click", (event) => {
    const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-review-outcome]")) : null;
    const no = /** @type {HTMLElement | null} */ (button?.closest("[data-key]"))?.dataset.key;
    if (button && no) void decide(`disclosures/${no}/review`, { outcome: button.dataset.reviewOutcome });
  });
  for (const form of ["duress", "guardians", "noting", "phone"]) part(form).addEventListener("submit", (event) => event.preventDefault());
}
