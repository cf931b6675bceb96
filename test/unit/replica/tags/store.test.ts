import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importTagKey } from '../../../../utils/contract/match-key.ts';
import type { Batch } from '../../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../../utils/replica/replica.ts';
import { Deltas } from '../../../../utils/replica/tags/delta.ts';
import { fold } from '../../../../utils/replica/tags/fold.ts';
import { PackReader } from '../../../../utils/replica/tags/pack-reader.ts';
import { blobSink } from '../../../../utils/replica/tags/sink.ts';
import { TagStore } from '../../../../utils/replica/tags/store.ts';
import { bytesOf } from '../../../../utils/replica/tags/tag-bytes.ts';
import { ascending, packOf, randomTags } from './samples.ts';

/** Few enough to meet again and again, at the borders of buckets too. */
const aTag = fc
  .integer({ min: 0, max: 60 })
  .map((n) => (n % 2 ? n * 2 ** 41 + n : n * 2 ** 36 - (n > 0 ? 1 : 0)));
const someTags = fc.array(aTag, { maxLength: 12 });
const aStep = fc.oneof(
  fc.record({ kind: fc.constant('delta' as const), added: someTags, removed: someTags }),
  fc.record({ kind: fc.constantFrom('fold' as const, 'restart' as const) }),
  fc.record({ kind: fc.constant('whole' as const), tags: someTags }),
);
const all = Array.from({ length: 61 }, (_, n) => (n % 2 ? n * 2 ** 41 + n : n * 2 ** 36 - (n > 0 ? 1 : 0)));

test('under deltas, folds, new sets and restarts it is the set that a Set would be', async () => {
  await fc.assert(
    fc.asyncProperty(someTags, fc.array(aStep, { maxLength: 100 }), async (start, steps) => {
      const disk = memoryDisk();
      let wanted = new Set(start);
      await disk.write({ tags: packOf(start) });
      const load = async () => TagStore.of((await disk.load()).tags ?? { pack: packOf(), deltas: [] });
      let store = await load();
      for (const step of steps) {
        if (step.kind === 'restart') store = await load();
        if (step.kind === 'whole') {
          wanted = new Set(step.tags);
          await disk.write({ tags: packOf(step.tags) });
          store = TagStore.of({ pack: packOf(step.tags), deltas: [] });
        }
        if (step.kind === 'fold') {
          const tags = await store.fold();
          await disk.write({ tags });
          store = TagStore.of({ pack: tags, deltas: [] });
        }
        if (step.kind === 'delta') {
          for (const tag of step.removed) wanted.delete(tag);
          for (const tag of step.added) wanted.add(tag);
          const delta = { added: bytesOf(ascending(step.added)), removed: bytesOf(ascending(step.removed)) };
          const tagDelta = store.record(delta);
          await disk.write({ tagDelta });
          store = store.with(tagDelta);
        }
        expect(await store.held(all)).toEqual(wanted);
      }
      expect(await (await load()).held(all)).toEqual(wanted);
      expect((await disk.load()).tags?.deltas.length ?? 0).toBeLessThanOrEqual(16);
    }),
    { numRuns: 60 },
  );
});

test('a fold of many is what a Set makes of it', async () => {
  const base = ascending(randomTags(30_000, 5));
  const removed = base.filter((_, index) => index % 7 === 0);
  const added = ascending(randomTags(9000, 6));
  const deltas = Deltas.of([{ added: bytesOf(added), removed: bytesOf(removed) }]);
  const pack = await fold(new PackReader(packOf(base)), deltas, blobSink());
  const wanted = new Set(
    [...base].filter((tag) => !removed.includes(tag) || added.includes(tag)).concat(added),
  );
  expect(pack.count).toBe(wanted.size);
  expect(await new PackReader(pack).held([...base, ...added])).toEqual(wanted);
});

const key = 'email:ann@acme.example';

async function replicaOn(disk = memoryDisk()) {
  const replica = new Replica(async () => disk);
  const tagKey = await importTagKey(btoa('k'.repeat(32)));
  await replica.load();
  return { replica, disk, tagKey };
}

test('more than twenty thousand changes become one set, and none is lost on the way', async () => {
  const { replica, disk, tagKey } = await replicaOn();
  await replica.write({ tags: packOf(), meta: { tagKey, tagsVersion: 1 } });
  await replica.addTags([key]);
  const many = { added: bytesOf(ascending(randomTags(20_000, 7))), removed: bytesOf([]) };
  await replica.foldTags();
  expect((await disk.tags())?.deltas).toHaveLength(1);
  await replica.write({ tagDelta: many });
  await replica.foldTags();
  expect((await disk.tags())?.deltas).toEqual([]);
  expect((await disk.tags())?.pack.count).toBe(20_001);
  expect(await replica.known([key, 'email:bob@acme.example'])).toEqual(new Set([key]));
});

test('key and set change hands together: whoever asks in between is answered by one or the other', async () => {
  const { replica, tagKey } = await replicaOn();
  const next = await importTagKey(btoa('n'.repeat(32)));
  await replica.write({ tags: packOf(), meta: { tagKey, tagsVersion: 1 } });
  await replica.addTags([key]);
  const other = await replicaOn();
  await other.replica.write({ tags: packOf(), meta: { tagKey: next, tagsVersion: 1 } });
  const tag = await other.replica.tag(key);
  const asked = replica.known([key]);
  const written = replica.write({ tags: packOf([tag ?? 0]), meta: { tagKey: next, tagsVersion: 2 } });
  expect(await asked).toEqual(new Set([key]));
  await written;
  expect(await replica.known([key])).toEqual(new Set([key]));
  expect(await replica.tag(key)).toBe(tag);
});

test('a set that the disk gives back damaged is let go of; one that was only replaced is read again', async () => {
  const disk = memoryDisk();
  const { replica, tagKey } = await replicaOn(disk);
  const tags = packOf(randomTags(100, 8));
  await replica.write({ tags, meta: { tagKey, tagsVersion: 1 } });
  const tag = (await replica.tag(key)) ?? 0;
  const sound = packOf([tag]);
  const gone: Batch['tags'] = { ...sound, blob: new Blob(['gone']) };
  await disk.write({ tags: gone });
  const stale = await replicaOn(disk);
  expect(stale.replica.hasTags).toBe(true);
  await disk.write({ tags: sound });
  expect(await stale.replica.known([key])).toEqual(new Set([key]));
  await disk.write({ tags: gone });
  const damaged = await replicaOn(disk);
  expect(await damaged.replica.known([key])).toEqual(new Set());
  expect(damaged.replica.hasTags).toBe(false);
});
