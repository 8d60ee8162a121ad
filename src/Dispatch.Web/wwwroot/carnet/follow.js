// Asks how things stand: every 3 s at first, slower later, at once when she looks again; backs off when nothing answers.
import { post } from "./outbox.js";
import { pause } from "./raise.js";
import { randomId } from "./seal.js";

/** @import { Addition, Listener } from "./types" */

/** @param {string} id @param {string} token
 * @param {Listener} listener */
export function follow(id, token, listener) {
  let stopped = false;
  let etag = "";
  /** @type {() => void} */
  let wake = () => {};

  /** @param {number} most */
  const rest = (most) => new Promise((resolve) => {
    const timer = document.hidden ? 0 : setTimeout(done, most);
    function done() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
      resolve(undefined);
    }
    function seen() { if (!document.hidden) done(); }
    document.addEventListener("visibilitychange", seen);
    wake = done;
  });

  async function ask() {
    /** @type {Record<string, string>} */
    const headers = { Authorization: `Bearer ${token}` };
    if (etag) headers["If-None-Match"] = etag;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20_000);
    try {
      const answer = await fetch(`/api/v1/alerts/${encodeURIComponent(id)}`, {
        headers, cache: "no-store", redirect: "error", credentials: "omit", signal: stop.signal });
      const servedAt = Date.parse(answer.headers.get("Date") ?? "") || Date.now();
      if (answer.status === 304) return listener.same(servedAt), true;
      const view = await answer.json().catch(() => null);
      if (view?.code && (answer.status === 401 || answer.status === 404)) return listener.gone(), stopped = true;
      if (!answer.ok && view?.status !== "cancelled" || !view?.status) return false;
      etag = answer.headers.get("ETag") ?? "";
      if (!stopped) listener.news(view, servedAt);
      if (view.status === "cancelled" || view.status === "ended") stopped = true;
      return true;
    } catch { return false; } finally { clearTimeout(timer); }
  }

  void (async () => {
    for (let asked = 0, failed = 0; !stopped; asked++) {
      if (await ask()) {
        failed = 0;
        await rest(asked < 40 ? 3000 : asked < 120 ? 5000 : 10_000);
      } else {
        if (stopped) return;
        listener.silence();
        await pause(++failed);
      }
    }
  })();

  return { stop() { stopped = true; wake(); }, now() { wake(); } };
}

/** Answers given after the press: kept in this page's memory, in order, until the service has each. */
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
      const { status, said } = await post(to.id, to.token, "additions", item.body, item.key);
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
    add(body, done) { queue.push({ body, done, key: randomId() ?? undefined }); void drain(); },
    /** @param {string} id @param {string} token */
    open(id, token) { to = { id, token }; void drain(); },
    close() { queue.length = 0; to = null; },
  };
}
