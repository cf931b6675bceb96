import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryDisk } from '../../../../utils/replica/memory-disk.ts';
import { fileSink, openFile, removeFiles } from '../../../../utils/replica/tags/files.ts';
import type { Pack } from '../../../../utils/replica/tags/layout.ts';
import { PackReader } from '../../../../utils/replica/tags/pack-reader.ts';
import { packInto } from '../../../../utils/replica/tags/pack-writer.ts';
import { bytesOf } from '../../../../utils/replica/tags/tag-bytes.ts';
import { TagServer } from '../../sync/tag-server.ts';
import { browser, PEOPLE } from '../../sync/tags-browser.ts';
import { FakeFiles } from './file-system.ts';
import { ascending, packOf, randomTags } from './samples.ts';

let there = new FakeFiles();
beforeEach(() => {
  there = new FakeFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: there.getDirectory } });
});
afterEach(() => vi.unstubAllGlobals());

const TAGS = ascending(randomTags(60_000, 11));

async function* inPieces(tags: number[]): AsyncGenerator<Uint8Array> {
  const bytes = bytesOf(tags);
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

const write = async (tags = TAGS) => packInto(await fileSink(), tags.length, inPieces(tags));

test('what was written piece by piece is the pack that it is in one piece', async () => {
  const pack = await write();
  const { blob: _, file, ...facts } = pack;
  const { blob, ...wanted } = packOf(TAGS);
  expect(facts).toEqual(wanted);
  const bytes = async (of = new Blob()) => Buffer.from(await of.arrayBuffer());
  expect((await bytes(await openFile(file ?? ''))).equals(await bytes(blob))).toBe(true);
  expect(await new PackReader(pack).held([...TAGS.slice(0, 40), 1, 2])).toEqual(new Set(TAGS.slice(0, 40)));
});

test.each([0, 1, 2, 5])('no room after %i writes: nothing is left behind, and it says so', async (room) => {
  const first = await write();
  there.room = room;
  await expect(write(ascending(randomTags(200_000, 12)))).rejects.toMatchObject({ code: 'full' });
  expect([...there.files.keys()]).toEqual([first.file]);
});

test('what does not come to its end leaves nothing behind', async () => {
  const broken = async function* () {
    yield* inPieces(TAGS.slice(0, 30_000));
    throw new TypeError('network');
  };
  await expect(packInto(await fileSink(), TAGS.length, broken())).rejects.toThrow('network');
  expect(there.files.size).toBe(0);
});

test('what a background that ended has left is removed; what is in place or being written stays', async () => {
  const { file } = await write();
  const left = await fileSink();
  await left.write(0, new Uint8Array(9));
  there.end();
  there.files.set('other', new Blob(['x']));
  const now = await fileSink();
  await now.write(0, new Uint8Array(9));
  expect(there.files.size).toBe(4);
  await removeFiles(file);
  expect([...there.files.keys()]).toEqual([file, 'other', expect.stringContaining('tags-')]);
  await now.drop();
  expect([...there.files.keys()]).toEqual([file, 'other']);
});

test('no file system, or a file that is gone, is no set and no failure', async () => {
  const { file = '' } = await write();
  await removeFiles();
  expect(await openFile(file)).toBeUndefined();
  vi.stubGlobal('navigator', {});
  expect(await openFile(file)).toBeUndefined();
  await removeFiles();
  await expect(fileSink()).rejects.toThrow();
});

/** A disk with files beside it, as the one in IndexedDB has them. */
function diskWithFiles() {
  const disk = memoryDisk();
  const tidyTags = async () => removeFiles((await disk.tags())?.pack.file);
  const tagSink = async () => {
    await tidyTags();
    return fileSink();
  };
  return { ...disk, tagSink, tidyTags };
}

test('set after set, and key after key: there are never more than two, and one in the end', async () => {
  const server = new TagServer();
  server.toggle(...Array.from({ length: 3000 }, (_, n) => `email:person${n}@acme.example`));
  const one = browser(server, diskWithFiles());
  await one.meet();
  const [only] = there.files.values();
  for (let n = 0; n < 5; n += 1) {
    server.rotate();
    await one.meet({ tagKeyStale: true });
    expect(there.files.size).toBe(1);
    expect(await one.known()).toEqual(new Set(PEOPLE));
  }
  expect(there.most).toBeLessThan((only?.size ?? 0) * 2.1);
});

test('where a file has no room the set is fetched into memory; folded is when there is room', async () => {
  const server = new TagServer();
  const disk = diskWithFiles();
  const one = browser(server, disk);
  server.toggle(...PEOPLE);
  there.room = 0;
  await one.meet();
  expect(await one.known()).toEqual(server.members);
  expect(there.files.size).toBe(0);
  expect((await disk.tags())?.pack.file).toBeUndefined();
  const many = { added: bytesOf(ascending(randomTags(20_001, 13))), removed: bytesOf([]) };
  await one.replica().write({ tagDelta: many });
  await one.replica().foldTags();
  expect((await disk.tags())?.deltas).toHaveLength(1);
  there.room = Number.POSITIVE_INFINITY;
  await one.replica().foldTags();
  const folded: Pack | undefined = (await disk.tags())?.pack;
  expect([...there.files.keys()]).toEqual([folded?.file]);
  expect(await one.known()).toEqual(server.members);
});
