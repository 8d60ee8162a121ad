// Does my phone get texts, does it ring? One real text or one real call to her own number, and what the network made of it.
import { call, explain, now } from "../staff/api.js";
import { part, write } from "../staff/dom.js";
import { hour, language, say } from "../staff/texts.js";

const patience = 60_000;
/** More is the day's limit and not the minute's. */
const minute = 60;
const wrongNumber = ["invalidNumber", "unsupportedNumber", "notMobile", "optedOut"];
const told = ["undelivered", "busy", "noAnswer", "machine", "failed", "ended", "yielded", "onThePhone", "noRoute"];

let running = false;

/** @param {HTMLElement} line its row in the list @param {{deviceId: string, kind: string}} device */
export function offerTest(line, device) {
  const button = part("number-test", line);
  write(button, say(`respond.number.test.${device.kind}`));
  button.addEventListener("click", async () => {
    if (running) return;
    running = true;
    button.setAttribute("aria-busy", "true");
    await test(device, (text) => write(part("number-result", line), text));
    button.removeAttribute("aria-busy");
    running = false;
  });
}

/** @param {{deviceId: string, kind: string}} device @param {(text: string) => void} show */
async function test({ deviceId, kind }, show) {
  show(say("respond.number.sending"));
  const started = await call("POST", `/api/v1/me/devices/${encodeURIComponent(deviceId)}/test`);
  if (!started.ok) return show(refused(started));
  const began = Date.now();
  while (Date.now() - began < patience) {
    const { ok, body } = await call("GET", `/api/v1/me/device-tests/${encodeURIComponent(started.body.testId)}`);
    if (ok && body.state === "received") return show(say(`respond.number.received.${kind}`, { s: seconds(body.milliseconds) }));
    if (ok && body.state === "failed") return show(say(`respond.number.failed.${why(body.why)}`));
    if (ok) show(say(`respond.number.sent.${kind}`));
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  show(say(`respond.number.nothing.${kind}`));
}

/** @param {import("../staff/api.js").Answer} answer */
function refused(answer) {
  if (answer.code !== "too_many_requests") return answer.code === "not_found" ? say("respond.number.gone") : explain(answer);
  return say(answer.retryAfter > minute ? "respond.number.enough" : "respond.number.soon", { time: hour(now() + answer.retryAfter * 1000), s: answer.retryAfter });
}

/** @param {string} code */
const why = (code) => wrongNumber.includes(code) ? "wrong" : told.includes(code) ? code : "later";

/** @param {number} milliseconds */
const seconds = (milliseconds) => (milliseconds / 1000).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
