// What is said after sending: that it is kept, received, or taken by a person. Never anything of what it was about.
import { call } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { has, hour, say } from "../staff/texts.js";

const every = 3000;
const shownFor = 30 * 60_000;
let following = 0;

/** @param {"kept" | "received" | "taken" | "refused"} state @param {string} title @param {string} detail */
function show(state, title, detail) {
  part("raise").hidden = true;
  part("sent").hidden = false;
  part("sent").dataset.state = state;
  write(part("sent-title"), title);
  write(part("sent-detail"), detail);
}

export function leaveSent() {
  following++;
  part("sent").hidden = true;
}

/** @param {boolean} offline */
export const showKept = (offline) => show("kept", say("relay.kept"), say(offline ? "relay.keptOffline" : "relay.keptBusy"));

/** @param {string} code */
export function showRefused(code) {
  const key = `relay.refused.${code}`;
  show("refused", say("relay.refused"), say(has(key) ? key : "relay.refused.other"));
}

/** @param {string} receipt @param {string} at @param {string} number the desk's own, masked @param {() => void} signedOut */
export function showReceived(receipt, at, number, signedOut) {
  show("received", say("relay.received", { time: hour(at) }), say("relay.ringsNow", { number }));
  const mine = ++following;
  const until = Date.now() + shownFor;
  const look = async () => {
    if (mine !== following || Date.now() > until) return;
    const answer = await call("GET", `/api/v1/relay/receipts/${encodeURIComponent(receipt)}`);
    if (mine !== following) return;
    if (answer.code === "signedOut") return signedOut();
    if (answer.status === 404) return;
    if (answer.ok && answer.body.state === "taken") show("taken", say("relay.taken"), say("relay.takenDetail", { number }));
    else if (answer.ok) show("received", say("relay.received", { time: hour(at) }), say("relay.ringsNow", { number }));
    setTimeout(look, every);
  };
  setTimeout(look, every);
}
