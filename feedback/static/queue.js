// What waits on this device for the line to come back: sealed bytes, which nobody can open here, each under a random key
// that tells no order and no time. Used by pages and by the service worker.
"use strict";
const queue = (() => {
  // After this many days beyond the round's last one what nobody came back for is erased unsent.
  const DAYS_TOO_LATE = 30;

  const done = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const store = async (mode) => {
    const opening = indexedDB.open("voicebox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "key" });
    const database = await done(opening);
    const transaction = database.transaction("waiting", mode);
    transaction.oncomplete = transaction.onabort = () => database.close();
    return transaction.objectStore("waiting");
  };
  const put = async (entry) => done((await store("readwrite")).put(entry));
  const drop = async (key) => done((await store("readwrite")).delete(key));
  // A browser that was never used for this has no database, and gets none by being asked.
  const all = async () => {
    const known = indexedDB.databases ? await indexedDB.databases() : [{ name: "voicebox" }];
    return known.some((each) => each.name === "voicebox") ? done((await store("readonly")).getAll()) : [];
  };

  // What the server said: anything else means that it waits, and is tried again.
  const SAID = { 204: "sent", 410: "late", 409: "full", 422: "slip" };
  const send = async ({ to, key, sealed, words = "", slip }) => {
    const body = new URLSearchParams({ key, sealed, words, slip });
    try {
      const answered = await fetch(to, { method: "POST", body, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(30000) });
      return SAID[answered.status] || "waiting";
    } catch {
      return "waiting";
    }
  };

  // Tries everything that waits; what became of each, by key. What nobody is shown leaves its key and that one word
  // behind, without the sealed bytes, until a page can say it.
  const flush = async (isShown) => {
    const said = {};
    for (const entry of await all()) {
      const over = Date.parse(entry.until) + DAYS_TOO_LATE * 864e5 < Date.now();
      const state = entry.sealed && entry.state !== "slip" ? await send(entry) : entry.state;
      said[entry.key] = state === "waiting" && over ? "late" : state;
      if (said[entry.key] === "slip") await put({ ...entry, state });
      else if (said[entry.key] !== "waiting") await (isShown ? drop(entry.key) : put({ key: entry.key, state: said[entry.key] }));
    }
    return said;
  };
  return { put, drop, all, send, flush };
})();
