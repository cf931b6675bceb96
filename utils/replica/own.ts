import type { Batch, Meta, Queued } from './disk.ts';

interface Copy {
  meta: Meta;
  queued: Queued[];
}

/** What anybody has written here for the copy's workspace, in order. */
export function queuedHere({ queued, meta }: Copy): Queued[] {
  return queued.filter(
    ({ server, workspaceId }) =>
      workspaceId === meta.workspaceId && (server === undefined || server === meta.server),
  );
}

/** What the copy's person has written for its workspace, in order, refused or not. */
export function ownQueued(copy: Copy): Queued[] {
  return queuedHere(copy).filter(({ memberId }) => memberId === undefined || memberId === copy.meta.me);
}

/** A batch that empties what is the copy's own: what others wrote here waits for them. */
export function withoutOwn(batch: Batch, copy: Copy): Batch {
  if (!batch.clearOwn) return batch;
  return { ...batch, dropQueued: [...(batch.dropQueued ?? []), ...ownQueued(copy).map(({ seq }) => seq)] };
}

/** For when another person or server takes the copy over: what nobody signed yet is the one's before. */
export function signed({ queued, meta: { server, me } }: Copy): Queued[] {
  return queued
    .filter((entry) => entry.server === undefined || entry.memberId === undefined)
    .map((entry) => ({
      ...(server !== undefined && { server }),
      ...(me !== undefined && { memberId: me }),
      ...entry,
    }));
}

/** Whose copy it is, and whether they may see it; not how far it has come. */
export function keptOf({
  tagKey: _,
  version: __,
  tagKeyNo: ___,
  tagKeyStale: ____,
  tagsVersion: _____,
  tagsStale: ______,
  ...kept
}: Meta): Meta {
  return kept;
}

/**
 * A batch as it is put on a disk that has missed something, so that the next start begins anew.
 * @param missed the copy's meta when it did; undefined: it has all
 */
export function withoutPlace(batch: Batch, missed: Meta | undefined): Batch {
  if (!missed || !batch.meta || batch.clear) return batch;
  const { inStepAt: _, ...meta } = keptOf(batch.meta);
  const { inStepAt } = missed;
  return { ...batch, meta: { ...meta, ...(inStepAt !== undefined && { inStepAt }) } };
}
