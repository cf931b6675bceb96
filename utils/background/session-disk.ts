import browser from 'webextension-polyfill';
import { z } from '../contract/base.ts';
import type { Disk } from '../replica/disk.ts';
import { memoryDisk } from '../replica/memory-disk.ts';

const Kept = z.object({ connection: z.object({ server: z.string(), token: z.string() }) });

/**
 * For profiles that refuse IndexedDB: the copy lives as long as the background, and the browser's session
 * remembers where to fetch it from again.
 */
export function sessionDisk(): Disk {
  const disk = memoryDisk();
  return {
    ...disk,
    async load() {
      const start = await disk.load();
      const kept = Kept.safeParse(await browser.storage.session.get('connection').catch(() => undefined));
      return kept.success ? { ...start, meta: kept.data.connection } : start;
    },
    async write(batch) {
      await disk.write(batch);
      const { server, token } = batch.meta ?? {};
      if (server !== undefined && token !== undefined) {
        await browser.storage.session.set({ connection: { server, token } }).catch(() => undefined);
      } else if (batch.clear) {
        await browser.storage.session.remove('connection').catch(() => undefined);
      }
    },
  };
}
