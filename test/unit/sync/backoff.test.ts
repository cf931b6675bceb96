import { expect, test } from 'vitest';
import { backoff } from '../../../utils/sync/backoff.ts';

test('doubles up to half a minute, half of it by chance', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => backoff(failures, () => 1))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  expect(backoff(6, () => 0)).toBe(15_000);
});
