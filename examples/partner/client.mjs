// A small client of the partner API: opens one alert and follows it, without any package. Node 20 or later.
//
//   DISPATCH_URL=https://dispatch.example.org DISPATCH_KEY=dpk.… node client.mjs health shelter
//
// What her app has to do is in the comments; docs/partners.md says why.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const patience = 15_000;
const over = ["ended", "cancelled"];

/** Opens an alert. The key and the body are kept until there is an answer, and sent again unchanged: however often, it is one alert. */
export async function raise({ url, key }, body, { say = () => {}, idempotencyKey = randomUUID() } = {}) {
  const composed = JSON.stringify({ ...body, composedAt: new Date().toISOString() });
  // "Stored" is the app's own word: nobody but this phone has it yet.
  say({ status: "stored" });
  for (let tries = 0; ; tries++) {
    const answer = await ask(url, key, "POST", "/api/v1/partner/alerts", composed, { "Idempotency-Key": idempotencyKey });
    if (answer.status === 202) { say(answer.body); return answer.body; }
    // These will not get better by themselves. She is shown the number to call.
    if ([400, 401, 403, 409, 413, 415, 422].includes(answer.status)) throw new Error(`refused: ${answer.body?.code ?? answer.status}`);
    // Not yet: she is shown the number to call while this goes on.
    await wait(pause(tries, answer));
  }
}

/** Follows it until it is over, and says each change. Never shown as more than it is: "received" is not "somebody comes". */
export async function follow({ url, key }, id, { say = () => {}, every } = {}) {
  let last = "";
  for (let tries = 0; ;) {
    const answer = await ask(url, key, "GET", `/api/v1/partner/alerts/${encodeURIComponent(id)}`);
    if (answer.status === 404) throw new Error("no alert of this partner, or too long ago");
    if ([401, 403].includes(answer.status)) throw new Error(`refused: ${answer.body?.code ?? answer.status}`);
    if (answer.status !== 200) { await wait(pause(tries++, answer)); continue; }
    tries = 0;
    const { status, toldCount, needs } = answer.body;
    const now = JSON.stringify([status, toldCount, needs]);
    if (now !== last) say(answer.body);
    last = now;
    if (over.includes(status)) return answer.body;
    await wait(every ?? (answer.body.lookAfterSeconds ?? 5) * 1000);
  }
}

/** For the far end of a webhook: whether this call is genuine and fresh. The body is the text as it came, before anything parsed it. */
export function isGenuine(secret, headers, text, now = Date.now()) {
  const [id, time, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => String(headers[name] ?? ""));
  if (Math.abs(now / 1000 - Number(time)) > 300) return false;
  const secretBytes = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const right = Buffer.from(`v1,${createHmac("sha256", secretBytes).update(`${id}.${time}.${text}`).digest("base64")}`);
  return given.split(" ").some((one) => one.length === right.length && timingSafeEqual(Buffer.from(one), right));
}

async function ask(url, key, method, path, body, headers = {}) {
  try {
    const answer = await fetch(new URL(path, url), {
      method, body, redirect: "error", signal: AbortSignal.timeout(patience),
      headers: { Authorization: `Bearer ${key}`, Accept: "application/json", ...body && { "Content-Type": "application/json" }, ...headers },
    });
    return { status: answer.status, body: await answer.json().catch(() => null), after: Number(answer.headers.get("Retry-After")) || 0 };
  } catch {
    return { status: 0, body: null, after: 0 };
  }
}

/** 1 s, doubling to 30 s, or as long as the service asks. */
const pause = (tries, { after }) => Math.max(after * 1000, Math.min(30_000, 1000 * 2 ** Math.min(tries, 5)));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DISPATCH_URL: url, DISPATCH_KEY: key, DISPATCH_EVERY_MS: every } = process.env;
  if (!url || !key) {
    console.error("DISPATCH_URL and DISPATCH_KEY are needed.");
    process.exit(2);
  }

  const say = (news) => console.log(JSON.stringify({ status: news.status, told: news.toldCount, needs: news.needs }));
  try {
    const { id } = await raise({ url, key }, { needs: process.argv.slice(2), language: "fr" }, { say });
    await follow({ url, key }, id, { say, every: every ? Number(every) : undefined });
  } catch (refused) {
    console.error(String(refused.message ?? refused));
    process.exit(1);
  }
}
