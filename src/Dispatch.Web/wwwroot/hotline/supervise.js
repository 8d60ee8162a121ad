// What a supervisor does about a request that others have: takes it over, has more people asked, ends the asking for one need.
import { part } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { closePanels, openPanel } from "./panels.js";

/** @typedef {{id: string, status: string, late: boolean, duress: boolean, duressDecided?: {decision: string}, needs: {need: string, state: string}[]}} Supervised */
/** @typedef {{decide(path: string, body?: object, key?: string): Promise<boolean>, act(path: string, body: object): Promise<boolean>, said(text: string, kind?: "good" | "stop"): void}} Desk */

/** @type {Supervised | null} */
let shown = null;
/** The same widening sent again after a lost answer asks once. */
let key = "";

const form = () => /** @type {HTMLFormElement} */ (part("calling-off"));
/** @param {string} name */
const choice = (name) => /** @type {HTMLSelectElement} */ (form().querySelector(`select[name=${name}]`));

/** @param {Supervised | null} one @param {boolean} supervisor */
export function showSupervision(one, supervisor) {
  if (one?.id !== shown?.id) { key = ""; form().reset(); form().hidden = true; }
  shown = one;
  const over = !one || one.status === "ended" || one.status === "cancelled" || !supervisor;
  const open = (one?.needs ?? []).filter(({ state }) => state !== "closed").map(({ need }) => need);
  const standingOff = one?.duress && one.duressDecided?.decision !== "goOn";
  part("widen").hidden = over || Boolean(one.late || standingOff) || !one.needs.some(({ state }) => state === "asking" || state === "planned");
  part("call-off-open").hidden = over || !open.length;
  if (part("call-off-open").hidden) form().hidden = true;
  for (const option of Array.from(choice("offNeed").options)) option.hidden = option.disabled = !open.includes(option.value);
  if (choice("offNeed").selectedOptions[0]?.disabled !== false) choice("offNeed").value = open[0] ?? "";
}

/** @param {import("./queue.js").Item | undefined} item @param {string} me @param {boolean} supervisor */
export function showTakeOver(item, me, supervisor) {
  part("take-over").hidden = !supervisor || item?.state !== "taken" || item.takenBy?.id === me;
}

/** @param {Desk} desk */
export function listenSupervision({ decide, act, said }) {
  part("widen").addEventListener("click", async () => {
    key ||= crypto.randomUUID();
    if (!await decide("widen", {}, key)) return;
    key = "";
    said(say("hotline.widened"));
  });
  part("take-over").addEventListener("click", async () => {
    if (await act("take-over", {})) { said(say("hotline.takenOver")); part("case-title").focus(); }
  });
  part("call-off-open").addEventListener("click", () => openPanel("calling-off"));
  form().addEventListener("submit", async (event) => {
    event.preventDefault();
    const reason = choice("offReason").value;
    if (!reason) { said(say("error.reason_required"), "stop"); return choice("offReason").focus(); }
    if (!await decide("call-off", { need: choice("offNeed").value, reason })) return;
    form().reset();
    closePanels();
    said(say("hotline.calledOff"));
  });
}
