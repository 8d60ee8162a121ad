// Answers given after the press: kept in this page's memory, in order, until the service has each.
import { pause } from "./wait.js";

/** @import { Addition } from "./types" */

/** @param {string} id @param {string} token @param {string} verb @param {object} body */
export async function post(id, token, verb, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 20_000);
  try {
    const answer = await fetch(`/api/v1/alerts/${encodeURIComponent(id)}/${verb}`, {
      method: "POST", redirect: "error", cache: "no-store", credentials: "omit", signal: stop.signal,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: JSON.stringify(body),
    });
    return { status: answer.status, said: await answer.json().catch(() => null) };
  } catch { return { status: 0, said: null }; } finally { clearTimeout(timer); }
}

export function additions() {
  /** @type {Addition[]} */
  const queue = [];
  /** @type {{id: string, token: string} | null} */
  let to = null;
  let busy = false;

  async function drain() {
    if (busy || !to) return;
    busy = true;
    for (let tries = 0; queue[0] && to;) {
      const item = queue[0];
      const { status, said } = await post(to.id, to.token, "additions", item.body);
      const taken = status === 200 && said !== null;
      const final = said?.code && status >= 400 && status < 500 && status !== 429 && status !== 408;
      if (!taken && !final) { await pause(tries++); continue; }
      tries = 0;
      queue.shift();
      item.done(taken ? "added" : said.code === "pin_required" ? "pin" : "refused");
    }
    busy = false;
  }

  return {
    /** @param {Addition["body"]} body @param {Addition["done"]} done */
    add(body, done) { queue.push({ body, done }); void drain(); },
    /** @param {string} id @param {string} token */
    open(id, token) { to = { id, token }; void drain(); },
    close() { queue.length = 0; to = null; },
  };
}
