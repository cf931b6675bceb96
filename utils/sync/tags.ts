import type { Replica } from '../replica/replica.ts';
import type { Run } from './run.ts';

/** ms between two fetches of the whole set of tags. */
const EVERY = 5000;

const askedAt = new WeakMap<Replica, number>();

/** Notes that the set was read just now. */
export const noteTags = ({ replica, now }: Run): void => void askedAt.set(replica, now());

/** Reads the set of tags again when it has changed, at most every 5 s. */
export async function fetchTags(run: Run): Promise<void> {
  const { replica, api, now, changed } = run;
  const since = askedAt.get(replica) ?? Number.NEGATIVE_INFINITY;
  if (!replica.meta.tagsStale || now() - since < EVERY) return;
  noteTags(run);
  const tags = await api.tags(replica.meta.tagsEtag);
  const { tagsEtag: _, ...meta } = { ...replica.meta, tagsStale: false };
  if (!tags) return replica.write({ meta: { ...replica.meta, tagsStale: false } });
  await replica.write({
    tags: tags.bytes,
    meta: { ...meta, tagsVersion: tags.version, ...(tags.etag !== undefined && { tagsEtag: tags.etag }) },
  });
  changed();
}
