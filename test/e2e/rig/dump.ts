import type { Rig } from './types.ts';

/** What of the browser's functions runs in its pages. */
declare const chrome: {
  storage: Record<'local' | 'sync' | 'session', { get(name: null): Promise<object> }>;
};

/** All that the extension keeps in the browser, as text: on disk, and until the browser is closed. */
export async function dumpHeld(rig: Rig): Promise<{ disk: string; session: string }> {
  const page = await rig.open('manifest.json');
  const held = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    /** Keys that can't be taken out are left where they are. */
    const plain = async (value: unknown): Promise<unknown> => {
      if (value instanceof Blob) return hex(new Uint8Array(await value.arrayBuffer()));
      if (value instanceof ArrayBuffer) return hex(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) {
        return hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      }
      if (Array.isArray(value)) return Promise.all(value.map(plain));
      if (typeof value !== 'object' || value === null || value instanceof CryptoKey) return value;
      const entries = Object.entries(value).map(async ([key, one]) => [key, await plain(one)] as const);
      return Object.fromEntries(await Promise.all(entries));
    };
    const parts: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ''));
      const stores = [...database.objectStoreNames];
      const tx = database.transaction(stores);
      const rows = stores.map((one) => tx.objectStore(one));
      // Asked for together, since a transaction that waits for something else ends.
      const read = await Promise.all(
        rows.flatMap((store) => [settled(store.getAll()), settled(store.getAllKeys())]),
      );
      parts.push(name, stores, await plain(read));
      database.close();
    }
    for (const area of ['local', 'sync'] as const) parts.push(await chrome.storage[area].get(null));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        parts.push(request.url, await (await cache.match(request))?.text());
      }
    }
    parts.push({ ...localStorage }, { ...sessionStorage }, document.cookie);
    return { disk: JSON.stringify(parts), session: JSON.stringify(await chrome.storage.session.get(null)) };
  });
  await page.close();
  return held;
}
