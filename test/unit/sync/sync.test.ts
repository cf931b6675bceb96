import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Batch } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { cardOf, heldOf, idOf } from '../replica/samples.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const answers: Record<string, () => Response> = {
  '/v1/session': () =>
    Response.json({
      workspace: { id: idOf(1), name: 'Team' },
      me: idOf(2),
      tagKey: btoa('k'.repeat(32)),
      version: 3,
    }),
  '/v1/tags': () => new Response(new Uint8Array(), { headers: { 'truce-version': '3', etag: '"3"' } }),
  '/v1/shared': () => Response.json({ version: 3, stages: [], members: [], campaigns: [] }),
  '/v1/changes': () => Response.json({ version: 3, changes: [], more: false }),
};

async function setUp() {
  const asked: string[] = [];
  let answer: Weather;
  const replica = new Replica(async () => memoryDisk());
  let pairing: Trouble = new Trouble('denied', '');
  const auth = {
    token: async (refused?: string) => (refused ? 'second' : 'first'),
    ask: () => Promise.reject(pairing),
    drop: (batch: Batch) => replica.write({ ...batch, grant: null }),
    signOut: () => replica.write({ clear: true, clearOwn: true, grant: null }),
  };
  const onWiped = vi.fn();
  const sync = new Sync({
    ...{ replica, auth, onWiped },
    onChange: () => undefined,
    random: () => 1,
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      const given = answer?.(pathname, new Headers(init?.headers).get('authorization') ?? '');
      return given ?? answers[pathname]?.() ?? new Response('', { status: 404 });
    },
  });
  const meta = { server: 'https://team.example', workspaceId: idOf(1), me: idOf(2), browserId: idOf(9) };
  await sync.change(() => replica.write({ meta }));
  asked.length = 0;
  return {
    ...{ sync, replica, asked, onWiped },
    answer: (next: Weather) => {
      answer = next;
    },
    down: (value: boolean) => {
      answer = value
        ? () => {
            throw new TypeError('network');
          }
        : undefined;
    },
    ended: (trouble: Trouble) => {
      pairing = trouble;
    },
  };
}

type Weather = ((path: string, bearer: string) => Response | undefined) | undefined;
const refusal = (code: string, status = 401) => Response.json({ error: { code, message: '…' } }, { status });
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

const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));
const note = {
  ...{ workspaceId: idOf(1), memberId: idOf(2) },
  command: {
    ...{ id: idOf(70), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' as const },
    payload: { noteId: idOf(71), contactId: ann.id, text: 'Hello' },
  },
};

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

test("what others wrote here for another team is nothing to ask or tell this one's server", async () => {
  const { sync, replica, asked, answer } = await setUp();
  const changed = () =>
    Response.json({ version: 4, changes: [{ version: 4, kind: 'card', id: ann.id }], more: false });
  // As a server does that says of anybody that they were erased.
  const erased = () => Response.json({ cards: [], erased: [ann.id] });
  answer((path) => (path === '/v1/changes' ? changed() : path === '/v1/cards' ? erased() : undefined));
  for (const [at, elsewhere] of [{ workspaceId: idOf(44) }, { server: 'https://other.example' }].entries()) {
    await replica.append({ ...note, ...elsewhere, command: { ...note.command, id: idOf(80 + at) } });
  }
  await sync.wake();
  expect(sync.connection.state).toBe('online');
  expect(asked).toContain('/v1/changes');
  expect(asked).not.toContain('/v1/cards');
  await replica.write({ erased: [ann.id] });
  expect(replica.queued.map(({ command }) => command.payload)).toEqual([
    note.command.payload,
    note.command.payload,
  ]);
  // Of the same team's people, words by anybody of it go when the person is erased.
  await replica.append({ ...note, memberId: idOf(55) });
  await sync.wake();
  expect(asked).toContain('/v1/cards');
  expect(JSON.stringify(replica.queued.at(-1))).not.toContain('Hello');
});
