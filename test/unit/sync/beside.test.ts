import { expect, test } from 'vitest';
import { contactHandlers } from '../../../utils/background/contact.ts';
import type { Change } from '../../../utils/contract/change.ts';
import { importTagKey } from '../../../utils/contract/match-key.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { Api } from '../../../utils/sync/api.ts';
import { lookup } from '../../../utils/sync/cards.ts';
import { followLive } from '../../../utils/sync/follow.ts';
import type { Run } from '../../../utils/sync/run.ts';
import { startOver } from '../../../utils/sync/start-over.ts';
import { warm } from '../../../utils/sync/warm.ts';
import { acme, cardOf, idOf } from '../replica/samples.ts';

const card = cardOf(idOf(10), 'Ann Lee', 'ann@acme.example');
const { id } = card.contact;

/** A copy at version 5, and a server whose answers are on their way for as long as `arrive` was not called. */
async function setUp() {
  const replica = new Replica(async () => memoryDisk());
  const tagKey = await importTagKey(btoa('k'.repeat(32)));
  const shared = { version: 5, stages: [], members: [], campaigns: [] };
  await replica.write({
    meta: { server: 's', workspaceId: idOf(1), me: idOf(2), version: 5, tagKey },
    shared,
  });
  const now = { card: 5, company: 'Acme' };
  const { promise: onItsWay, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  /** What the server had when it was asked. */
  const answer = async <T>(value: T): Promise<T> => {
    asked += 1;
    // Those that are asked for by the rounds come at once.
    if (asked === 1) await onItsWay;
    return value;
  };
  const rows = () => [
    { id, version: now.card, card: { ...card, contact: { ...card.contact, title: `${now.card}` } } },
  ];
  const api = {
    lookup: () =>
      answer({ rows: rows(), unreadable: [], erased: [], companies: [{ ...acme, name: now.company }] }),
    cards: (ids: string[]) =>
      answer({ rows: rows().filter((row) => ids.includes(row.id)), unreadable: [], erased: [] }),
    companies: () => Promise.resolve([{ ...acme, name: now.company }]),
    mine: () => Promise.resolve([id]),
    shared: () => Promise.resolve(shared),
    session: () => Promise.resolve({ workspace: { id: idOf(1), name: 'W' }, me: idOf(2), version: now.card }),
  } as unknown as Api;
  const run: Run = { replica, api, now: Date.now, changed: () => undefined };
  const tell = (kind: Change['kind'], changedId: string) =>
    followLive(run, [{ since: 5, version: 6, changes: [{ version: 6, kind, id: changedId }] }]);
  return { replica, api, run, now, tell, arrive: () => resolve() };
}

const besides = {
  'a look-up': ({ replica, api }: Run) => lookup(replica, api, ['email:ann@acme.example'], Date.now),
  'a contact that is opened': async ({ replica, api }: Run) => {
    const parts = {
      replica,
      sync: { locked: false, use: (work: (api: Api) => Promise<unknown>) => work(api) },
      pages: { load: async () => undefined },
    } as unknown as Parameters<typeof contactHandlers>[0];
    // What is to be shown is of no interest here.
    await contactHandlers(parts)
      ['contact.open']({ contactId: id }, { from: 'screen' })
      .catch(() => undefined);
  },
  "one's own": (run: Run) => warm(run),
};

test.each(Object.entries(besides))(
  '%s: what changes while it is on its way comes as it is now',
  async (_, fetch) => {
    const { replica, run, now, tell, arrive } = await setUp();
    const fetching = fetch(run);
    await new Promise((next) => setTimeout(next, 5));
    now.card = 6;
    expect(await tell('card', id)).toBe(true);
    arrive();
    await fetching;
    expect(replica.meta.version).toBe(6);
    expect((await replica.cards([id])).get(id)).toMatchObject({
      version: 6,
      card: { contact: { title: '6' } },
    });
  },
);

test('its company too', async () => {
  const { replica, run, now, tell, arrive } = await setUp();
  const fetching = besides['a look-up'](run);
  await new Promise((next) => setTimeout(next, 5));
  now.company = 'Acme & Co';
  await tell('company', acme.id);
  arrive();
  await fetching;
  expect((await replica.companies([acme.id])).get(acme.id)?.name).toBe('Acme & Co');
});

test('and where the copy starts over meanwhile', async () => {
  const { replica, run, now, arrive } = await setUp();
  const fetching = besides['a look-up'](run);
  await new Promise((next) => setTimeout(next, 5));
  now.card = 6;
  await startOver(run);
  arrive();
  await fetching;
  expect(replica.meta.version).toBe(6);
  expect((await replica.cards([id])).get(id)?.version).toBe(6);
});

test('others are left alone, and what nobody touches is asked for once', async () => {
  const { replica, api, run, tell, arrive } = await setUp();
  const { lookup: ask } = api;
  let asked = 0;
  api.lookup = (tags) => {
    asked += 1;
    return ask(tags);
  };
  const fetching = besides['a look-up'](run);
  await new Promise((next) => setTimeout(next, 5));
  await tell('card', idOf(99));
  arrive();
  await fetching;
  expect(asked).toBe(1);
  expect((await replica.cards([id])).get(id)?.version).toBe(5);
});
