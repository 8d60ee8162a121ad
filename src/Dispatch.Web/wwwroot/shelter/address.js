// The guardian's part: the address goes in and never comes back out to this page; one named driver may see it for one booking, and how often he did shows here.
import { call, explain } from "../staff/api.js";
import { fresh, input, keyed, part, write } from "../staff/dom.js";
import { count, say } from "../staff/texts.js";
import { moment, shortly } from "./words.js";

/** @typedef {import("./words.js").Hold} Hold */
/** @typedef {{releaseId: string, holdId: string, driver: {displayName: string}, by: {displayName: string}, reason: string, at: string, until: string, endedAt?: string, looks: number}} Release */

let house = "";
/** The booking that an address is being given for, and the key that makes a repeat the same gift. @type {{hold: Hold, key: string} | null} */
let giving = null;
/** @type {() => void} */
let signedOut = () => {};

const path = () => `/api/v1/shelters/${encodeURIComponent(house)}`;
const section = () => /** @type {HTMLDetailsElement} */ (part("address"));

/** @param {string} text @param {"good" | "stop"} [kind] */
function told(text, kind = "good") {
  part("address-said").dataset.kind = kind;
  write(part("address-said"), text);
}

/** @param {"GET" | "POST" | "PUT" | "DELETE"} method @param {string} end @param {object} [body] @param {string} [key] */
async function ask(method, end, body, key) {
  const answer = await call(method, `${path()}/${end}`, body, key);
  if (answer.code === "signedOut") signedOut();
  else if (!answer.ok) told(explain(answer), "stop");
  return answer;
}

async function showReleases() {
  const answer = await ask("GET", "address-releases");
  if (!answer.ok) return;
  const releases = /** @type {Release[]} */ (answer.body.releases);
  part("releases-empty").hidden = releases.length > 0;
  keyed(part("releases"), releases, (one) => one.releaseId, make, update);
}

/** @param {Release} release */
function make(release) {
  const line = fresh("release");
  part("withdraw", line).addEventListener("click", async () => {
    if ((await ask("DELETE", `address-releases/${encodeURIComponent(release.releaseId)}`)).ok) told(say("shelter.withdrawn"));
    void showReleases();
  });
  return line;
}

/** @param {HTMLElement} line @param {Release} release */
function update(line, release) {
  const over = release.endedAt ?? (Date.parse(release.until) <= Date.now() ? release.until : "");
  write(part("driver", line), release.driver.displayName);
  write(part("release-about", line), [
    say(over ? "shelter.releaseEnded" : "shelter.releaseUntil", { time: moment(over || release.until) }), say(`shelter.reason.${release.reason}`), say("shelter.releasedBy", { who: release.by.displayName }),
  ].join(" · "));
  write(part("looks", line), release.looks ? count("shelter.looks", release.looks) : say("shelter.noLooks"));
  part("withdraw", line).hidden = over !== "";
}

/** @param {Hold} hold */
export function openGiving(hold) {
  giving = { hold, key: crypto.randomUUID() };
  section().open = true;
  part("giving").hidden = false;
  write(part("giving-for"), say("shelter.givingFor", { hold: shortly(hold) }));
  input("driver").focus();
}

export function closeAddress() {
  giving = null;
  section().open = false;
  for (const name of ["address-form", "giving"]) /** @type {HTMLFormElement} */ (part(name)).reset();
  part("giving").hidden = true;
  part("releases").replaceChildren();
  told("");
}

/** @param {string} of the house */
export function chooseHouse(of) {
  house = of;
  closeAddress();
}

/** @param {() => void} left */
export function listenAddress(left) {
  signedOut = left;
  section().addEventListener("toggle", () => { if (section().open) void showReleases(); });
  part("address-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input("addressText").value.trim();
    if (!text || !(await ask("PUT", "address", { text })).ok) return;
    /** @type {HTMLFormElement} */ (part("address-form")).reset();
    told(say("shelter.addressKept"));
    void showReleases();
  });
  part("giving").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!giving) return;
    const body = { holdId: giving.hold.holdId, driver: input("driver").value.trim(), reason: /** @type {HTMLSelectElement} */ (part("giving").querySelector("select")).value };
    if (!(await ask("POST", "address-releases", body, giving.key)).ok) return;
    giving = null;
    /** @type {HTMLFormElement} */ (part("giving")).reset();
    part("giving").hidden = true;
    told(say("shelter.given"));
    void showReleases();
  });
  part("giving-back").addEventListener("click", () => { giving = null; part("giving").hidden = true; });
}
