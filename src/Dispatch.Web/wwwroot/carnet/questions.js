// One question at a time, none of them required: before pressing they fill the draft, afterwards each answer is added on its own.
import { say } from "./texts.js";

/** @import { Body, Question } from "./types" */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-questions]"));
const next = /** @type {HTMLButtonElement} */ (root.querySelector("[data-next]"));
const back = /** @type {HTMLButtonElement} */ (root.querySelector("[data-back]"));
const problem = /** @type {HTMLElement} */ (root.querySelector("[data-problem]"));
/** @type {GeolocationCoordinates | null} */
let position = null;

/** @param {string} name */
const value = (name) => /** @type {HTMLInputElement} */ (root.querySelector(`[name="${name}"]`)).value.trim();
/** @param {string} name */
const chosen = (name) => Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll(`[name="${name}"]:checked`)), (box) => box.value);
/** @param {Question} question */
const box = (question) => /** @type {HTMLElement} */ (root.querySelector(`[data-question="${question}"]`));

/** @param {Question} question @returns {Body | null} null when nothing was answered */
export function answer(question) {
  if (question === "needs") return chosen("needs").length ? { needs: chosen("needs") } : null;
  if (question === "police") {
    if (chosen("police")[0] !== "yes") return null;
    return { needs: ["police"], policeConsent: { wordingVersion: value("policeWording"), language: document.documentElement.lang } };
  }
  if (question === "where") {
    const landmark = value("note") || undefined;
    if (!landmark && !position) return null;
    return { location: { landmark, latitude: position?.latitude, longitude: position?.longitude, accuracyMeters: position ? Math.ceil(position.accuracy) : undefined } };
  }
  if (question === "contact") {
    const channel = chosen("channel")[0];
    if (!channel) return null;
    const more = channel === "none" ? {} : {
      number: value("number") || undefined, hoursFrom: value("hoursFrom") || undefined,
      hoursTo: value("hoursTo") || undefined, codeWord: value("codeWord") || undefined, voicemail: false };
    return { safeContact: { channel, ...more }, pin: value("proof") || undefined };
  }
  const pin = value("pin") || undefined;
  const duressPin = value("duressPin") || undefined;
  return pin || duressPin ? { pin, duressPin } : null;
}

/** The questions' answers in one body, and the ones that must follow as additions.
 * Police alone never becomes the whole request: without another need it follows as an addition. */
export function draft() {
  const { pin: _, ...contact } = answer("contact") ?? {};
  const needs = answer("needs");
  const police = answer("police");
  /** @type {Body} */
  const body = { ...answer("where"), ...contact, ...answer("code") };
  if (needs) body.needs = [.../** @type {string[]} */ (needs.needs), ...(police ? ["police"] : [])];
  if (needs && police) body.policeConsent = police.policeConsent;
  const answered = /** @type {Question[]} */ (["needs", "police", "where", "contact"]).filter((question) => answer(question));
  return { body, answered, later: police && !needs ? police : null };
}

function sound() {
  const clash = value("pin") !== "" && value("pin") === value("duressPin");
  problem.textContent = clash ? say("code.same") : "";
  return !clash;
}

/** Walks through the questions. @param {Question[]} order @param {boolean} raised
 * @param {(question: Question, added: Body | null) => void} answered @param {() => void} finished */
export function walk(order, raised, answered, finished) {
  let at = 0;
  const turn = (/** @type {number} */ step, /** @type {boolean} */ focus) => {
    at += step;
    problem.textContent = "";
    const now = order[at];
    for (const one of root.querySelectorAll("[data-question]")) /** @type {HTMLElement} */ (one).hidden = one.getAttribute("data-question") !== now;
    if (!now) { root.hidden = true; return finished(); }
    root.hidden = false;
    next.textContent = say(raised && now !== "police" ? "add" : "next");
    next.hidden = !raised && at === order.length - 1;
    back.textContent = raised ? say("skip") : (back.dataset.word ??= back.textContent ?? "");
    back.hidden = raised ? now === "police" : at === 0;
    if (focus) /** @type {HTMLElement | null} */ (box(now).querySelector("h2"))?.focus();
  };
  next.onclick = () => {
    const now = order[at];
    if (!now || !sound()) return;
    if (raised) answered(now, answer(now));
    turn(1, true);
  };
  back.onclick = () => turn(raised ? 1 : -1, true);
  turn(0, false);
  return {
    ask(/** @type {Question} */ question) { if (!order.includes(question, at)) order.splice(at, 0, question); turn(0, true); },
    /** Once what is open now was answered. @param {Question} question */
    askAfter(question) {
      if (!order.includes(question, at)) order.push(question);
      turn(0, false);
    },
  };
}

/** Shows what only works with scripts, and listens. */
export function prepare() {
  root.classList.add("stepped");
  for (const part of root.querySelectorAll("[data-scripted]")) /** @type {HTMLElement} */ (part).hidden = false;
  /** @type {HTMLElement} */ (root.querySelector("[data-plain]")).hidden = true;
  /** @type {HTMLElement} */ (root.querySelector("[data-moves]")).hidden = false;
  const reach = /** @type {HTMLElement} */ (root.querySelector("[data-reach]"));
  root.addEventListener("change", () => { reach.hidden = ![ "call", "sms" ].includes(chosen("channel")[0] ?? ""); sound(); });
  const locate = /** @type {HTMLButtonElement} */ (root.querySelector("[data-locate]"));
  const located = /** @type {HTMLElement} */ (root.querySelector("[data-located]"));
  locate.hidden = !navigator.geolocation;
  locate.addEventListener("click", () => {
    located.textContent = say("where.finding");
    navigator.geolocation.getCurrentPosition((found) => {
      position = found.coords;
      located.textContent = say("where.ready", { m: Math.ceil(found.coords.accuracy) });
    }, () => { located.textContent = say("where.failed"); }, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
  });
}

/** The service wants the secret code for a safe contact. */
export function wantPin() {
  /** @type {HTMLElement} */ (root.querySelector("[data-needs-pin]")).hidden = false;
}
