import { afterAll, beforeAll, expect, test } from 'vitest';
import { Asking } from '../../utils/background/asking.ts';
import { situationOf } from '../../utils/background/situation-of.ts';
import { viewOf } from '../../utils/background/view-of.ts';
import type { Sighting } from '../../utils/detect/types.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { Sync } from '../../utils/sync/sync.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** What the panel says of a page's people, with the real server behind the browser's copy. */
let database: TestDatabase;
let team: Team;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  await database.asOwner(`update member set email = 'rita@us.example' where id = $1`, [team.memberId]);
  ids.ann = await team.add('Ann Lee', { email: 'ann+crm@acme.example', companyName: 'Acme Logistics GmbH' });
  ids.bo = await team.add('Bo Ray', { email: 'bo@acme.example', companyName: 'Acme Logistics GmbH' });
  ids.uta = await team.add('Uta Ohm', { email: 'uta@us.example', companyName: 'Us' });
});
afterAll(() => database.drop());

const seen = (address: string, more: Partial<Sighting> = {}): Sighting => ({
  ...{ keys: [`email:${address}`], address, role: 'mentioned', focus: false, why: 'text' },
  ...more,
});

/** A browser with this page open. */
async function open(sightings: Sighting[]) {
  const asked: { path: string; body: string }[] = [];
  const replica = new Replica(async () => memoryDisk());
  const sync: Sync = new Sync({
    replica,
    auth: {
      token: async () => team.token,
      ask: () => Promise.reject(new Error('not asked')),
      drop: (batch) => replica.write(batch).then(() => true),
      signOut: async () => async () => undefined,
    },
    onChange: () => undefined,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const body = typeof init?.body === 'string' ? init.body : '';
      asked.push({ path: pathname, body });
      const headers = Object.fromEntries(new Headers(init?.headers));
      return team.request(pathname + search, { headers, ...(body !== '' && { body }) });
    },
  });
  const { workspaceId, memberId: me } = team;
  await sync.change(async () => {
    await replica.write({ meta: { ...replica.meta, server: 'http://server.test', workspaceId, me } });
  });
  const asking = new Asking(replica, sync);
  const look = async () => {
    const tab = { sightings, opened: [], frames: new Map(), once: false };
    const { situation, ask } = await situationOf(
      {
        ...{ replica, sync, asking, signIn: { state: undefined }, preset: async () => undefined },
        pages: { load: async () => undefined, of: () => tab },
        pageStates: { of: async () => ({ state: 'read' as const }) },
      },
      1,
    );
    return { view: viewOf(situation), ask };
  };
  return {
    asked,
    replica,
    /** Looks, asks what is to be asked, and looks again. */
    async view() {
      const { ask } = await look();
      await asking.ask(ask);
      return (await look()).view;
    },
  };
}

test('by other forms of an address, by name at the company, and a stranger by their company', async () => {
  const { view } = await open([
    seen('ann@acme.example', { name: 'Ann', focus: true, role: 'sender' }),
    seen('b.ray@mail.acme.example', { name: 'RAY, Bo' }),
    seen('jo@sales.acme.example', { name: 'Jo Quill' }),
    seen('rita+test@us.example'),
    seen('new@us.example'),
    seen('x@elsewhere.example', { name: 'Bo Ray' }),
  ]);
  const { people, strangers } = await view();
  expect(people.map(({ contactId, by, alternate, matched }) => [contactId, by, alternate, matched])).toEqual([
    [ids.ann, 'address', true, 'ann@acme.example'],
    [ids.bo, 'name', undefined, 'RAY, Bo'],
  ]);
  expect(strangers.map(({ address, company }) => [address, company?.name])).toEqual([
    ['b.ray@mail.acme.example', 'Acme Logistics GmbH'],
    ['jo@sales.acme.example', 'Acme Logistics GmbH'],
    // A colleague's domain says nothing about a customer.
    ['new@us.example', undefined],
    ['x@elsewhere.example', undefined],
  ]);
});

test('of a page of strangers nothing is asked, and of a known company only its tag', async () => {
  const strangers = Array.from({ length: 1000 }, (_, n) =>
    seen(`s${n}+x@host${n}.example`, { name: `Given${n} Family` }),
  );
  const one = await open(strangers);
  const before = one.asked.length;
  expect((await one.view()).strangers).toHaveLength(100);
  expect(one.asked).toHaveLength(before);
  const other = await open([...strangers.slice(0, 20), seen('jo@acme.example', { name: 'Jo Quill' })]);
  const start = other.asked.length;
  await other.view();
  await other.view();
  const sent = other.asked.slice(start);
  const tag = await other.replica.tag('domain:acme.example');
  expect(sent).toEqual([{ path: '/v1/lookup', body: JSON.stringify({ tags: [tag] }) }]);
});
