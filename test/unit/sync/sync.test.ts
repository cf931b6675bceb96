import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Trouble } from '../../../utils/trouble.ts';
import { idOf } from '../replica/samples.ts';
import { ann, note, refusal, setUp } from './rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const DAY = 24 * 3_600_000;

test('asks every two seconds while a screen is open, and rests otherwise', async () => {
  const { sync, asked } = await setUp();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  sync.setScreens(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.length).toBeGreaterThanOrEqual(5);
  expect(asked.length).toBeLessThanOrEqual(7);
  expect(new Set(asked)).toEqual(new Set(['/v1/changes']));
  sync.setScreens(0);
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});

test('out of reach it asks ever more seldom, and at once when told to', async () => {
  const { sync, asked, down } = await setUp();
  down(true);
  sync.setScreens(1);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(sync.connection.state).toBe('offline');
  expect(asked.length).toBeLessThan(18);
  down(false);
  await sync.wake();
  expect(sync.connection.state).toBe('online');
});

test('a server that has too much to do is left alone for as long as it says', async () => {
  const { sync, asked, answer } = await setUp();
  answer(() => new Response('', { status: 429, headers: { 'retry-after': '20' } }));
  sync.setScreens(1);
  await vi.advanceTimersByTimeAsync(2_000);
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(17_000);
  expect(asked).toEqual([]);
  answer(undefined);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(sync.connection.state).toBe('online');
});

test('several wishes at one time are one round and one more', async () => {
  const { sync, asked } = await setUp();
  await Promise.all([sync.wake(), sync.wake(), sync.wake()]);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('forgets everything that came from the server', async () => {
  const { sync } = await setUp();
  await sync.forget();
  expect(sync.connection).toEqual({ state: 'unset' });
});

test('a token that has run out is renewed, and the request is made again', async () => {
  const { sync, answer } = await setUp();
  answer((_, bearer) => (bearer === 'Bearer second' ? undefined : refusal('token')));
  await sync.wake();
  expect(sync.connection.state).toBe('online');
  answer(() => refusal('token'));
  await sync.wake();
  expect(sync.connection.state).toBe('denied');
  answer(undefined);
  await sync.wake();
  expect(sync.connection.state).toBe('online');
});

test.each([
  ['removed', undefined, 'removed', 0],
  ['ended', 'admin', 'signed-out', 0],
  ['ended', 'reuse', 'signed-out', 1],
] as const)('%s by %s: the copy goes, and no round is made any more', async (code, reason, state, left) => {
  const { sync, replica, asked, answer, ended, onWiped } = await setUp();
  await replica.write({ cards: [ann] });
  await replica.append(note);
  ended(new Trouble(code, '', { cause: reason }));
  answer(() => refusal(code));
  sync.setScreens(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(sync.connection).toMatchObject({ state, server: 'https://team.example', workspace: 'Team' });
  expect(sync.connection.reason).toBe(reason);
  expect(sync.connection.inStepAt).toBeUndefined();
  expect(await replica.cardIds()).toEqual([]);
  expect(replica.queued).toHaveLength(left);
  expect(onWiped).toHaveBeenCalledOnce();
  asked.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  await expect(sync.use(() => Promise.resolve())).rejects.toMatchObject({ code: 'signed-out' });
});

test('what says that it was ended is believed only when the server says so too', async () => {
  const { sync, replica, answer, ended } = await setUp();
  await replica.write({ cards: [ann] });
  answer(() => refusal('removed'));
  await sync.wake();
  expect(sync.connection.state).toBe('denied');
  ended(new Trouble('offline', ''));
  await sync.wake();
  expect(sync.connection.state).toBe('offline');
  expect(await replica.cardIds()).toEqual([ann.id]);
});

test('a request under way cannot bring back what was wiped', async () => {
  const { sync, replica, answer, ended } = await setUp();
  let release = () => {};
  const late = sync.use(async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await replica.write({ cards: [ann] });
  });
  ended(new Trouble('removed', ''));
  answer(() => refusal('removed'));
  const round = sync.wake();
  await vi.advanceTimersByTimeAsync(10);
  expect(replica.meta.ended).toBeUndefined();
  release();
  await Promise.all([late, round]);
  expect(sync.connection.state).toBe('removed');
  expect(await replica.cardIds()).toEqual([]);
});

test('a copy that has not met its server for so many days locks, and opens when it does', async () => {
  const { sync, replica, down } = await setUp();
  await replica.write({ meta: { ...replica.meta, lockDays: 3 } });
  down(true);
  await vi.advanceTimersByTimeAsync(2.9 * DAY);
  await sync.wake();
  expect(sync.connection.state).toBe('offline');
  await vi.advanceTimersByTimeAsync(0.2 * DAY);
  expect(sync.connection.state).toBe('locked');
  await sync.wake();
  // A clock that is set back does not open it.
  vi.setSystemTime(1_000_000);
  expect(sync.connection.state).toBe('locked');
  down(false);
  await sync.wake();
  expect(sync.connection.state).toBe('online');
  expect(replica.meta.locked).toBeUndefined();
});

test('what a viewer wrote before is given back, and the copy stays in step', async () => {
  const { sync, replica, answer } = await setUp();
  await replica.append(note);
  answer((path) => {
    if (path === '/v1/cards') return Response.json({ cards: [] });
    return path === '/v1/commands' ? refusal('viewer', 403) : undefined;
  });
  await sync.wake();
  expect(sync.connection.state).toBe('online');
  expect(replica.queued).toMatchObject([{ refused: { reason: 'role' } }]);
});

test('what waits is sent as its author only', async () => {
  const { sync, replica, asked } = await setUp();
  await replica.append({ ...note, memberId: idOf(55) });
  await sync.wake();
  expect(asked).not.toContain('/v1/commands');
});

test.each([
  ['a page of a proxy', new Response('<h1>Blocked</h1>', { status: 403 })],
  ['a proxy that takes less', new Response('', { status: 413 })],
  ['a wall of the server', refusal('origin', 403)],
  ['another program', Response.json({ error: 'bad request' }, { status: 400 })],
])('%s decides nothing that waits', async (_, response) => {
  const { sync, replica, answer } = await setUp();
  await replica.append(note);
  answer((path) => (path === '/v1/commands' ? response.clone() : undefined));
  await sync.wake();
  expect(sync.connection.state).toBe('strange');
  expect(replica.queued).toMatchObject([{ command: { id: note.command.id } }]);
  expect(replica.queued[0]?.refused).toBeUndefined();
  answer(() => undefined);
});

test('a set of tags that does not come makes nobody lock: the rest is in step', async () => {
  const { sync, replica, answer } = await setUp();
  await replica.write({ meta: { ...replica.meta, tagsStale: true } });
  answer((path) => (path === '/v1/tags' ? new Response('', { status: 500 }) : undefined));
  await vi.advanceTimersByTimeAsync(3_600_000);
  const before = Date.now();
  await sync.wake();
  expect(sync.connection).toMatchObject({ state: 'offline', inStepAt: before });
});
