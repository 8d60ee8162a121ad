async () => {
  // All that this origin keeps on the phone.
  const kept = { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, databases: {}, caches: {} };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    kept.databases[name] = {};
    for (const store of database.objectStoreNames) {
      kept.databases[name][store] = await new Promise((done, fail) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    kept.caches[name] = (await cache.keys()).map((request) => request.url);
  }
  return JSON.stringify(kept);
}
