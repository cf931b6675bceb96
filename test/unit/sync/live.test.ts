import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cardOf, idOf } from '../replica/samples.ts';
import { ann, setUp } from './rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const changed = (version: number, since = version - 1) => ({
  ...{ since, version },
  changes: [{ version, kind: 'card' as const, id: ann.id }],
});

/** A copy that holds one card, with a screen open and changes told; the card's name is its newest version. */
async function live() {
  const parts = await setUp();
  const { replica, sync, asked, answer } = parts;
  await replica.write({ cards: [ann] });
  let version = 3;
  const card = (at = version) => ({
    ...{ id: ann.id, version: at, tags: [] },
    card: cardOf(ann.id, `Ann ${at}`, 'ann@acme.example'),
  });
  const companies = () => Response.json({ companies: [] });
  answer((path) => {
    if (path === '/v1/cards') return Response.json({ cards: [card()] });
    return path === '/v1/companies' ? companies() : undefined;
  });
  sync.setScreens(1);
  sync.setLive(true);
  await pass(10);
  asked.length = 0;
  return {
    ...parts,
    companies,
    card,
    at: (next: number) => {
      version = next;
    },
    name: async () => (await replica.cards([ann.id])).get(ann.id)?.card.contact.name,
    count: (path: string) => asked.filter((each) => each === path).length,
  };
}

test('while changes are told nothing is asked for, and frames are still looked after', async () => {
  const { sync, asked, onTick } = await live();
  onTick.mockClear();
  await pass(60_000);
  expect(asked).toEqual([]);
  expect(onTick.mock.calls.length).toBeGreaterThanOrEqual(29);
  sync.setLive(false);
  await pass(10_000);
  expect(asked.length).toBeGreaterThanOrEqual(5);
});

test('what is in no change is asked for every ten minutes', async () => {
  const { asked } = await live();
  await pass(1_300_000);
  expect(asked.filter((path) => path === '/v1/changes')).toHaveLength(2);
  expect(asked).toContain('/v1/session');
});

test('what is told is applied without a question what changed', async () => {
  const { sync, replica, at, name, asked } = await live();
  at(4);
  await sync.hear(changed(4));
  expect(await name()).toBe('Ann 4');
  expect(replica.meta.version).toBe(4);
  expect(asked).not.toContain('/v1/changes');
});

test('what is known already does nothing', async () => {
  const { sync, replica, asked } = await live();
  await sync.hear(changed(3, 0));
  await sync.hear(changed(2));
  expect(asked).toEqual([]);
  expect(replica.meta.version).toBe(3);
});

test('of an event that begins before the copy, what is new is applied', async () => {
  const { sync, replica, asked } = await live();
  const old = { version: 2, kind: 'stage' as const, id: idOf(30) };
  await sync.hear({ since: 1, version: 4, changes: [old, { version: 4, kind: 'card', id: ann.id }] });
  expect(replica.meta.version).toBe(4);
  expect(asked).not.toContain('/v1/shared');
  expect(asked).toContain('/v1/cards');
});

test.each([
  ['leaves something out', changed(6, 5)],
  ['is of another life of the server', { since: 3, version: 1, changes: [], reset: true }],
])('what %s has the changes read', async (_, told) => {
  const { sync, replica, count, answer, card, companies } = await live();
  answer((path) => {
    if (path === '/v1/cards') return Response.json({ cards: [card(6)] });
    if (path !== '/v1/changes') return path === '/v1/companies' ? companies() : undefined;
    return Response.json({ version: 6, changes: changed(6).changes, more: false });
  });
  await sync.hear(told);
  expect(count('/v1/changes')).toBe(1);
  expect(replica.meta.version).toBe(6);
});

test('what comes while a round runs is applied after it, and many at once are fetched together', async () => {
  const { sync, replica, answer, count, card, companies } = await live();
  const slow = Promise.withResolvers<Response>();
  answer((path) => {
    if (path === '/v1/changes') return slow.promise;
    return path === '/v1/companies' ? companies() : Response.json({ cards: [card(9)] });
  });
  const round = sync.wake();
  await pass(10);
  for (const version of [4, 5, 6, 7, 8, 9]) void sync.hear(changed(version));
  await pass(10);
  expect(count('/v1/cards')).toBe(0);
  slow.resolve(Response.json({ version: 4, changes: changed(4).changes, more: false }));
  await round;
  expect(replica.meta.version).toBe(9);
  // Once for the round, once for all that was told.
  expect(count('/v1/cards')).toBe(2);
});

test('what could not be applied is brought by the next round', async () => {
  const { sync, replica, answer, down, at, name } = await live();
  down(true);
  await sync.hear(changed(4));
  expect(sync.connection.state).toBe('offline');
  expect(replica.meta.version).toBe(3);
  at(5);
  answer((path) => {
    if (path === '/v1/cards') {
      const row = { id: ann.id, version: 5, tags: [], card: cardOf(ann.id, 'Ann 5', 'ann@acme.example') };
      return Response.json({ cards: [row] });
    }
    if (path === '/v1/companies') return Response.json({ companies: [] });
    return path === '/v1/changes'
      ? Response.json({ version: 5, changes: changed(5).changes, more: false })
      : undefined;
  });
  await pass(5000);
  expect(sync.connection.state).toBe('online');
  expect(await name()).toBe('Ann 5');
});

test('hearing the server says that the copy is in step, once a round has ended since', async () => {
  const { sync, down } = await live();
  await pass(20_000);
  sync.beat();
  await pass(1);
  expect(sync.connection.inStepAt).toBe(Date.now() - 1);
  sync.setLive(false);
  down(true);
  await pass(10);
  const before = sync.connection.inStepAt;
  sync.setLive(true);
  await pass(10);
  sync.beat();
  await pass(10);
  expect(sync.connection).toMatchObject({ state: 'offline', inStepAt: before });
});

test('a stream that is lost has the changes read at once', async () => {
  const { sync, count } = await live();
  sync.setLive(false);
  await pass(1);
  expect(count('/v1/changes')).toBe(1);
});

test('of very many events during a round none is kept: they are read in another one', async () => {
  const { sync, replica, at, name, answer, count, card, companies } = await live();
  const { promise, resolve } = Promise.withResolvers<void>();
  answer(async (path) => {
    if (path === '/v1/session') await promise;
    if (path === '/v1/changes')
      return Response.json({ version: 203, changes: changed(203).changes, more: false });
    if (path === '/v1/cards') return Response.json({ cards: [card()] });
    return path === '/v1/companies' ? companies() : new Response('', { status: 404 });
  });
  const rounds = sync.wake();
  at(203);
  for (let version = 4; version <= 203; version += 1) void sync.hear(changed(version));
  resolve();
  await rounds;
  expect(replica.meta.version).toBe(203);
  expect(await name()).toBe('Ann 203');
  expect(count('/v1/cards')).toBeLessThan(5);
});
