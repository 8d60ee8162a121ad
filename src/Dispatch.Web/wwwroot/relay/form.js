// What is asked of the relay: as little as helps. Everything is gone from the page once it was sent, and whenever the page is left.
import { fresh, input, part, picture, write } from "../staff/dom.js";
import { language, say } from "../staff/texts.js";

const needs = ["health", "shelter", "psychosocial", "legal", "advocate", "transport"];
const children = /** @type {const} */ (["15to17", "12to14", "under12"]);
const form = /** @type {HTMLFormElement} */ (part("raise"));

/** @param {string} name */
const value = (name) => input(name, form).value.trim();
/** @param {string} name */
const chosen = (name) => /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${name}"]:checked`))?.value ?? "";
/** @param {string} name */
const ticked = (name) => input(name, form).checked;
const isChild = () => children.some((band) => band === chosen("age"));
/** @param {string} text */
const list = (text) => text.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean);

/** @param {{id: string, name: string}[]} areas @param {boolean} drill */
export function showForm(areas, drill) {
  part("needs", form).replaceChildren(...needs.map(needChoice));
  part("areas", form).replaceChildren(...(areas.length > 1 ? areas : []).map(areaChoice));
  part("drill", form).hidden = !drill;
  settle();
}

/** @param {string} need */
function needChoice(need) {
  const row = fresh("need");
  const box = input("needs", row);
  const label = /** @type {HTMLLabelElement} */ (row.querySelector("label"));
  box.value = need;
  box.id = label.htmlFor = `need-${need}`;
  write(part("word", row), say(`staff.need.${need}`));
  picture(row, need);
  listenTo(/** @type {HTMLElement} */ (row.querySelector(".listen")), say(`staff.need.${need}`));
  return row;
}

/** @param {{id: string, name: string}} area @param {number} at */
function areaChoice({ id, name }, at) {
  const row = fresh("area");
  const box = input("area", row);
  box.value = id;
  box.checked = box.defaultChecked = at === 0;
  box.id = /** @type {HTMLLabelElement} */ (row.querySelector("label")).htmlFor = `area-${at}`;
  write(part("word", row), name);
  return row;
}

/** @param {HTMLElement} button @param {string} words */
function listenTo(button, words) {
  if (!globalThis.speechSynthesis) return;
  button.hidden = false;
  button.setAttribute("aria-label", say("relay.listen", { words }));
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(words);
    said.lang = language;
    speechSynthesis.speak(said);
  });
}

/** Shows what belongs to what was chosen. */
function settle() {
  part("limits", form).hidden = !isChild();
  part("police", form).hidden = chosen("agreed") !== "herWord";
  if (part("police", form).hidden) input("police", form).checked = false;
  part("reach", form).hidden = !["call", "sms"].includes(chosen("channel"));
}

export function forgetForm() {
  form.reset();
  for (const box of /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll("details"))) box.open = false;
  write(part("raise-problem", form), "");
  settle();
}

/** What is missing, in words; "" when it may go. @returns {string} */
export function missing() {
  if (!chosen("agreed")) return say("relay.missing.agreed");
  if (isChild() && chosen("agreed") === "herWord" && !ticked("limitsSaid")) return say("relay.missing.limits");
  if (!ages()) return say("relay.missing.children");
  if (["call", "sms"].includes(chosen("channel")) && !value("number")) return say("relay.missing.number");
  return "";
}

/** Ages of the children with her; null where something else was written. @returns {number[] | null} */
function ages() {
  const all = list(value("children").replaceAll(" ", ",")).map(Number);
  return all.every((age) => Number.isInteger(age) && age >= 0 && age <= 17) && all.length <= 20 ? all : null;
}

/** @returns {object} */
export function answers() {
  const adults = Number.parseInt(value("adults"), 10);
  const channel = chosen("channel");
  const spoken = value("spoken") || language;
  const asked = Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=needs]:checked")), (box) => box.value);
  const people = list(value("excluded")).slice(0, 10);
  const police = ticked("police") && chosen("agreed") === "herWord";
  const some = Number.isInteger(adults) || ages()?.length || ticked("pregnant") || ticked("wheelchair");
  return {
    // The police alone is never the whole request: what the area asks for without a choice goes with it.
    needs: police ? [...(asked.length ? asked : ["health"]), "police"] : asked,
    agreed: { how: chosen("agreed"), wordingVersion: value("wording"), language: spoken },
    policeConsent: police ? { wordingVersion: value("policeWording"), language: spoken } : undefined,
    area: value("elsewhere") || chosen("area") || undefined,
    location: value("landmark") ? { landmark: value("landmark") } : undefined,
    ageBand: chosen("age") || undefined,
    limitsWording: isChild() && ticked("limitsSaid") ? say("hotline.limits.version") : undefined,
    party: some ? { adults: Number.isInteger(adults) ? adults : undefined, children: ages() ?? [], pregnant: ticked("pregnant") || undefined, wheelchair: ticked("wheelchair") || undefined } : undefined,
    exclusions: people.length || ticked("womenOnly") ? { people, organisations: people, womenOnly: ticked("womenOnly") } : undefined,
    safeContact: channel ? channel === "none" ? { channel } : {
      channel, number: value("number"), hoursFrom: value("hoursFrom") || undefined, hoursTo: value("hoursTo") || undefined, codeWord: value("codeWord") || undefined, voicemail: false } : undefined,
    language,
    exercise: ticked("exercise") || undefined,
  };
}

form.addEventListener("change", settle);
// Whoever presses "back" after the next person came to the desk finds nothing, whether the browser kept the page or not.
addEventListener("pagehide", forgetForm);
addEventListener("pageshow", forgetForm);
for (const button of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-listen]"))) listenTo(button, button.dataset.listen ?? "");
