import type { OldCopy } from '../../fixtures/old-copies.ts';
import type { Rig } from './types.ts';

/** Rows by store; those of a store without a key path with their keys. */
export type Rows = Record<string, { key?: string; value: unknown }[]>;

/** Puts another copy in the place of the browser's, as a version of long ago (or of a day to come) has left it. */
export async function putCopy(rig: Rig, version: number, stores: OldCopy, rows: Rows): Promise<void> {
  const page = await rig.open('manifest.json');
  await rig.endBackground();
  await page.evaluate(
    async (number, shape, held) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      // Asked for in one go: a background that wakes up in between would make one of today's version.
      const gone = settled(indexedDB.deleteDatabase('truce'));
      const request = indexedDB.open('truce', number);
      request.onupgradeneeded = () => {
        for (const [name, { indexes = {}, ...options }] of Object.entries(shape)) {
          const store = request.result.createObjectStore(name, options);
          for (const [index, { of, several }] of Object.entries(indexes)) {
            store.createIndex(index, of, { multiEntry: several === true });
          }
        }
      };
      await gone;
      const database = await settled(request);
      const tx = database.transaction(Object.keys(held), 'readwrite');
      const done = new Promise<void>((resolve, reject) => {
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error);
      });
      for (const [name, list] of Object.entries(held)) {
        for (const { key, value } of list) tx.objectStore(name).put(value, key);
      }
      await done;
      database.close();
    },
    version,
    stores,
    rows,
  );
  await page.close();
}
