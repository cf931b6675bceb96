import { expect, test } from 'vitest';
import { Tending } from '../../../utils/background/tending.ts';
import type { Batch } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { ConnectionState } from '../../../utils/view.ts';

test.each<[ConnectionState, number]>([
  ['offline', 1],
  ['removed', 0],
  ['signed-out', 0],
  ['unset', 0],
])('%s: of what a screen noted late, so much is written', async (state, written) => {
  const disk = memoryDisk();
  const seen: Batch['seen'] = [];
  const { write } = disk;
  disk.write = async (batch) => {
    seen.push(...(batch.seen ?? []));
    await write(batch);
  };
  const replica = new Replica(async () => disk);
  const tending = new Tending(replica, { use: () => Promise.reject(new Error()), connection: { state } });
  replica.seen.note(['a'], 1);
  await tending.tend();
  expect(seen).toHaveLength(written);
  // Nor later, for somebody else.
  expect(replica.seen.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
});
