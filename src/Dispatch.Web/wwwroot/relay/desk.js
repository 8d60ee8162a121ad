// Before the first time: what is promised, and where the line rings. Later only the number.
import { call, explain } from "../staff/api.js";
import { input, part, write } from "../staff/dom.js";
import { say } from "../staff/texts.js";

/** @typedef {{charterVersion?: string, number?: string, areas: {id: string, name: string}[], drillOpen: boolean, fallbackNumber: string}} Desk */

/** @param {Desk} desk @param {boolean} back whether there is a way back without saving */
export function openCharter(desk, back) {
  part("charter").hidden = false;
  part("raise").hidden = part("sent").hidden = true;
  part("charter-back").hidden = !back;
  input("deskNumber").placeholder = desk.number ?? "+223 …";
  input("deskNumber").value = "";
  /** @type {HTMLElement} */ (part("charter").querySelector("h2")).focus();
}

export const isAccepted = (/** @type {Desk} */ desk) => desk.charterVersion === say("relay.charter.version");

/** @param {{accepted: (desk: Desk) => void, back: () => void, out: (problem: string) => void}} tell */
export function listenCharter({ accepted, back, out }) {
  const form = /** @type {HTMLFormElement} */ (part("charter-form"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await call("PUT", "/api/v1/relay/desk", { charterVersion: say("relay.charter.version"), number: input("deskNumber").value.trim() });
    if (answer.code === "signedOut") return out(explain(answer));
    write(part("charter-problem"), answer.ok ? "" : explain(answer));
    if (!answer.ok) return input("deskNumber").focus();
    form.reset();
    part("charter").hidden = true;
    accepted(answer.body);
  });
  part("charter-back").addEventListener("click", () => { form.reset(); part("charter").hidden = true; back(); });
}
