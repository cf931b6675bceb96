import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setUp } from './rig.ts';

const DAY = 24 * 3_600_000;
const START = 100 * DAY;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** In step at first, then without a server; the alarm wakes it every six hours. */
async function outOfReach() {
  const { sync, replica, down } = await setUp();
  await sync.wake();
  down(true);
  const live = async (days: number) => {
    for (let hours = 0; hours < days * 24; hours += 6) {
      await vi.advanceTimersByTimeAsync(DAY / 4);
      await sync.wake();
    }
  };
  return { sync, replica, down, live };
}

test('it locks after 14 days, and not before', async () => {
  const { sync, live } = await outOfReach();
  await live(13.75);
  expect(sync.connection.state).toBe('offline');
  await live(0.5);
  expect(sync.connection.state).toBe('locked');
});

test.each([
  ['on the last day', 13],
  ['right after it was in step', 0],
  ['a day at a time', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
] as [string, ...number[]][])('a clock that is set back %s does not put it off', async (_, ...on) => {
  const { sync, live } = await outOfReach();
  let lived = 0;
  for (const day of on) {
    await live(day - lived);
    lived = day;
    vi.setSystemTime(Date.now() - 20 * DAY);
    // As the browser does when it starts.
    await sync.wake();
  }
  await live(13.75 - lived);
  expect(sync.connection.state).toBe('offline');
  await live(0.5);
  expect(sync.connection.state).toBe('locked');
});

test('the server, once met, sets the count to nothing', async () => {
  const { sync, replica, down, live } = await outOfReach();
  await live(10);
  expect(replica.meta.away?.ms).toBeGreaterThan(9 * DAY);
  down(false);
  await sync.wake();
  expect(replica.meta.away).toBeUndefined();
  down(true);
  await live(13.75);
  expect(sync.connection.state).toBe('offline');
  down(false);
  await live(0.5);
  expect(sync.connection.state).toBe('online');
});
