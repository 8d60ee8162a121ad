// What she says to a call-taker: who must not know, how she may be reached, that she no longer agrees. Each shows while it can do something.
import { input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { closePanels, openPanel } from "./panels.js";

/** @typedef {{channel: string, number?: string, hoursFrom?: string, hoursTo?: string, codeWord?: string}} SafeContact */
/** @typedef {import("./decide.js").Decidable & {verification?: string, womenOnly?: boolean}} Addable */
/** Asks the service; says why where it refuses. @typedef {{add(body: object): Promise<{unknownNames: string[]} | null>, takeBack(no: number): Promise<boolean>, said(text: string, kind?: "good" | "stop"): void}} Desk */

const forms = ["excluding", "reaching", "verifying", "withdrawing"];

/** @type {Addable | null} */
let shown = null;
let over = true;
/** Which basis the open panel would take back. */
let taking = -1;

const holding = () => (shown?.disclosures ?? []).filter((one) => !one.withdrawnAt);
const channel = () => /** @type {HTMLSelectElement} */ (part("reaching").querySelector("select"));
export const mayAdd = () => shown !== null && !over;

/** @param {Addable | null} one @param {boolean} ended */
export function showAdditions(one, ended) {
  [shown, over] = [one, ended];
  part("exclude-open").hidden = part("reach-open").hidden = ended;
  part("verify-open").hidden = ended || one?.verification === "inPerson";
  part("withdraw-open").hidden = ended || !holding().some(({ basis }) => basis === "consent");
  part("women-only").hidden = Boolean(one?.womenOnly);
  /** @type {HTMLElement} */ (part("verifying").querySelector("[data-verified=voice]")).hidden = one?.verification !== "none";
  if (ended) for (const panel of forms) part(panel).hidden = true;
  if (part("verify-open").hidden) part("verifying").hidden = true;
  if (!holding().some(({ no }) => no === taking)) part("withdrawing").hidden = true;
}

export function resetAdditions() {
  for (const panel of forms) { /** @type {HTMLFormElement} */ (part(panel)).reset(); part(panel).hidden = true; }
}

/** What is there is shown, so that what she does not change stays; but what came from a phone that somebody else may hold is never recorded anew by the way. */
function openReach() {
  const known = shown?.duress ? undefined : shown?.safeContact;
  channel().value = known?.channel ?? "call";
  input("reachNumber").value = known?.number ?? "";
  input("reachWord").value = known?.codeWord ?? "";
  input("reachFrom").value = known?.hoursFrom ?? "";
  input("reachTo").value = known?.hoursTo ?? "";
  showReach();
  openPanel("reaching");
}

function showReach() {
  part("reach-fields").hidden = channel().value === "none";
  input("reachNumber").required = channel().value !== "none";
}

/** @param {number | undefined} no */
function openWithdraw(no) {
  const one = holding().find((basis) => basis.no === no);
  if (!one || over) return;
  taking = one.no;
  write(part("withdraw-title"), say(`hotline.withdrawTitle.${one.basis === "consent" ? "hers" : "human"}`));
  openPanel("withdrawing");
}

/** @param {Desk} desk */
export function listenAdditions({ add, takeBack, said }) {
  /** @param {string} name */
  const typed = (name) => input(name).value.trim() || undefined;
  part("exclude-open").addEventListener("click", () => openPanel("excluding"));
  part("reach-open").addEventListener("click", openReach);
  part("verify-open").addEventListener("click", () => openPanel("verifying"));
  part("withdraw-open").addEventListener("click", () => openWithdraw(holding().find(({ basis }) => basis === "consent")?.no));
  part("disclosures").addEventListener("click", (event) => {
    const row = event.target instanceof Element && event.target.closest("[data-take-back] button") ? /** @type {HTMLElement | null} */ (event.target.closest("[data-key]")) : null;
    if (row) openWithdraw(Number(row.dataset.key));
  });
  channel().addEventListener("change", showReach);
  for (const panel of forms) part(panel).addEventListener("submit", (event) => event.preventDefault());

  part("excluding").addEventListener("submit", async () => {
    const [person, organisation, womenOnly] = [typed("excludedPerson"), typed("excludedOrganisation"), input("onlyWomen").checked];
    if (!person && !organisation && !womenOnly) return input("excludedPerson").focus();
    const answer = await add({ exclusions: { people: person ? [person] : [], organisations: organisation ? [organisation] : [], womenOnly } });
    if (!answer) return;
    /** @type {HTMLFormElement} */ (part("excluding")).reset();
    closePanels();
    if (answer.unknownNames.length) said(say("hotline.excludeUnknown", { names: answer.unknownNames.join(", ") }), "stop"); else said(say("hotline.excludeKept"));
  });
  part("reaching").addEventListener("submit", async () => {
    const way = channel().value;
    const safeContact = way === "none" ? { channel: way } : { channel: way, number: typed("reachNumber"), hoursFrom: typed("reachFrom"), hoursTo: typed("reachTo"), codeWord: typed("reachWord") };
    if (!await add({ safeContact })) return;
    closePanels();
    said(say("hotline.reachKept"));
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-verified]"))) button.addEventListener("click", async () => {
    if (!await add({ verification: button.dataset.verified })) return;
    closePanels();
    said(say("hotline.verified"));
  });
  part("withdrawing").addEventListener("submit", async () => {
    const others = holding().length > 1;
    if (!await takeBack(taking)) return;
    part("withdrawing").hidden = true;
    said(say(others ? "hotline.withdrawnOther" : "hotline.withdrawn"));
    part("case-title").focus();
  });
}
