import { expect, test } from 'vitest';
import { shareOf } from '../../../utils/detect/frames.ts';

/** As much of a window as a frame of another origin may see. */
function windowOf(frames: number, inner = 0): { top: Window; first: Window } {
  const top = { length: frames } as unknown as Record<string | number, unknown>;
  top.top = top;
  for (let n = 0; n < frames; n++) top[n] = { length: n === 0 ? inner : 0, top };
  const first = (top[0] ?? {}) as Record<string | number, unknown>;
  for (let n = 0; n < inner; n++) first[n] = { length: 0, top };
  return { top: top as unknown as Window, first: first as unknown as Window };
}

test('a page without frames has all of its share', () => {
  expect(shareOf(windowOf(0).top)()).toBe(0.04);
});

test.each([
  [1, 0],
  [3, 5],
  [100, 0],
  [400, 500],
])('%i frames and %i in one of them share what a page has, and do not add to it', (frames, inner) => {
  const { top, first } = windowOf(frames, inner);
  const all = shareOf(top)() + (frames + inner) * shareOf(first)();
  expect(all).toBeCloseTo(0.04, 5);
  expect(shareOf(top)()).toBeGreaterThan(0.02);
});

test('a page that makes frames without end is counted to an end', () => {
  expect(shareOf(windowOf(100_000).first)()).toBeGreaterThan(0.00001);
});
