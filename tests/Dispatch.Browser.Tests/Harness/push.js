// A browser's own push service, which no test machine reaches: a subscription with the test's keys, and a question about notifications that the test answers.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)).buffer;
  const note = (what) => localStorage.setItem("push.did", `${localStorage.getItem("push.did") ?? ""}${what} `);
  const kept = () => {
    const key = localStorage.getItem("push.key");
    if (!key) return null;
    const { endpoint, p256dh, auth } = globalThis.pushBrowser;
    return {
      options: { applicationServerKey: bytes(key) },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      // As long as a browser's service may take: longer than the line needs to hear that it is over.
      unsubscribe: async () => { await new Promise((resolve) => setTimeout(resolve, 500)); note("unsubscribe"); localStorage.removeItem("push.key"); return true; },
    };
  };
  PushManager.prototype.getSubscription = async () => kept();
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new Error("browsers refuse pushes that show nothing");
    note("subscribe");
    localStorage.setItem("push.key", applicationServerKey);
    return kept();
  };
  Object.defineProperty(Notification, "permission", { get: () => localStorage.getItem("push.permission") ?? "granted" });
  Notification.requestPermission = async () => { localStorage.setItem("push.permission", "granted"); return "granted"; };
})();
