// Asks how things stand: every 3 s at first, slower later, at once when she looks again; backs off when nothing answers.
import { pause } from "./wait.js";

/** @import { Listener } from "./types" */

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
