// The live line. What arrives on it is a hint; the truth is fetched: on every hint, on every connection, on looking again, and by the clock.
import { say } from "./texts.js";
import { part } from "./dom.js";

/** @typedef {typeof import("@microsoft/signalr")} SignalR */
const signalR = /** @type {{signalR?: SignalR}} */ (/** @type {unknown} */ (globalThis)).signalR;

/** @param {number} tries */
const backoff = (tries) => Math.min(30_000, 1000 * 2 ** Math.min(tries, 5)) * (0.5 + Math.random() / 2);

/** @param {{hints: string[], every: number, fetch(): Promise<boolean>}} options fetch says whether the service answered */
export function live({ hints, every, fetch }) {
  let stopped = false;
  let running = false;
  let again = false;
  let answered = true;
  let losses = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const linked = () => connection?.state === "Connected";

  function showState() {
    const line = part("line-state");
    line.dataset.state = !answered ? "offline" : linked() ? "live" : "slow";
    const text = say(!answered ? "staff.offline" : linked() ? "staff.connected" : "staff.slow");
    if (line.textContent !== text) line.textContent = text;
  }

  async function refresh() {
    if (stopped) return;
    if (running) { again = true; return; }
    running = true;
    clearTimeout(timer);
    const before = losses;
    // A page that cannot draw one answer must still ask for the next; an answer that was on its way when the network went says nothing of now.
    answered = await fetch().catch((problem) => { console.error(problem); return false; }) && before === losses;
    running = false;
    if (stopped) return;
    showState();
    if (again) { again = false; return void refresh(); }
    timer = setTimeout(refresh, linked() && answered ? every : 5000);
  }

  const connection = signalR && new signalR.HubConnectionBuilder()
    .withUrl("/live", { headers: { "X-Dispatch": "1" } })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (context) => backoff(context.previousRetryCount) })
    .configureLogging(signalR.LogLevel.None)
    .build();

  async function connect() {
    for (let tries = 0; connection && !stopped; tries++) {
      try { await connection.start(); return void refresh(); } catch { /* again, later */ }
      await new Promise((resolve) => setTimeout(resolve, backoff(tries)));
    }
  }

  const online = () => void refresh();
  const seen = () => { if (!document.hidden) void refresh(); };
  // The line itself may outlive a short loss of the network, and then says nothing when it is back.
  const offline = () => { losses++; answered = false; showState(); };
  for (const hint of hints) connection?.on(hint, () => void refresh());
  connection?.onreconnecting(online);
  connection?.onreconnected(online);
  connection?.onclose(() => { online(); if (!stopped) void connect(); });
  document.addEventListener("visibilitychange", seen);
  addEventListener("online", online);
  addEventListener("offline", offline);
  void connect();
  void refresh();

  return {
    refresh,
    /** @param {string} name @param {unknown[]} values @returns {Promise<boolean>} */
    async tell(name, ...values) {
      if (!linked() || !connection) return false;
      try { await connection.invoke(name, ...values); return true; } catch { return false; }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("online", online);
      removeEventListener("offline", offline);
      void connection?.stop();
    },
  };
}
