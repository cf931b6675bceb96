import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inStepSince } from '../../../utils/sync/in-step.ts';
import { passed } from '../../../utils/sync/passed.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { setUp } from './rig.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = 100 * DAY;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const jump = (ms: number) => vi.setSystemTime(Date.now() + ms);

test('an interval is over when its time has gone by, or the clock was set back', () => {
  expect(passed(undefined, 5, 10)).toBe(true);
  expect([14, 15].map((now) => passed(5, now, 10))).toEqual([false, true]);
  expect(passed(START, START - 1, 10)).toBe(true);
});

test('since when a copy is in step is never told later than it was', () => {
  const mark = { at: START, steady: 1000 };
  const meta = { inStepAt: START };
  expect(inStepSince({}, mark, START, 1000)).toBeUndefined();
  expect(inStepSince(meta, mark, START + HOUR, 1000 + HOUR)).toBe(START);
  // Set back by a day after an hour: an hour ago, by the clock of now.
  expect(inStepSince(meta, mark, START + HOUR - DAY, 1000 + HOUR)).toBe(START - DAY);
  // Set forward, or slept for a day.
  expect(inStepSince(meta, mark, START + DAY, 2000)).toBe(START);
  // Started again since, with a clock that was set back: nobody can tell.
  expect(inStepSince(meta, undefined, START - DAY, 5)).toBeUndefined();
  expect(inStepSince(meta, { at: START - HOUR, steady: 0 }, START - DAY, 5)).toBeUndefined();
  expect(inStepSince(meta, undefined, START + HOUR, 5)).toBe(START);
  // What was counted while away holds.
  const away = { ms: 3 * DAY, at: START - DAY };
  expect(inStepSince({ inStepAt: START - 2 * DAY, away }, undefined, START, 5)).toBe(START - 4 * DAY);
});

test.each([
  ['set back', -DAY],
  ['set forward', DAY],
])('a clock %s by a day stops no rounds, and the copy is in step by the clock of now', async (_, by) => {
  const { sync, asked } = await setUp();
  sync.setScreens(1);
  await pass(10_000);
  jump(by);
  await pass(2000);
  asked.length = 0;
  await pass(10_000);
  expect(asked.filter((path) => path === '/v1/changes').length).toBeGreaterThanOrEqual(4);
  expect(sync.connection.state).toBe('online');
  expect(Math.abs(Date.now() - (sync.connection.inStepAt ?? 0))).toBeLessThan(3000);
});

test('a server that wants to be left alone is not left alone for a day', async () => {
  const { sync, answer } = await setUp();
  answer(() => new Response('', { status: 429, headers: { 'retry-after': '20' } }));
  sync.setScreens(1);
  await pass(2000);
  jump(-DAY);
  answer(undefined);
  await pass(30_000);
  expect(sync.connection.state).toBe('online');
});

test('what is asked for seldom is asked for after a clock was set back', async () => {
  const { sync, asked } = await setUp();
  await sync.wake();
  expect(asked).not.toContain('/v1/session');
  jump(-DAY);
  await sync.wake();
  expect(asked).toContain('/v1/session');
});

test('out of reach, its age goes on as time passes, whatever the clock is set to', async () => {
  const { sync, down } = await setUp();
  await sync.wake();
  down(true);
  const age = () => Date.now() - (sync.connection.inStepAt ?? Number.NaN);
  await pass(2 * HOUR);
  await sync.wake();
  for (const by of [-DAY, -20 * DAY, -DAY]) {
    jump(by);
    const before = age();
    expect(before).toBeGreaterThanOrEqual(2 * HOUR);
    await sync.wake();
    await pass(HOUR);
    expect(age()).toBeGreaterThanOrEqual(before + HOUR);
    expect(age()).toBeLessThan(6 * HOUR);
  }
  expect(sync.connection.state).toBe('offline');
});

test('started again with a clock that is set back, it claims nothing until it is in step', async () => {
  const { sync, replica } = await setUp();
  await sync.wake();
  jump(-DAY);
  const auth = {
    token: async () => 'first',
    ask: () => Promise.reject(new Error('not asked')),
    drop: async () => true,
    signOut: async () => async () => undefined,
  };
  const later = new Sync({
    ...{ replica, auth },
    onChange: () => undefined,
    fetch: () => Promise.reject(new TypeError('network')),
  });
  expect(later.connection.inStepAt).toBeUndefined();
  await later.wake();
  expect(later.connection).toMatchObject({ state: 'offline' });
  expect(later.connection.inStepAt).toBeUndefined();
});
