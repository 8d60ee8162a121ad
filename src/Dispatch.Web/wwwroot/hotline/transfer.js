// What is taken goes to a colleague who takes it, or stays; everything goes back when a shift ends.
import { call } from "../staff/api.js";
import { fresh, keyed, part, write } from "../staff/dom.js";
import { count, say } from "../staff/texts.js";
import { isOurs, nameOf } from "./keys.js";
import { closePanels, openPanel } from "./panels.js";

/** @typedef {{id: string, displayName: string, supervisor: boolean}} Colleague */
/** @typedef {import("./queue.js").Item} Item */
/** @typedef {{act(path: string, body: object): Promise<boolean>, ask(path: string, body: object): Promise<import("../staff/api.js").Answer | null>, lines(): string[], said(text: string, kind?: "good" | "stop"): void, notice(text: string, kind: "good" | "stop"): void}} Desk */

/** @type {Map<string, Colleague[]>} */
const known = new Map();
/** @type {Desk} */
let desk;
const supervisors = "supervisor";

/** @param {string} line */
async function colleagues(line) {
  const answer = await call("GET", `/api/v1/hotline/${encodeURIComponent(line)}/colleagues`);
  if (answer.ok) known.set(line, answer.body.items);
  return known.get(line) ?? [];
}

/** @param {Item | undefined} item @param {string} me */
export function showTransfer(item, me) {
  const mine = item?.state === "taken" && item.takenBy?.id === me;
  part("transfer-open").hidden = !mine;
  if (!mine) part("transferring").hidden = true;
  const offered = item?.offered;
  part("refuse").hidden = !offered || offered.over || !offered.to.some(({ id }) => id === me);
  const names = offered?.to.map(({ displayName }) => displayName).join(", ") ?? "";
  write(part("offered-state"), !offered || !mine ? "" : say(offered.over ? "hotline.transfer.over" : "hotline.transfer.asked", { who: names }));
}

async function open() {
  openPanel("transferring");
  part("transferring").querySelector("h3")?.focus();
  const all = (await Promise.all(desk.lines().map(colleagues))).flat();
  if (!part("transfer-list")) return;
  const some = all.some(({ supervisor }) => supervisor) ? [{ id: supervisors, displayName: say("hotline.transfer.supervisor"), supervisor: true }] : [];
  const people = [...some, ...all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at)];
  keyed(part("transfer-list"), people, ({ id }) => id, () => fresh("colleague"), (row, one) => {
    const at = people.indexOf(one) + 1;
    write(part("word", row), one.displayName);
    write(part("digit", row), at < 10 ? String(at) : "");
  });
  write(part("transfer-nobody"), people.length ? "" : say("hotline.transfer.nobody"));
}

/** @param {string} to */
async function offer(to) {
  if (!await desk.act("transfer", to === supervisors ? { supervisor: true } : { to })) return;
  closePanels();
  desk.said(say("hotline.transfer.sent"));
}

export async function refuse() {
  if (part("refuse").hidden || !await desk.act("refuse", {})) return;
  desk.said(say("hotline.transfer.refused"));
}

/** Everything that is hers on every line, so that nothing stays with somebody who went home. */
export async function handBackAll() {
  const answers = [];
  for (const line of desk.lines()) answers.push(await desk.ask(`/api/v1/hotline/${encodeURIComponent(line)}/hand-back`, {}));
  if (answers.some((answer) => !answer?.ok)) return;
  const given = answers.reduce((sum, answer) => sum + answer?.body.items, 0);
  desk.notice(given ? count("hotline.allBack", given) : say("hotline.allBack.none"), "good");
}

/** @param {Desk} given */
export function listenTransfer(given) {
  desk = given;
  part("transfer-open").addEventListener("click", () => void open());
  part("refuse").addEventListener("click", () => void refuse());
  part("all-back").addEventListener("click", () => void handBackAll());
  part("transferring").addEventListener("submit", (event) => event.preventDefault());
  part("transfer-list").addEventListener("click", (event) => {
    const row = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-key]")) : null;
    if (row?.dataset.key) void offer(row.dataset.key);
  });
  addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!part("transferring") || part("transferring").hidden || !isOurs(event) || event.repeat || !target || !part("transferring").contains(target)) return;
    const button = /** @type {HTMLElement | undefined} */ (part("transfer-list").querySelectorAll("button")[Number(nameOf(event)) - 1]);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }, true);
}
