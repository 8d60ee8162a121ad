// The relay's page: somebody is there, needs are shown as pictures, one press, and the line rings this desk.
import { call, explain } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { askWho, open } from "../staff/sign-in.js";
import { say } from "../staff/texts.js";
import { isAccepted, listenCharter, openCharter } from "./desk.js";
import { answers, forgetForm, missing, showForm } from "./form.js";
import { enqueue, flush, full, unsent } from "./outbox.js";
import { leaveSent, showKept, showReceived, showRefused } from "./sent.js";

/** @typedef {import("./desk.js").Desk} Desk */

const soon = 2000;
const late = 15_000;
let me = "";
/** @type {Desk} */
let desk = { areas: [], drillOpen: false, fallbackNumber: "" };
/** What the person before the page is waiting for. */
let current = "";
let tries = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again;

/** @param {string} text @param {"good" | "stop"} [kind] */
function notice(text, kind = "stop") {
  part("notice").dataset.kind = kind;
  write(part("notice-text"), text);
  part("notice").hidden = text === "";
}

/** @param {string} problem */
function leave(problem) {
  if (me) { forgetForm(); leaveSent(); }
  clearTimeout(again);
  me = "";
  askWho(problem);
}

function paintUnsent() {
  if (!me) return;
  const waiting = unsent(me) > 0;
  // Signing out now would leave it to whoever signs in here next to send it.
  /** @type {HTMLButtonElement} */ (part("sign-out")).disabled = waiting;
  part("unsent-hint").hidden = !waiting;
}

/** @param {string} key @param {import("./outbox.js").Sent} sent */
function told(key, sent) {
  if (!me) return;
  const shown = key === current;
  if (sent.state === "received") {
    if (shown) showReceived(sent.receipt, sent.at, desk.number ?? "", () => leave(say("error.signedOut")));
    else notice(say("relay.sentLater"), "good");
  } else if (sent.state === "waiting") {
    if (shown) showKept(sent.code === "network");
  } else if (shown) showRefused(sent.state === "tooOld" ? "too_old" : sent.state === "refused" ? sent.code : "");
  else notice(say("relay.notTaken"));
}

async function send() {
  clearTimeout(again);
  if (!me) return;
  const { code } = await flush(me, told);
  paintUnsent();
  if (code === "signedOut") return leave(say("error.signedOut"));
  if (!me || !unsent(me)) { tries = 0; return; }
  again = setTimeout(send, Math.min(soon * 2 ** tries++, late));
}

function showRaise() {
  leaveSent();
  part("charter").hidden = true;
  part("raise").hidden = false;
  write(part("rings"), say("relay.rings", { number: desk.number ?? "" }));
  showForm(desk.areas, desk.drillOpen);
  forgetForm();
}

async function raise() {
  const button = /** @type {HTMLButtonElement} */ (part("raise").querySelector("[type=submit]"));
  if (button.disabled) return;
  const lacks = full() ? say("relay.full") : missing();
  write(part("raise-problem"), lacks);
  if (lacks) { part("raise-problem").scrollIntoView({ block: "nearest" }); return; }
  button.disabled = true;
  current = await enqueue(me, answers());
  button.disabled = false;
  forgetForm();
  showKept(!navigator.onLine);
  part("sent-title").focus();
  scrollTo(0, 0);
  paintUnsent();
  tries = 0;
  await send();
}

part("raise").addEventListener("submit", (event) => { event.preventDefault(); void raise(); });
part("again").addEventListener("click", () => { current = ""; showRaise(); scrollTo(0, 0); });
part("desk-open").addEventListener("click", () => openCharter(desk, true));
part("notice-dismiss").addEventListener("click", () => notice(""));
addEventListener("online", () => { tries = 0; void send(); });
listenCharter({ accepted: (now) => { desk = now; showRaise(); void send(); }, back: showRaise, out: leave });

void open(async (who) => {
  if (!who.roles.includes("relay")) { part("not-here").hidden = false; return; }
  me = who.accountId;
  write(part("who"), `${who.displayName} · ${who.organisation.name}`);
  paintUnsent();
  for (let wait = 1000; ; wait = Math.min(wait * 2, late)) {
    const answer = await call("GET", "/api/v1/relay");
    if (answer.code === "signedOut") return leave(say("error.signedOut"));
    if (answer.ok) { desk = answer.body; break; }
    notice(explain(answer));
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  notice("");
  if (isAccepted(desk)) showRaise(); else openCharter(desk, false);
  void send();
});
