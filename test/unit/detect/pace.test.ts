import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from '../../../utils/detect/pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('what was saved may be taken at once, and no more', () => {
  const pace = new Pace(0.04, 5000);
  for (let n = 0; n < 10; n++) pace.spend(20);
  expect(pace.wait).toBe(0);
  pace.spend(20);
  expect(pace.wait).toBeCloseTo(500);
  vi.advanceTimersByTime(500);
  expect(pace.wait).toBeCloseTo(0);
});

test('a quiet day saves no more than a quiet while', () => {
  const pace = new Pace(0.04, 5000);
  vi.advanceTimersByTime(86_400_000);
  pace.spend(240);
  expect(pace.wait).toBeCloseTo(1000);
});

test('whoever always wants more gets its share', () => {
  const pace = new Pace(0.04, 5000);
  let taken = 0;
  for (let at = 0; at < 100_000; at += 10) {
    vi.advanceTimersByTime(10);
    if (pace.wait > 0) continue;
    pace.spend(30);
    taken += 30;
  }
  expect(taken / 100_000).toBeGreaterThan(0.038);
  expect(taken / 100_000).toBeLessThan(0.045);
});

test('a step in which the computer slept, and a debt that is let go', () => {
  const pace = new Pace(0.04, 5000);
  pace.spend(8 * 3_600_000);
  expect(pace.wait).toBeCloseTo(300 / 0.04);
  pace.forgive();
  expect(pace.wait).toBe(0);
  pace.spend(4);
  expect(pace.wait).toBeCloseTo(100);
});

test('one of very many frames has saved less for one time than one of a few', () => {
  const once = (share: number) => {
    const pace = new Pace(share);
    vi.advanceTimersByTime(86_400_000);
    let taken = 0;
    while (pace.wait === 0) {
      pace.spend(1);
      taken++;
    }
    return taken;
  };
  expect(once(0.018 / 10)).toBe(21);
  expect(once(0.018 / 100)).toBe(10);
});

test('what is no more than its share of a while', () => {
  const pace = new Pace(0.04);
  expect([pace.covers(400, 10_000), pace.covers(401, 10_000)]).toEqual([true, false]);
});
