import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { idOf } from '../replica/samples.ts';

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
  let down = false;
  const replica = new Replica(async () => memoryDisk());
  const sync = new Sync({
    replica,
    onChange: () => undefined,
    random: () => 1,
    fetch: async (input) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      if (down) throw new TypeError('network');
      return answers[pathname]?.() ?? new Response('', { status: 404 });
    },
  });
  await sync.connect('https://team.example', 'token');
  asked.length = 0;
  return {
    sync,
    asked,
    down: (value: boolean) => {
      down = value;
    },
  };
}

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
