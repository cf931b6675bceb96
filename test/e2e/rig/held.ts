import type { Rig } from './types.ts';

/** What of the browser's functions runs in its pages. */
declare const chrome: {
  storage: {
    session: { get(name: string | null): Promise<object>; remove(name: string): Promise<void> };
    local: { get(name: null): Promise<object> };
  };
  action: { getBadgeText(where: { tabId: number }): Promise<string> };
};

/** How many rows each store of the copy has on disk, and what is noted of the connection. */
export async function heldRows(rig: Rig): Promise<Record<string, number> & { meta?: object }> {
  const page = await rig.open('manifest.json');
  const held = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('truce'));
    const tx = database.transaction([...database.objectStoreNames]);
    const rows: Record<string, unknown> = {};
    for (const name of database.objectStoreNames) {
      const store = tx.objectStore(name);
      // Of keys nothing can be handed over.
      if (name === 'meta') rows.meta = JSON.parse(JSON.stringify((await settled(store.get('all'))) ?? {}));
      else rows[name] = await settled(store.count());
    }
    database.close();
    return rows;
  });
  await page.close();
  return held as Record<string, number> & { meta?: object };
}

/** Changes what the copy notes of its connection; the background reads it when it starts again. */
export async function setMeta(rig: Rig, change: Record<string, unknown>): Promise<void> {
  const page = await rig.open('manifest.json');
  await page.evaluate(async (fields) => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('truce'));
    const tx = database.transaction('meta', 'readwrite');
    // A page that is closed takes along what has not been committed.
    const done = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    const store = tx.objectStore('meta');
    await settled(store.put({ ...(await settled(store.get('all'))), ...fields }, 'all'));
    await done;
    database.close();
  }, change);
  await page.close();
}

/** Takes the access token away, so that the next request has to renew it. */
export async function dropAccess(from: {
  evaluate(task: () => Promise<void>): Promise<void>;
}): Promise<void> {
  await from.evaluate(() => chrome.storage.session.remove('access'));
}

/** Whether there is one now. */
export async function hasAccess(from: { evaluate(task: () => Promise<boolean>): Promise<boolean> }) {
  return from.evaluate(async () => 'access' in (await chrome.storage.session.get('access')));
}

/** What the browser keeps for us beside the copy: `session` until it is closed, and by name whatever else may. */
export async function heldBeside(rig: Rig): Promise<{ session: Record<string, unknown>; rest: string[] }> {
  const page = await rig.open('manifest.json');
  const held = await page.evaluate(async () => ({
    session: { ...(await chrome.storage.session.get(null)) },
    rest: [
      ...Object.keys(await chrome.storage.local.get(null)),
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await caches.keys()),
      ...(await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => name !== 'truce'),
    ],
  }));
  await page.close();
  return held;
}

/** What stands on our icon in the toolbar, over this tab. */
export async function badgeText(rig: Rig, tabId: number): Promise<string> {
  const page = await rig.open('manifest.json');
  const text = await page.evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
  await page.close();
  return text;
}
