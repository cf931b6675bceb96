import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TagSet } from '../../../utils/replica/tags.ts';

const empty = new TagSet(new Uint8Array());
const tag = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test('holds what was put in, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(tag), fc.array(tag), fc.array(tag), (first, second, others) => {
      const set = empty.with(first).with(second);
      const wanted = new Set([...first, ...second]);
      expect(set.size).toBe(wanted.size);
      for (const each of [...wanted, ...others]) expect(set.has(each)).toBe(wanted.has(each));
    }),
  );
});

test('is laid out as the server sends it: six bytes each, big-endian, ascending', () => {
  const set = empty.with([2 ** 40 + 7, 5]);
  expect([...set.bytes]).toEqual([0, 0, 0, 0, 0, 5, 1, 0, 0, 0, 0, 7]);
  expect(set.with([5])).toBe(set);
});

test('refuses what cannot be a set of tags', () => {
  expect(() => new TagSet(new Uint8Array(7))).toThrow('[tags]');
});
