import { expect, test } from 'vitest';
import { Rest } from '../../../utils/stream/rest.ts';

const cut = { why: 'cut' } as const;

test('after a first cut at once, then ever longer, and from the beginning after a stream that lasted', () => {
  const rest = new Rest(() => 1);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => rest.after(cut, 1000))).toEqual([
    250, 1000, 2000, 4000, 8000, 16_000, 30_000,
  ]);
  expect(rest.after(cut, 60_000)).toBe(250);
});

test('where it is held back, in half a minute and at last every ten', () => {
  const rest = new Rest(() => 1);
  const waits = Array.from({ length: 7 }, () => rest.after({ why: 'held' }, 0));
  expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  expect(new Rest(() => 0).after({ why: 'held' }, 0)).toBe(15_000);
});

test('a server that is busy is left alone for as long as it says', () => {
  const rest = new Rest(() => 1);
  expect(rest.after({ why: 'busy', retryAfter: 30_000 }, 0)).toBe(30_000);
  expect(rest.after({ why: 'busy', retryAfter: 0 }, 0)).toBe(1000);
});

test('a token that has run out is no reason to wait, unless the next one is refused too', () => {
  const rest = new Rest(() => 0);
  expect(rest.after({ why: 'refused', code: 'token' }, 0)).toBe(0);
  expect(rest.after({ why: 'refused', code: 'token' }, 0)).toBe(500);
});
