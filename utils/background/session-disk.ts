import browser from 'webextension-polyfill';
import { z } from '../contract/base.ts';
import type { Disk, Grant, Meta } from '../replica/disk.ts';
import { memoryDisk } from '../replica/memory-disk.ts';

/** Of the copy's own notes what is needed to come back: the rest is fetched again. */
const KeptMeta = z.object({
  server: z.string(),
  workspaceId: z.exactOptional(z.string()),
  me: z.exactOptional(z.string()),
  browserId: z.exactOptional(z.string()),
  ended: z.exactOptional(
    z.object({ state: z.enum(['ended', 'removed']), reason: z.exactOptional(z.string()) }),
  ),
});
const KeptGrant = z.object({
  server: z.string(),
  browserId: z.string(),
  refreshToken: z.string(),
  key: z.looseObject({ kty: z.string() }),
});
const Kept = z.object({ meta: z.exactOptional(KeptMeta), grant: z.exactOptional(KeptGrant) });
type Kept = z.infer<typeof Kept>;

/**
 * For profiles that refuse IndexedDB: the copy lives as long as the background, and the browser's session
 * remembers who is signed in and where.
 */
export function sessionDisk(): Disk {
  const disk = memoryDisk();
  const read = async (): Promise<Kept> => {
    const { connection } = await browser.storage.session.get('connection').catch(() => ({ connection: {} }));
    return Kept.safeParse(connection).data ?? {};
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
  const { data } = KeptMeta.safeParse(meta);
  return data ? { meta: data } : {};
}

function keptGrant(grant: Grant): Kept {
  const { data } = KeptGrant.safeParse(grant);
  return data ? { grant: data } : {};
}
