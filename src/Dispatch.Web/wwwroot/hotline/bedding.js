// What a call-taker does about beds. The service decides; what it refuses is said beside the request, and nothing is asked for twice by a repeat.
import { call } from "../staff/api.js";
import { input, part } from "../staff/dom.js";
import { say } from "../staff/texts.js";
import { aboutBeds, alertShown, mayAsk, showBeds } from "./beds.js";

/** @typedef {import("./beds.js").Bedded & {version: number, area?: {id?: string}}} Case */
/** Asks the service; says why where it refuses. @typedef {{ask(path: string, body: object, key?: string): Promise<import("../staff/api.js").Answer | null>, said(text: string, kind?: "good" | "stop"): void}} Desk */

/** The key of an ask whose answer was lost: the same ask again is the same one. @type {Map<string, string>} */
const keys = new Map();

/** What the houses were asked about last: each look is on record, so that nobody looks again before something changed or they may have. */
let looked = { what: "", at: 0, /** @type {import("./beds.js").Known} */ known: {} };
const lookAgain = 30_000;

/** @param {Case | null} one */
export async function fetchBeds(one) {
  showBeds(one);
  if (!one || !aboutBeds(one)) return;
  const counts = one.area?.id ? await call("GET", `/api/v1/areas/${encodeURIComponent(one.area.id)}/beds`) : null;
  // Meanwhile another request is looked at, or nobody is signed in any more.
  const gone = () => alertShown() !== one.id || !part("beds");
  if (gone()) return;
  const figures = counts?.ok ? counts.body : undefined;
  const what = JSON.stringify([one.id, one.version, figures]);
  if (what === looked.what && Date.now() - looked.at < lookAgain) return showBeds(one, { ...looked.known, counts: figures });
  const alert = `/api/v1/alerts/${encodeURIComponent(one.id)}`;
  const [houses, places] = await Promise.all([call("GET", `${alert}/houses`), call("GET", `${alert}/overflow`)]);
  if (gone()) return;
  const settled = [houses, places].every(({ ok, code }) => ok || code === "party_unknown");
  looked = { what: settled ? what : "", at: Date.now(), known: { houses: houses.ok ? houses.body : undefined, places: places.ok ? places.body.places : undefined, partyUnknown: houses.code === "party_unknown" } };
  showBeds(one, { ...looked.known, counts: figures });
}

/** By its key: to where the next house is asked, or to the first thing that can be done. */
export function goToBeds() {
  if (part("beds").hidden) return;
  const button = /** @type {HTMLElement | null} */ (part("beds-next").hidden ? part("beds").querySelector("[data-act]") : part("beds-next"));
  (button ?? part("beds-title")).focus();
}

/** @param {string} name @returns {number[]} */
const ages = (name) => (input(name).value.match(/\d+/g) ?? []).map(Number);

/** For whom, where the call-taker said it; otherwise as it is known. */
function party() {
  if (!/** @type {HTMLDetailsElement} */ (part("beds-party")).open) return undefined;
  const boys = ages("bedBoys");
  const girls = ages("bedGirls");
  return {
    adults: Number(input("bedAdults").value || 1), children: [...boys.map((age) => ({ age, boy: true })), ...girls.map((age) => ({ age, boy: false }))],
    pregnant: input("bedPregnant").checked, wheelchair: input("bedWheelchair").checked, nights: Number(input("bedNights").value) || undefined,
  };
}

/** The next time that the clock shows this. @param {string} time */
function nextAt(time) {
  const [hours, minutes] = time.split(":").map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours)) return undefined;
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at.getTime() <= Date.now()) at.setDate(at.getDate() + 1);
  return at.toISOString();
}

/** @param {Desk} desk */
export function listenBeds({ ask, said }) {
  const why = /** @type {HTMLSelectElement} */ (part("beds").querySelector("select[name=bedWhy]"));

  /** A no has a reason, from a list: what stands beside it is not sealed. */
  const reason = () => {
    if (!why.value) { said(say("error.reason_required"), "stop"); why.focus(); }
    return why.value;
  };

  /** @param {string} path @param {object} body @param {string} done @param {boolean} [create] @returns {Promise<any>} what the service answered, or null where it did nothing */
  async function send(path, body, done, create = false) {
    const what = `${path} ${JSON.stringify(body)}`;
    const key = create ? keys.get(what) ?? crypto.randomUUID() : undefined;
    if (key) keys.set(what, key);
    const answer = await ask(path, body, key);
    if (answer && (answer.ok || answer.status >= 400 && answer.status < 500)) keys.delete(what);
    if (!answer?.ok) return null;
    why.value = input("bedUntil").value = "";
    const told = answer.body ?? {};
    // Said again after a lost answer, it tells how the ask from before stands by now.
    const over = create && (told.state === "over" || told.state === "releasing");
    if (over) said(say("hotline.beds.overSince"), "stop");
    else said(say(answer.status === 202 ? "hotline.beds.notYet" : create && told.state === "booked" ? "hotline.beds.booked" : done));
    part("beds-title").focus();
    return told;
  }

  /** The house said yes on the telephone: its beds are held and at once said yes to. @param {string} shelterId */
  async function saidYes(shelterId) {
    const held = await send(saidPath(shelterId), { answer: "yes", party: party() }, "hotline.beds.held", true);
    if (held?.state === "held") await send(`/api/v1/holds/${encodeURIComponent(held.holdId)}/confirm`, { yes: true }, "hotline.beds.booked");
  }

  /** @param {string} shelterId */
  const saidPath = (shelterId) => `/api/v1/alerts/${encodeURIComponent(alertShown())}/houses/${encodeURIComponent(shelterId)}/said`;

  /** @param {string | undefined} shelterId */
  const hold = (shelterId) => send(`/api/v1/alerts/${encodeURIComponent(alertShown())}/holds`, { shelterId, party: party() }, "hotline.beds.held", true);

  /** @type {Record<string, (key: string, act: string) => void>} */
  const acts = {
    "beds-holds": (holdId, act) => {
      const path = `/api/v1/holds/${encodeURIComponent(holdId)}`;
      if (act === "giveUp") void send(`${path}/release`, {}, "hotline.beds.givenUp");
      else void send(`${path}/confirm`, { yes: act === "yes" }, act === "yes" ? "hotline.beds.booked" : "hotline.beds.noted");
    },
    "beds-houses": (shelterId) => void hold(shelterId),
    "beds-ring": (shelterId, act) => {
      if (act === "yes") return void saidYes(shelterId);
      const because = reason();
      if (because) void send(saidPath(shelterId), { answer: act, reason: because }, "hotline.beds.noted", true);
    },
    "beds-places": (placeId, act) => {
      const path = `/api/v1/alerts/${encodeURIComponent(alertShown())}/overflow/${encodeURIComponent(placeId)}`;
      if (act === "release") return void send(`${path}/release`, {}, "hotline.beds.givenUp");
      const answer = act === "no" ? { answer: act, reason: reason() } : act === "yes" ? { answer: act, until: nextAt(input("bedUntil").value) } : { answer: act };
      if (answer.reason !== "") void send(path, answer, "hotline.beds.noted");
    },
  };

  part("beds").addEventListener("submit", (event) => event.preventDefault());
  part("beds-next").addEventListener("click", () => { if (mayAsk()) void hold(undefined); });
  for (const [list, act] of Object.entries(acts)) part(list).addEventListener("click", (event) => {
    const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-act]")) : null;
    const key = /** @type {HTMLElement | null} */ (button?.closest("li"))?.dataset.key;
    if (button?.dataset.act && key) act(key, button.dataset.act);
  });
}
