import { expect, test, vi } from 'vitest';
import { memoryDisk } from '../../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../../utils/replica/replica.ts';
import type { Pack } from '../../../../utils/replica/tags/layout.ts';
import { PackReader } from '../../../../utils/replica/tags/pack-reader.ts';
import { packInto } from '../../../../utils/replica/tags/pack-writer.ts';
import { Pieces } from '../../../../utils/replica/tags/pieces.ts';
import { blobSink } from '../../../../utils/replica/tags/sink.ts';
import { bytesOf } from '../../../../utils/replica/tags/tag-bytes.ts';
import { ascending, packOf, randomTags } from './samples.ts';

/** 18 pieces of 60 kB. */
const TAGS = ascending(randomTags(200_000, 21));
/** Some of every piece. */
const SOME = TAGS.filter((_, at) => at % 500 === 0);
/** What a reader cuts to read filter and table. */
const HEAD = 5;

/** What was cut of the blob. */
const cutsOf = (blob: Blob) => vi.spyOn(blob, 'slice');

/** A set as it is when it was written, and what was cut of it by then. */
async function written() {
  const sink = blobSink();
  let cuts = cutsOf(new Blob());
  const end = async () => {
    const ended = await sink.end();
    cuts = cutsOf(ended.blob);
    return ended;
  };
  const bytes = (async function* () {
    yield bytesOf(TAGS);
  })();
  return { pack: await packInto({ ...sink, end }, TAGS.length, bytes), cuts };
}

const tableOf = async ({ blob, segment }: Pack) =>
  new Uint32Array(await blob.slice(segment * 4096, segment * 4096 + 4096 * 12).arrayBuffer());
const turns = (count: number) =>
  Array.from({ length: count }).reduce<Promise<unknown>>(
    (before) => before.then(() => new Promise((goOn) => setTimeout(goOn))),
    Promise.resolve(),
  );

test('of a set that was written nothing has to be cut for a question', async () => {
  const { pack, cuts } = await written();
  expect(cuts.mock.calls.length).toBeGreaterThan(10);
  cuts.mockClear();
  expect((await new PackReader(pack).held(SOME)).size).toBe(SOME.length);
  expect(cuts).toHaveBeenCalledTimes(HEAD);
});

test('of one that lies there a piece is cut as it is asked for, and the rest after the first answer', async () => {
  const pack = packOf(TAGS);
  const cuts = cutsOf(pack.blob);
  const reader = new PackReader(pack);
  const { count } = new Pieces(pack, new Uint32Array());
  await reader.held(TAGS.slice(0, 1));
  expect(cuts.mock.calls.length).toBeLessThan(HEAD + count);
  await vi.waitFor(() => expect(cuts).toHaveBeenCalledTimes(HEAD + count));
  cuts.mockClear();
  await reader.held(SOME);
  expect(cuts).not.toHaveBeenCalled();
});

test('while a question waits for its answer none is cut ahead', async () => {
  const pack = packOf(TAGS);
  const table = await tableOf(pack);
  const cuts = cutsOf(pack.blob);
  let isBusy = true;
  const all = new Pieces(pack, table).cutAhead(() => isBusy);
  const before = cuts.mock.calls.length;
  await turns(5);
  expect(cuts).toHaveBeenCalledTimes(before);
  isBusy = false;
  await all;
  expect(cuts.mock.calls.length).toBeGreaterThan(before);
});

test('the filter of a set that has just been put in place is read before anybody asks', async () => {
  const { pack, cuts } = await written();
  cuts.mockClear();
  const replica = new Replica(async () => memoryDisk());
  await replica.write({ tags: pack, meta: { tagsVersion: 1 } });
  expect(cuts).toHaveBeenCalledTimes(HEAD);
});
