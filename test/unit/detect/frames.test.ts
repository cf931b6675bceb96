import { expect, test } from 'vitest';
import { shareOf } from '../../../utils/detect/frames.ts';

/** As much of a window as a frame of another origin may see; which of its frames there are must not be asked. */
interface Seen {
  length: number;
  parent: Seen;
  top: Seen;
}

function windowOf(length: number, parent?: Seen): Seen {
  const view = {
    length,
    get 0(): never {
      throw new Error('a frame that was gone into');
    },
  } as unknown as Seen;
  view.parent = parent ?? view;
  view.top = parent?.top ?? view;
  return view;
}

const share = (view: Seen) => shareOf(view as unknown as Window)();

test('a page without frames has all of its share', () => {
  expect(share(windowOf(0))).toBe(0.04);
});

test.each([
  [1, 0],
  [3, 5],
  [100, 0],
  [400, 500],
])('%i frames and %i in one of them share what a page has, and do not add to it', (frames, inner) => {
  const top = windowOf(frames);
  const first = windowOf(inner, top);
  const inside = inner * share(windowOf(0, first));
  const all = share(top) + share(first) + inside + (frames - 1) * share(windowOf(0, top));
  expect(all).toBeCloseTo(0.04, 5);
  expect(share(top)).toBeGreaterThan(0.02);
});

test('frames within frames without end have a share too', () => {
  let at = windowOf(1);
  for (let n = 0; n < 1000; n++) at = windowOf(1, at);
  expect(share(at)).toBeGreaterThan(0);
});

test('a frame that has been taken out of its page has one as well', () => {
  const gone = Object.assign(windowOf(0), { parent: null, top: null });
  expect(share(gone as unknown as Seen)).toBe(0.04);
});
