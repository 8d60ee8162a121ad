// Shows what is true, newest first and large, with the hour it became true.
import { clock, count, say } from "./texts.js";

/** @import { Need, State } from "./types" */

/** @returns {State} */
export const blank = () => ({
  phase: "kept", onDisk: false, composedAt: Date.now(), waiting: "", receivedAt: "", view: null,
  offset: 0, heardAt: 0, silent: false, gone: false, cancelPending: false, code: "", needs: [],
});

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));

/** Only a change is written, so that a screen reader is not told the same thing again. @param {HTMLElement} place @param {string} text */
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {Need} need @param {number} now */
function expected(need, now) {
  const at = need.etaAt ? Date.parse(need.etaAt)
    : need.etaMinutes && need.acceptedAt ? Date.parse(need.acceptedAt) + need.etaMinutes * 60_000 : NaN;
  // The offset to the server's clock is good to a second only: never more than was promised.
  return { at, minutes: Math.min(Math.ceil((at - now) / 60_000), need.etaMinutes ?? Infinity) };
}

/** @param {string} need */
export function needWord(need) {
  return document.querySelector(`label[for="need-${need}"] span`)?.textContent ?? say(`need.${need}`);
}

/** @param {State} state */
function describe(state) {
  if (state.phase === "cancelled") return { news: say("cancelled"), details: state.cancelPending ? [say("cancelPending")] : [], steps: [], call: false };
  if (state.phase === "refused") return { news: say("refused"), details: [], steps: [], call: true };
  if (state.phase === "tooOld") return { news: say("tooOld"), details: [], steps: [], call: true };
  if (state.phase === "kept") {
    const details = state.waiting === "busy" ? [say("busy")] : state.waiting ? [say("retrying")] : [];
    return { news: say(state.onDisk ? "stored" : "inMemory"), details, steps: [say("storedAt", { time: clock(state.composedAt) }), say(state.onDisk ? "storedClose" : "inMemoryClose")], call: state.waiting !== "" };
  }
  return followed(state, state.view);
}

/** @param {State} state @param {State["view"]} view */
function followed(state, view) {
  const now = Date.now() + state.offset;
  const received = clock(view?.receivedAt ?? state.receivedAt);
  const told = view?.toldCount ?? 0;
  const steps = [say("receivedAt", { time: received }), ...(told ? [count("told", told)] : [])];
  const human = view?.humanAnswered || view?.status === "withHuman";
  const details = state.gone ? [say("gone")] : [];
  const accepted = view?.needs?.filter((need) => need.state === "accepted" && need.mode) ?? [];

  if (view?.status === "ended") return { news: say("ended"), details: [say("endedMore")], steps, call: false };
  if (accepted.length) {
    let late = false;
    const news = accepted.map((need) => {
      const { at, minutes } = expected(need, now);
      // Once she has arrived, no hour is waited for any more.
      const when = at && need.leg !== "there" ? say(minutes > 0 ? "expected" : "late", { time: clock(at) }) : "";
      if (when) details.push(accepted.length > 1 ? say("each", { need: needWord(need.need), when }) : when.charAt(0).toUpperCase() + when.slice(1));
      if (when && minutes <= 0) late = true;
      return say(`${need.need}.${need.leg ?? need.mode}`, { soon: minutes > 0 ? count("soon", minutes) : "" });
    });
    const open = view?.needs?.filter((need) => need.state === "asking").map((need) => needWord(need.need).toLowerCase()) ?? [];
    if (open.length) details.push(say("stillLooking", { needs: open.join(", ") }));
    if (human) steps.push(say("withHuman"));
    if (view?.needsContact) details.push(say("needsContact"));
    return { news: news.join("\n"), details, steps, call: late || Boolean(view?.needsContact) };
  }
  if (human) return { news: say("withHuman"), details, steps, call: false };
  if (view?.status === "nobodyYet") return { news: say("nobodyYet"), details, steps, call: true };
  if (told) return { news: count("told", told), details, steps: steps.slice(0, 1), call: false };
  return { news: say("received", { time: received }), details, steps: [], call: false };
}

/** The same request as a text, for a phone that has no network but a telephone's; only where nothing says that it arrived. @param {State} state @param {boolean} noNetwork */
function byText(state, noNetwork) {
  const link = /** @type {HTMLAnchorElement} */ (part("text-number"));
  const number = link.dataset.textNumber;
  part("by-text").hidden = !number || !noNetwork || state.phase !== "kept" || !state.code;
  if (!part("by-text").hidden) link.href = `sms:${number?.replace(/ /g, "")}?body=${encodeURIComponent(say("byText", { needs: state.needs.map(needWord).join(", "), code: state.code }))}`;
}

/** @param {State} state */
export function show(state) {
  const { news, details, steps, call } = describe(state);
  const over = state.phase !== "kept" && state.phase !== "received" || state.view?.status === "ended";
  const noNetwork = !over && (state.silent || state.waiting === "network");
  write(part("headline"), news);
  write(part("detail"), details.join("\n"));
  const list = part("steps");
  if (list.dataset.shown !== steps.join("\n")) {
    list.dataset.shown = steps.join("\n");
    list.replaceChildren(...steps.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
  part("follow").dataset.phase = over ? "over" : state.phase;
  part("call").hidden = !(call || noNetwork);
  part("no-network").hidden = !noNetwork;
  byText(state, noNetwork);
  write(part("last-news"), state.phase === "received" && state.heardAt && !over ? say("lastNews", { time: clock(state.heardAt) }) : "");
  part("cancel-offer").hidden = over || !part("cancel").hidden;
  part("more").hidden = over;
  part("again").hidden = !over;
  if (over) for (const name of ["cancel", "police-told", "noted"]) part(name).hidden = true;
}

/** What the page says now, for reading aloud. */
export const news = () => `${part("headline").textContent} ${part("detail").textContent}`;
