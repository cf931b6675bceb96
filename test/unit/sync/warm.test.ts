import { expect, test, vi } from 'vitest';
import { pinNote } from '../../../utils/commands.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { type Api, createApi } from '../../../utils/sync/api.ts';
import { lookup } from '../../../utils/sync/cards.ts';
import { warm } from '../../../utils/sync/warm.ts';
import { acme, cardOf, idOf } from '../replica/samples.ts';

const HOUR = 3_600_000;

/** A server that knows all of the user's own contacts but those that are gone. */
function setUp({ ids = [1, 2, 3].map(idOf), gone = [] as string[] } = {}) {
  const disk = memoryDisk();
  const asked = { mine: 0, cards: [] as string[][] };
  const api = {
    ...createApi('http://none', async () => ''),
    mine: async () => {
      asked.mine += 1;
      return ids;
    },
    cards: async (wanted: string[]) => {
      asked.cards.push(wanted);
      const there = wanted.filter((id) => !gone.includes(id));
      const rows = there.map((id) => ({ id, version: 1, tags: [], card: cardOf(id, 'N', 'n@a.example') }));
      return { rows, unreadable: [], erased: [] };
    },
    companies: async () => [acme],
  } as Api;
  let time = 1_000_000;
  const open = async () => {
    const replica = new Replica(async () => disk);
    await replica.load();
    return replica;
  };
  const turn = (replica: Replica) => warm({ replica, api, now: () => time });
  const pass = (ms: number) => {
    time += ms;
  };
  return { api, asked, open, turn, pass };
}
const meta = { workspaceId: 'w', me: 'm', version: 7, server: 's' };

test('own contacts and their companies are fetched, once', async () => {
  const { asked, open, turn } = setUp();
  const replica = await open();
  await replica.write({ meta });
  await turn(replica);
  expect(await replica.cardIds()).toHaveLength(3);
  expect((await replica.companies([acme.id])).size).toBe(1);
  await turn(replica);
  expect(asked).toEqual({ mine: 1, cards: [[1, 2, 3].map(idOf)] });
});

test('a few hundred at a time; after an end it goes on with what is missing', async () => {
  const ids = Array.from({ length: 1200 }, (_, index) => idOf(index + 1));
  const { asked, open, turn } = setUp({ ids });
  const first = await open();
  await first.write({ meta });
  await turn(first);
  expect(await first.cardIds()).toHaveLength(500);
  const second = await open();
  for (let round = 0; round < 3; round += 1) await turn(second);
  expect(await second.cardIds()).toHaveLength(1200);
  expect(asked.mine).toBe(1);
  expect(asked.cards.flat()).toHaveLength(1200);
});

test('somebody who is gone meanwhile is not asked for again and again', async () => {
  const { asked, open, turn } = setUp({ gone: [idOf(2)] });
  const replica = await open();
  await replica.write({ meta });
  for (let round = 0; round < 3; round += 1) await turn(replica);
  expect(asked.cards).toHaveLength(1);
});

test('gives way to a look-up and to what waits', async () => {
  const { api, asked, open, turn } = setUp();
  const replica = await open();
  await replica.write({ meta });
  const answer = Promise.withResolvers<Awaited<ReturnType<Api['lookup']>>>();
  const slow = { ...api, lookup: () => answer.promise };
  const looking = lookup(replica, slow, ['email:a@b.example'], () => 0);
  await turn(replica);
  expect(asked).toEqual({ mine: 0, cards: [] });
  answer.resolve({ rows: [], unreadable: [], erased: [] });
  await looking;
  await replica.append({
    workspaceId: 'w',
    server: 's',
    command: pinNote({ contactId: idOf(9), text: 'x' }),
  });
  await turn(replica);
  expect(asked).toEqual({ mine: 0, cards: [] });
  await replica.write({ dropQueued: replica.queued.map(({ seq }) => seq) });
  await turn(replica);
  expect(asked.cards).toHaveLength(1);
});

test('asks again after a day; after an hour where something has changed; at once for somebody else', async () => {
  const { asked, open, turn, pass } = setUp();
  const replica = await open();
  await replica.write({ meta });
  await turn(replica);
  pass(2 * HOUR);
  await turn(replica);
  expect(asked.mine).toBe(1);
  await replica.write({ meta: { ...meta, version: 8 } });
  await turn(replica);
  expect(asked.mine).toBe(2);
  pass(HOUR / 2);
  await replica.write({ meta: { ...meta, version: 9 } });
  await turn(replica);
  expect(asked.mine).toBe(2);
  pass(24 * HOUR);
  await turn(replica);
  expect(asked.mine).toBe(3);
  await replica.write({ meta: { ...meta, me: 'n' } });
  await turn(replica);
  expect(asked.mine).toBe(4);
});

test('a server of before, which does not know, spoils nothing', async () => {
  const { open } = setUp();
  const replica = await open();
  await replica.write({ meta });
  const fetch = vi.fn(async () => new Response('', { status: 404 }));
  const api = createApi('http://old', async () => '', fetch);
  for (let round = 0; round < 2; round += 1) await warm({ replica, api, now: () => 0 });
  expect(fetch).toHaveBeenCalledTimes(1);
});
