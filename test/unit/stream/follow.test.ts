import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStream } from '../../../utils/stream/follow.ts';
import type { ErrorCode } from '../../../utils/trouble.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { fetching, openStream } from './events.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const OF = '0192f000-0000-7000-8000-000000000009';
const denied = (code: string) => () => Response.json({ error: { code, message: '' } }, { status: 401 });

/** A screen that holds what these answers bring; `said` is all that the background hears, in order. */
function follow(...answers: (() => Response | Promise<Response>)[]) {
  const stop = new AbortController();
  const calls = new EventTarget();
  const said: unknown[] = [];
  const { fetch, asked } = fetching(...answers);
  let tokens = 0;
  let trouble: ErrorCode | undefined;
  const done = followStream({
    async open(refused) {
      if (trouble) throw new Trouble(trouble, '');
      if (refused !== undefined) tokens += 1;
      return { server: 'https://team.example', token: `token-${tokens}`, since: 7, of: OF };
    },
    async hear(told) {
      said.push(told);
    },
    async bye(told) {
      said.push(told);
    },
    say: (word) => said.push(word),
    ...{ fetch, now: Date.now, random: () => 1, signal: stop.signal, calls },
  });
  return {
    ...{ asked, said, stop, calls, done },
    open: () => void calls.dispatchEvent(new Event('again')),
    trouble: (code: ErrorCode | undefined) => {
      trouble = code;
    },
  };
}

test('what the stream says is told with the sign-in it is for, and it is live from its beginning on', async () => {
  const stream = openStream();
  const { said, stop, done } = follow(stream.answer);
  await vi.advanceTimersByTimeAsync(10);
  expect(said).toEqual(['trying']);
  stream.hello();
  await vi.advanceTimersByTimeAsync(10);
  const changes = { since: 7, version: 8, changes: [] };
  stream.event('changes', changes);
  await vi.advanceTimersByTimeAsync(10);
  expect(said).toEqual(['trying', 'live', { ...changes, of: OF }]);
  // Signs of life are told, not more often than needed.
  await vi.advanceTimersByTimeAsync(20_000);
  stream.beat();
  stream.beat();
  await vi.advanceTimersByTimeAsync(10);
  expect(said.slice(3)).toEqual(['live']);
  stop.abort();
  await done;
  expect(said.at(-1)).toBe('lost');
});

test('a cut stream begins again at once, then ever later', async () => {
  const streams = Array.from({ length: 4 }, openStream);
  const { asked, said } = follow(...streams.map(({ answer }) => answer));
  for (const [nth, wait] of [250, 1000, 2000].entries()) {
    streams[nth]?.hello();
    await vi.advanceTimersByTimeAsync(10);
    streams[nth]?.cut();
    await vi.advanceTimersByTimeAsync(wait - 50);
    expect(asked).toHaveLength(nth + 1);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(nth + 2);
  }
  expect(said).toEqual([...Array(3).fill(['trying', 'live', 'lost']).flat(), 'trying']);
});

test('behind a proxy that holds it back it is never live, and tried seldom', async () => {
  const { asked, said } = follow();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(new Set(said)).toEqual(new Set(['trying']));
  expect(asked.length).toBeLessThan(7);
});

test('a refused token is replaced, and the stream begins with the new one', async () => {
  const stream = openStream();
  const { asked, said } = follow(denied('token'), stream.answer);
  await vi.advanceTimersByTimeAsync(400);
  stream.hello();
  await vi.advanceTimersByTimeAsync(10);
  expect(asked.map(({ bearer }) => bearer)).toEqual(['Bearer token-0', 'Bearer token-1']);
  expect(said).toEqual(['trying', 'trying', 'live']);
});

test.each(['removed', 'ended'])(
  '%s: it is told, on a stream or instead of one, and not asked again soon',
  async (code) => {
    const stream = openStream();
    const on = follow(stream.answer);
    stream.hello();
    stream.event('bye', { code });
    stream.end();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(on.said).toEqual(['trying', 'live', { of: OF, code }, 'lost']);
    const instead = follow(denied(code));
    await vi.advanceTimersByTimeAsync(10);
    expect(instead.said).toContainEqual({ of: OF, code });
  },
);

test('with nobody signed in nothing is asked of a server; a call begins at once', async () => {
  const stream = openStream();
  const { asked, said, trouble, open } = follow(stream.answer);
  trouble('signed-out');
  open();
  await vi.advanceTimersByTimeAsync(10);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(asked.length).toBeLessThanOrEqual(1);
  trouble(undefined);
  open();
  stream.hello();
  await vi.advanceTimersByTimeAsync(10);
  expect(said.at(-1)).not.toBe('lost');
});

test('a call ends the stream that is held, and begins another', async () => {
  const [one, two] = [openStream(), openStream()];
  const { said, open, asked } = follow(one.answer, two.answer);
  one.hello();
  await vi.advanceTimersByTimeAsync(10);
  open();
  two.hello();
  await vi.advanceTimersByTimeAsync(10);
  expect(said).toEqual(['trying', 'live', 'lost', 'trying', 'live']);
  expect(asked).toHaveLength(2);
});

test('a computer that slept does not wait for the rest of a long pause', async () => {
  const { asked } = follow();
  await vi.advanceTimersByTimeAsync(700_000);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(before);
  vi.setSystemTime(Date.now() + 3 * 86_400_000);
  await vi.advanceTimersByTimeAsync(6000);
  expect(asked).toHaveLength(before + 1);
});

test('what the background does not take ends the stream: the next one begins at its place', async () => {
  const stream = openStream();
  const stop = new AbortController();
  const { fetch, asked } = fetching(stream.answer);
  void followStream({
    open: async () => ({ server: 'https://team.example', token: 't', since: 7, of: OF }),
    hear: () => Promise.reject(new Trouble('outdated', 'no background')),
    bye: async () => undefined,
    say: () => undefined,
    ...{ fetch, now: Date.now, random: () => 1, signal: stop.signal, calls: new EventTarget() },
  });
  stream.hello();
  stream.event('changes', { since: 7, version: 8, changes: [] });
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveLength(2);
  stop.abort();
});
