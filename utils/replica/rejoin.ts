import type { Disk, Meta, Queued } from './disk.ts';
import { keptOf } from './own.ts';

/**
 * The disk went away and came back, perhaps rebuilt or emptied: what waits on either side is kept. Where there is
 * nothing to go on from, whose copy it is is noted.
 * @param was as it was known before
 * @returns the queue in order, and the meta from which the copy starts over, if it has to
 */
export async function rejoin(
  disk: Disk,
  was: { meta: Meta; queued: Queued[] },
): Promise<{ queued: Queued[]; meta?: Meta }> {
  const { queued, meta } = await disk.load();
  const there = new Set(queued.map(({ command }) => command.id));
  const again: Queued[] = [];
  for (const { seq: _, ...entry } of was.queued) {
    if (!there.has(entry.command.id)) again.push(await disk.append(entry));
  }
  const inOrder = [...queued, ...again].sort((a, b) => a.seq - b.seq);
  if (meta.version !== undefined || was.meta.version === undefined) return { queued: inOrder };
  const kept = keptOf(was.meta);
  // Where there is no room it is noted with the next thing that is written.
  await disk.write({ meta: kept }).catch(() => undefined);
  return { queued: inOrder, meta: kept };
}
