// The service worker of one form: keeps its empty page for when the line is cut, and sends what waits once it is back.
// It is in charge of nothing else, of no other form, and of no page of a device that others use.
"use strict";
const base = new URL(registration.scope).pathname;
const pages = `form ${base}`, keptPage = `${base}/offline`;
// Milliseconds that a page or an answer may take before the line counts as cut. What arrives late counts once.
const PATIENCE = 20000;
// What was typed into a page that could not be sent, until the page that stands in for it asks: in memory only.
const typed = new Map();

const keep = async () => {
  const page = await fetch(keptPage, { credentials: "omit", cache: "no-store" });
  if (!page.ok) throw new Error(page.status);
  const found = [...(await page.clone().text()).matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((each) => each[1]);
  const cache = await caches.open(pages);
  await cache.addAll([...new Set(found)]);
  await cache.put(keptPage, page);
};
const forget = async () => {
  await caches.delete(pages);
  await registration.unregister();
};
const kept = async (what) => (await caches.open(pages)).match(what);
const patiently = (request) => Promise.race([
  fetch(request), new Promise((_, reject) => { setTimeout(() => reject(new Error("no line")), PATIENCE); })]);

const open = async (event) => {
  const copy = event.request.method === "POST" && event.request.clone();
  try {
    const page = await patiently(event.request);
    // The form is over: nothing of it stays in this browser.
    if ([404, 410].includes(page.status)) event.waitUntil(forget());
    else if (!copy && page.ok) event.waitUntil(keep().catch(() => {}));
    return page;
  } catch (failed) {
    const page = await kept(keptPage);
    if (!page) throw failed;
    if (copy) typed.set(event.resultingClientId, await copy.text());
    return page;
  }
};

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === base) event.respondWith(open(event));
  else if (pathname.startsWith("/static/"))
    event.respondWith(fetch(event.request).catch(async (failed) => await kept(event.request) || Promise.reject(failed)));
});
addEventListener("message", (event) => {
  event.ports[0].postMessage(typed.get(event.source.id) || "");
  typed.delete(event.source.id);
});
addEventListener("sync", (event) => event.waitUntil(queue.flush(false).then((said) => {
  // The browser tries again later, when this fails.
  if (Object.values(said).includes("waiting")) throw new Error("no line");
})));
