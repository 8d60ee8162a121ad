// Who is here: asks the service, shows the sign-in form when it does not know.
import { call, explain } from "./api.js";
import { input, part, write } from "./dom.js";
import { loadTexts, say } from "./texts.js";

/** @typedef {{accountId: string, displayName: string, userName: string, roles: string[], organisation: {id: string, name: string, kind: string}, needs: string[], areas: {id: string, name: string}[], lines: string[], houses: {id: string, name: string}[], duty: {onDuty: boolean, until?: string, drill: boolean}, language: string}} Me */

/** @param {"loading" | "sign-in" | "change" | "app"} name */
export function showView(name) {
  for (const view of ["loading", "sign-in", "change", "app"]) part(view).hidden = view !== name;
}

const title = document.title;

/** While somebody signs out the line ends before what is kept here is gone: nobody is asked in until it is. */
let leaving = false;
/** What would have been said meanwhile. @type {string | null} */
let held = null;

/** Nothing of the person who leaves stays on this page. The next one gets a fresh one. */
function empty() {
  part("app").replaceChildren();
  for (const place of document.querySelectorAll("[data-who], [data-counts], [data-line-state]")) place.replaceChildren();
  for (const form of document.forms) form.reset();
  part("title").textContent = document.title = title;
}

/** @param {string} [problem] */
export function askWho(problem = "") {
  if (leaving) { held = problem; return; }
  empty();
  showView("sign-in");
  write(part("sign-in-problem"), problem);
  input("userName").focus();
}

/** A first password was made by somebody else: nothing opens before its owner has chosen her own. */
function askChange() {
  showView("change");
  input("currentPassword").focus();
}

async function change() {
  const answer = await call("PUT", "/api/v1/me/password", { current: input("currentPassword").value, new: input("newPassword").value });
  if (answer.ok) location.reload();
  else write(part("change-problem"), explain(answer));
}

/** Runs the page once somebody is signed in. @param {(me: Me) => void} run @param {() => Promise<void>} [left] what else ends with the session */
export async function open(run, left) {
  await loadTexts();
  const form = /** @type {HTMLFormElement} */ (part("sign-in-form"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));
  const show = part("show-password");

  async function look() {
    for (let tries = 0; ; tries++) {
      const answer = await call("GET", "/api/v1/me");
      if (answer.ok) { showView("app"); return run(answer.body); }
      if (answer.code === "signedOut") return askWho();
      if (answer.code === "password_change_required") return askChange();
      write(part("loading-problem"), answer.code === "network" ? say("staff.loadingOffline") : explain(answer));
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** tries, 15_000)));
    }
  }

  show.addEventListener("click", () => {
    const field = input("password");
    field.type = field.type === "password" ? "text" : "password";
    show.setAttribute("aria-pressed", String(field.type === "text"));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    const answer = await call("POST", "/api/v1/sign-in", { userName: input("userName").value.trim(), password: input("password").value });
    button.disabled = false;
    if (!answer.ok) { write(part("sign-in-problem"), explain(answer)); input(answer.code === "bad_credentials" ? "password" : "userName").focus(); return; }
    form.reset();
    location.reload();
  });
  part("change-form").addEventListener("submit", (event) => { event.preventDefault(); void change(); });
  part("sign-out").addEventListener("click", async () => {
    leaving = true;
    const answer = await call("POST", "/api/v1/sign-out");
    if (answer.ok || answer.code === "signedOut") { empty(); await left?.(); location.reload(); return; }
    leaving = false;
    if (held !== null) return askWho(held);
    part("notice").dataset.kind = "stop";
    write(part("notice-text"), say(answer.code === "network" ? "staff.notSignedOutOffline" : "staff.notSignedOut"));
    part("notice").hidden = false;
    part("notice").scrollIntoView({ block: "nearest" });
  });
  await look();
}
