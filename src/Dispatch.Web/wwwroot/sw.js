// Keeps the shell of the pages for when there is no network. Only what is named below is ever kept: no answers, no notes, nothing typed.
import { deliver, kept, remember } from "./carnet/outbox.js";
import { arrive, renew } from "./respond/arrive.js";

const self_ = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const store = "shell-1";
const patience = 5000;
const pages = ["/", "/respond"];
const parts = /^\/texts\/(fr|en)\.json$|^\/(tokens|carnet|staff|respond)\.css$|^\/(carnet|staff|respond)\/[a-z-]+\.js$|^\/(quit\.js|icon\.svg|messages\.svg|carnet\.webmanifest|messages\.webmanifest|lib\/signalr\.min\.js)$/;

self_.addEventListener("install", () => { void self_.skipWaiting(); });

self_.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== store) await caches.delete(name);
    await self_.clients.claim();
  })());
});

self_.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self_.location.origin) return;
  const page = request.mode === "navigate" && pages.includes(url.pathname);
  if (!page && !(request.mode !== "navigate" && parts.test(url.pathname))) return;
  event.respondWith(networkFirst(event, request));
});

/** @param {FetchEvent} event @param {Request} request */
async function networkFirst(event, request) {
  const cache = await caches.open(store);
  const fresh = fetch(request).then((answer) => {
    if (answer.ok && !answer.redirected) event.waitUntil(keep(cache, request, answer.clone()).catch(() => {}));
    return answer;
  });
  event.waitUntil(fresh.catch(() => {}));
  const kept = await cache.match(request, { ignoreSearch: request.mode !== "navigate" })
    ?? (request.mode === "navigate" ? await cache.match(request, { ignoreSearch: true }) : undefined);
  if (!kept) return fresh;
  const slow = new Promise((resolve) => setTimeout(resolve, patience, kept));
  return /** @type {Promise<Response>} */ (Promise.race([fresh.catch(() => kept), slow]));
}

/** One copy of each, whatever its version. @param {Cache} cache @param {Request} request @param {Response} answer */
async function keep(cache, request, answer) {
  await cache.delete(request, { ignoreSearch: request.mode !== "navigate" });
  await cache.put(request, answer);
}

// The network is back and the page may be closed: what waits on this phone is sent. Failing here makes the browser try again.
self_.addEventListener("sync", (/** @type {any} */ event) => { event.waitUntil(sendKept()); });

async function sendKept() {
  const watched = (await at("/")).length > 0;
  let left = false;
  for (const item of await kept()) {
    const { over } = await deliver(item);
    // An open page says it itself.
    if (!watched && (over === "tooOld" || over === "notTaken")) await remember(over);
    left ||= over === "";
  }
  if (left) throw new Error("still no network");
}

self_.addEventListener("push", (event) => {
  event.waitUntil(at("/respond").then((open) => arrive(self_.registration, event.data?.text() ?? "", open.some((page) => page.visibilityState === "visible"))));
});
self_.addEventListener("pushsubscriptionchange", (/** @type {any} */ event) => { event.waitUntil(renew(self_.registration)); });

/** @param {string} path */
async function at(path) {
  const open = await self_.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.filter((client) => new URL(client.url).pathname === path);
}

self_.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const path = event.notification.data ?? "/respond";
    const [mine] = await at(path);
    await (mine ? mine.focus() : self_.clients.openWindow(path));
  })());
});
