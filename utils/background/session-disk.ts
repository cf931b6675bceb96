import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { readAs } from '../contract/base.ts';
import type { Disk, Grant, Meta } from '../replica/disk.ts';
import { memoryDisk } from '../replica/memory-disk.ts';

/** Of the copy's own notes what is needed to come back: the rest is fetched again. */
const KeptMeta = v.object({
  server: v.string(),
  workspaceId: v.exactOptional(v.string()),
  me: v.exactOptional(v.string()),
  browserId: v.exactOptional(v.string()),
  ended: v.exactOptional(
    v.object({ state: v.picklist(['ended', 'removed']), reason: v.exactOptional(v.string()) }),
  ),
});
const KeptGrant = v.object({
  server: v.string(),
  browserId: v.string(),
  refreshToken: v.string(),
  key: v.looseObject({ kty: v.string() }),
});
const Kept = v.object({ meta: v.exactOptional(KeptMeta), grant: v.exactOptional(KeptGrant) });
type Kept = v.InferOutput<typeof Kept>;

/**
 * For profiles that refuse IndexedDB: the copy lives as long as the background, and the browser's session
 * remembers who is signed in and where.
 */
export function sessionDisk(): Disk {
  const disk = memoryDisk();
  const read = async (): Promise<Kept> => {
    const { connection } = await browser.storage.session.get('connection').catch(() => ({ connection: {} }));
    return readAs(Kept, connection) ?? {};
  };
  return {
    ...disk,
    async load() {
      const [start, { meta }] = await Promise.all([disk.load(), read()]);
      return meta ? { ...start, meta: { ...meta, ...start.meta } } : start;
    },
    grant: async () => (await read()).grant,
    async write(batch) {
      await disk.write(batch);
      const { meta, grant, clear } = batch;
      if (!meta && grant === undefined && !clear) return;
      const before = await read();
      const connection = {
        ...(meta ? keptMeta(meta) : !clear && before.meta && { meta: before.meta }),
        ...(grant === undefined ? before.grant && { grant: before.grant } : grant && keptGrant(grant)),
      };
      await browser.storage.session.set({ connection }).catch(() => undefined);
    },
  };
}

/** What can't be kept is left out: a key that cannot be taken out, say, which is not made where there is no disk. */
function keptMeta(meta: Meta): Kept {
  const kept = readAs(KeptMeta, meta);
  return kept ? { meta: kept } : {};
}

function keptGrant(grant: Grant): Kept {
  const kept = readAs(KeptGrant, grant);
  return kept ? { grant: kept } : {};
}
