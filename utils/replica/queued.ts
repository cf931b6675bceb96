import type { Batch, Queued } from './disk.ts';

/** The queue as a batch leaves it, in order. */
export function queuedAfter(queued: Queued[], batch: Batch): Queued[] {
  const changed = new Map(batch.queued?.map((entry) => [entry.seq, entry]));
  const dropped = new Set(batch.dropQueued);
  return queued.filter(({ seq }) => !dropped.has(seq)).map((entry) => changed.get(entry.seq) ?? entry);
}
