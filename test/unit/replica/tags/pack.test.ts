import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS, type Pack, packBytes } from '../../../../utils/replica/tags/layout.ts';
import { PackReader } from '../../../../utils/replica/tags/pack-reader.ts';
import { PackWriter } from '../../../../utils/replica/tags/pack-writer.ts';
import { bytesOf, tagsOf } from '../../../../utils/replica/tags/tag-bytes.ts';
import { ascending, packed, packOf, randomTags } from './samples.ts';

const anyTag = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(0, 2 ** 48 - 1, 2 ** 40, 2 ** 36 - 1, 2 ** 32),
);

async function contentOf(pack: Pack): Promise<number[]> {
  const tags: number[] = [];
  for await (const piece of new PackReader(pack).tags()) tags.push(...tagsOf(piece));
  return tags;
}

test('holds what was put in, and nothing else, wherever its bytes were cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyTag),
      fc.array(anyTag),
      fc.integer({ min: 1, max: 20 }),
      async (tags, others, cut) => {
        const sorted = ascending(tags);
        const bytes = bytesOf(sorted);
        const writer = new PackWriter(sorted.length);
        for (let at = 0; at < bytes.length; at += cut) writer.add(bytes.subarray(at, at + cut));
        const pack = packed(writer);
        expect(pack.count).toBe(sorted.length);
        const asked = [...new Set([...tags, ...others])];
        const held = await new PackReader(pack).held(asked);
        expect(held).toEqual(new Set(sorted));
        expect(await contentOf(pack)).toEqual(sorted);
      },
    ),
    { numRuns: 60 },
  );
});

test('two hundred thousand: all of them are held, and few strangers are asked of the disk', async () => {
  const tags = ascending(randomTags(200_000, 1));
  const pack = packOf(tags);
  expect(pack.blob.size).toBe(packBytes(pack));
  expect(pack.blob.size).toBeLessThan(tags.length * 6.5 + 60_000);
  let asked = 0;
  const sliced = (from: number, to: number) => {
    const piece = pack.blob.slice(from, to);
    const read = () => {
      asked += 1;
      return piece.arrayBuffer();
    };
    return { size: piece.size, arrayBuffer: read };
  };
  const blob = { size: pack.blob.size, slice: sliced } as unknown as Blob;
  const reader = new PackReader({ ...pack, blob });
  const all = new Set(tags);
  const strangers = randomTags(20_000, 2).filter((tag) => !all.has(tag));
  for (let from = 0; from < strangers.length; from += 50) {
    expect(await reader.held(strangers.slice(from, from + 50))).toEqual(new Set());
  }
  expect(asked).toBeGreaterThan(50);
  expect(asked).toBeLessThan(strangers.length * 0.015);
  expect((await reader.held(tags.filter((_, index) => index % 97 === 0))).size).toBe(
    Math.ceil(tags.length / 97),
  );
  const before = asked;
  await reader.held(tags.slice(0, 50));
  await reader.held(tags.slice(0, 50));
  expect(asked - before).toBeLessThanOrEqual(50);
});

test('what does not ascend, or ends within a tag, is no set', () => {
  expect(() => new PackWriter(2).add(bytesOf([7, 7]))).toThrow('[tags]');
  expect(() => new PackWriter(2).add(bytesOf([7, 6]))).toThrow('[tags]');
  const writer = new PackWriter(1);
  writer.add(new Uint8Array(7));
  expect(() => writer.finish()).toThrow('[tags]');
});

test('a pack that was cut off, changed anywhere or can not be read says so and never answers', async () => {
  const tags = ascending(randomTags(50_000, 3));
  const pack = packOf(tags);
  const bytes = new Uint8Array(await pack.blob.arrayBuffer());
  const damaged = async (blob: Blob) => {
    const reader = new PackReader({ ...pack, blob });
    await expect(reader.held(tags)).rejects.toMatchObject({ name: 'TagsDamaged' });
  };
  await damaged(pack.blob.slice(0, pack.blob.size - 1));
  await damaged(new Blob());
  for (const at of [
    0,
    40_000,
    pack.segment * BUCKETS + 9000,
    pack.blob.size - 2,
    Math.floor(pack.blob.size * 0.7),
  ]) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 4;
    await damaged(new Blob([changed]));
  }
  const gone = {
    size: pack.blob.size,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
  };
  await damaged(gone as unknown as Blob);
});
