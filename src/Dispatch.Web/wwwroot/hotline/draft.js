// What is being written down while she talks: read from the fields when it is sent, put back where it is refused.
import { input, part, write } from "../staff/dom.js";
import { language, say } from "../staff/texts.js";
import { areaSaid, resetPlaces } from "./places.js";

const form = () => /** @type {HTMLFormElement} */ (part("raise"));
/** @param {string} name */
const typed = (name) => input(name).value.trim() || undefined;
/** @param {string} name */
const chosen = (name) => /** @type {HTMLInputElement | null} */ (form().querySelector(`[name=${name}]:checked`))?.value || undefined;
/** @param {string} name */
const select = (name) => /** @type {HTMLSelectElement} */ (form().querySelector(`select[name=${name}]`)).value || undefined;
/** @param {string} name @returns {number[]} */
const ages = (name) => (input(name).value.match(/\d+/g) ?? []).map(Number).filter((age) => age < 18);
/** @param {string} name */
const checked = (name) => input(name).checked || undefined;

/** What is chosen by keys rather than in fields. */
let said = { needs: /** @type {string[]} */ ([]), police: false, limits: false };

export const needButtons = () => /** @type {HTMLElement[]} */ (Array.from(form().querySelectorAll("[data-wish]")));
const isChild = () => !["", "18plus"].includes(chosen("raiseAge") ?? "");

/** @param {string} need */
export function toggleNeed(need) {
  said.needs = said.needs.includes(need) ? said.needs.filter((one) => one !== need) : [...said.needs, need];
  if (!said.needs.includes("police")) said.police = false;
  showSaid();
}

export const policeAsked = () => said.needs.includes("police") && !said.police;
export function policeSaid() { said.police = true; showSaid(); }
export function limitsSaid() { said.limits = true; showSaid(); }

export function showSaid() {
  for (const button of needButtons()) button.setAttribute("aria-pressed", String(said.needs.includes(button.dataset.wish ?? "")));
  part("police-step").hidden = !policeAsked();
  write(part("police-state"), said.police ? say("hotline.raise.policeYes") : "");
  part("raise-child").hidden = !isChild();
  part("raise-limits").hidden = said.limits;
  write(part("raise-limits-state"), said.limits ? say("hotline.raise.limitsDone") : "");
  // What a child answers before she knows where confidence ends is not written down.
  const closed = isChild() && !said.limits;
  /** @type {HTMLTextAreaElement} */ (form().querySelector("[name=raiseNote]")).disabled = closed;
  write(part("note-closed"), closed ? say("hotline.raise.noteClosed") : "");
  part("raise-reach-fields").hidden = !["call", "sms"].includes(select("raiseReach") ?? "");
}

export const isEmpty = () => !said.needs.length && Array.from(new FormData(form())).every(([name, value]) => value === "" || name === "raiseChannel" || name === "raiseLine" || name === "raiseLanguage" || name === "raiseAbout");

export function clearDraft() {
  form().reset();
  said = { needs: [], police: false, limits: false };
  resetPlaces();
  showSaid();
}

/** So that what was refused can be written on. */
export function keepDraft() {
  const fields = Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (form().querySelectorAll("input, select, textarea")), (field) => ({ field, value: field.value, checked: field.checked }));
  const kept = { ...said };
  return () => {
    for (const { field, value, checked: was } of fields) if (field.type === "radio" || field.type === "checkbox") field.checked = was; else field.value = value;
    said = kept;
    showSaid();
  };
}

function party() {
  const boys = ages("raiseBoys");
  const children = [...boys, ...ages("raiseGirls")];
  const one = { adults: Number(input("raiseAdults").value) || undefined, children: children.length ? children : undefined, boys: boys.length ? boys : undefined, pregnant: checked("raisePregnant"), wheelchair: checked("raiseWheelchair") };
  return Object.values(one).some(Boolean) ? one : undefined;
}

/** @type {Record<string, string>} */
const channels = { ringBack: "call", text: "sms", neverRing: "none" };

/** Only what she said is safe. What to do when the line drops says by itself how she may be reached, where she said nothing else. */
function safeContact() {
  const ifDropped = chosen("raiseDropped");
  const channel = select("raiseReach") ?? channels[ifDropped ?? ""];
  if (!channel) return undefined;
  if (channel === "none") return { channel, ifDropped };
  return { channel, ifDropped, number: typed("raiseNumber"), hoursFrom: typed("raiseFrom"), hoursTo: typed("raiseTo"), codeWord: typed("raiseWord"), voicemail: checked("raiseVoicemail") };
}

function exclusions() {
  const [person, organisation, womenOnly] = [typed("raiseNotPerson"), typed("raiseNotOrganisation"), checked("raiseWomen")];
  return person || organisation || womenOnly ? { people: person ? [person] : [], organisations: organisation ? [organisation] : [], womenOnly } : undefined;
}

/** Police only after her yes to the question about police: what was pressed and not answered stays out. */
export function bodyOf() {
  const wording = { wordingVersion: say("hotline.raise.agree.version"), language };
  const needs = said.needs.filter((need) => need !== "police" || said.police);
  const { area, place } = areaSaid();
  const landmark = [place, typed("raiseLandmark")].filter(Boolean).join(", ");
  const note = /** @type {HTMLTextAreaElement} */ (form().querySelector("[name=raiseNote]"));
  return {
    channel: chosen("raiseChannel") ?? "call",
    needs: needs.length ? needs : undefined,
    agreed: checked("raiseAgreed") && wording,
    policeConsent: said.police ? { wordingVersion: say("hotline.raise.police.version"), language } : undefined,
    area, location: landmark ? { landmark } : undefined,
    ageBand: chosen("raiseAge"), limitsWording: isChild() && said.limits ? say("hotline.limits.version") : undefined,
    party: party(), safeContact: safeContact(), language: select("raiseLanguage"), exclusions: exclusions(),
    note: note.disabled ? undefined : note.value.trim() || undefined,
  };
}
