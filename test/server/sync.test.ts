import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commitChanges } from '../../server/store/change.ts';
import { rebuildCompanies } from '../../server/store/company.ts';
import { inWorkspace } from '../../server/store/database.ts';
import type { Command } from '../../utils/contract/command.ts';
import type { Batch, Disk } from '../../utils/replica/disk.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { lookup } from '../../utils/sync/cards.ts';
import { waiting } from '../../utils/sync/outbox.ts';
import { Sync } from '../../utils/sync/sync.ts';
import { Trouble } from '../../utils/trouble.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
});

/** What one request's answer becomes: as it is, lost on the way back, or none at all. */
type Fate = 'answered' | 'lost' | 'refused' | (() => Response);

/** A browser's copy that talks to the real server; `disk` outlives it as IndexedDB would. */
function client(options: { disk?: Disk; token?: string; fate?: (path: string) => Fate } = {}) {
  const asked: { path: string; body: string }[] = [];
  const disk = options.disk ?? memoryDisk();
  const replica = new Replica(async () => disk);
  let changes = 0;
  const auth = {
    token: async () => options.token ?? team.token,
    ask: () => Promise.reject(new Trouble('denied', 'not let in just now')),
    drop: (batch: Batch) => replica.write(batch).then(() => true),
    signOut: () => replica.write({ clear: true, clearOwn: true }).then(() => async () => undefined),
  };
  const connect = async () => {
    const meta = { server: 'http://server.test', workspaceId: team.workspaceId, me: team.memberId };
    await sync.change(() => replica.write({ meta: { ...replica.meta, ...meta } }));
    return sync.connection;
  };
  const sync: Sync = new Sync({
    ...{ replica, auth },
    onChange: () => void ++changes,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const body = typeof init?.body === 'string' ? init.body : '';
      asked.push({ path: pathname, body });
      const fate = options.fate?.(pathname) ?? 'answered';
      if (fate === 'refused') throw new TypeError('network');
      if (typeof fate === 'function') return fate();
      const headers = Object.fromEntries(new Headers(init?.headers));
      const answer = await team.request(pathname + search, { headers, ...(body !== '' && { body }) });
      if (fate === 'lost') throw new TypeError('network');
      return answer;
    },
  });
  return {
    disk,
    replica,
    sync,
    ...{ asked, connect },
    changes: () => changes,
    card: async (id: string) => (await replica.cards([id])).get(id)?.card,
    async write(command: Omit<Extract<Command, { kind: 'note.pin' }>, 'id' | 'at' | 'kind'>) {
      const whole: Command = { id: uuid(), at: new Date().toISOString(), kind: 'note.pin', ...command };
      await replica.append({ workspaceId: team.workspaceId, memberId: team.memberId, command: whole });
      return whole.id;
    },
  };
}

const key = 'email:ann@acme.example';
const find = async ({ sync, replica }: ReturnType<typeof client>, keys = [key]) => {
  const known = [...(await replica.known(keys))];
  if (known.length > 0) await sync.use((api) => lookup(replica, api, known, Date.now));
  return (await replica.idsByKeys(keys)).get(keys[0] ?? '') ?? [];
};

test('connects, tests a key locally and fetches its card once', async () => {
  const id = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const one = client();
  expect(await one.connect()).toMatchObject({ state: 'online', workspace: 'Test team', me: team.memberId });
  expect(one.replica.shared?.stages).toHaveLength(2);
  expect(await find(one)).toEqual([id]);
  expect((await one.card(id))?.contact.name).toBe('Ann Lee');
  expect(one.asked.filter(({ path }) => path === '/v1/lookup')).toHaveLength(1);
});

test('two thousand strangers cause no request, and nobody hears of them', async () => {
  await team.add('Ann Lee', { email: 'ann@acme.example' });
  const one = client();
  await one.connect();
  const before = one.asked.length;
  const keys = Array.from({ length: 2000 }, (_, index) => `email:stranger${index}@elsewhere.example`);
  expect(await find(one, keys)).toEqual([]);
  expect(one.asked).toHaveLength(before);
});

test("a colleague's note arrives with the next round", async () => {
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const [one, two] = [client(), client()];
  await Promise.all([one.connect(), two.connect()]);
  await Promise.all([find(one), find(two)]);
  await one.write({ payload: { noteId: uuid(), contactId, text: 'Call after Easter' } });
  await one.sync.wake();
  expect(waiting(one.replica)).toEqual([]);
  expect((await one.card(contactId))?.notes[0]?.text).toBe('Call after Easter');
  await two.sync.wake();
  expect((await two.card(contactId))?.notes[0]?.text).toBe('Call after Easter');
});

test('a company comes once with its first card, and is fetched again when it changes', async () => {
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  const bobId = await team.add('Bob Roy', { email: 'bob@acme.example', companyName: 'Acme' });
  const one = client();
  await one.connect();
  await find(one);
  const companyId = (await one.card(contactId))?.contact.companyId ?? '';
  const named = async () => (await one.replica.companies([companyId])).get(companyId)?.name;
  expect(await named()).toBe('Acme');
  expect(await find(one, ['email:bob@acme.example'])).toEqual([bobId]);
  expect(one.asked.filter(({ path }) => path === '/v1/companies')).toHaveLength(1);
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    await trx.updateTable('company').set({ name: 'Acme Logistics' }).where('id', '=', companyId).execute();
    const changed = await rebuildCompanies(trx, team.workspaceId, [companyId]);
    const changes = changed.map((id) => ({ kind: 'company' as const, id }));
    await commitChanges(trx, team.workspaceId, changes);
  });
  await one.sync.wake();
  expect(await named()).toBe('Acme Logistics');
  expect((await one.replica.idsByKeys(['name:ann lee|acme logistics'])).size).toBe(1);
});

test('a person that a colleague adds is known here after the next rounds', async () => {
  const one = client();
  await one.connect();
  expect(await find(one)).toEqual([]);
  const id = await team.add('Ann Lee', { email: 'ann@acme.example' });
  await one.sync.wake();
  expect(one.replica.meta.tagsStale).toBe(true);
  const later = client({ disk: one.disk });
  await later.sync.wake();
  expect(await find(later)).toEqual([id]);
});

test('what was written offline goes out in order once the server is there', async () => {
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
  let down = false;
  const one = client({ fate: () => (down ? 'refused' : 'answered') });
  await one.connect();
  await find(one);
  down = true;
  for (const text of ['first', 'second']) await one.write({ payload: { noteId: uuid(), contactId, text } });
  await one.sync.wake();
  expect(one.sync.connection.state).toBe('offline');
  expect(waiting(one.replica)).toHaveLength(2);
  const { inStepAt } = one.sync.connection;
  expect(inStepAt).toBeLessThanOrEqual(Date.now());

  // The browser is restarted meanwhile.
  down = false;
  const again = client({ disk: one.disk });
  await again.sync.wake();
  expect(again.sync.connection.state).toBe('online');
  expect(waiting(again.replica)).toEqual([]);
  const { notes } = (await again.card(contactId)) ?? { notes: [] };
  expect(new Set(notes.map(({ text }) => text))).toEqual(new Set(['first', 'second']));
});

test('a lost answer does not apply a command twice', async () => {
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
  let lose = true;
  const one = client({ fate: (path) => (lose && path === '/v1/commands' ? 'lost' : 'answered') });
  await one.connect();
  await one.write({ payload: { noteId: uuid(), contactId, text: 'Once' } });
  await one.sync.wake();
  expect(waiting(one.replica)).toHaveLength(1);
  lose = false;
  await one.sync.wake();
  expect(waiting(one.replica)).toEqual([]);
  expect((await one.card(contactId))?.notes).toHaveLength(1);
});

test('a refused command stays with its reason', async () => {
  const one = client();
  await one.connect();
  const id = await one.write({ payload: { noteId: uuid(), contactId: uuid(), text: 'To nobody' } });
  await one.sync.wake();
  expect(waiting(one.replica)).toEqual([]);
  expect(one.replica.queued).toMatchObject([{ command: { id }, refused: { reason: 'gone' } }]);
});

test('a server that starts another life is followed from the beginning', async () => {
  const id = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const one = client();
  await one.connect();
  await find(one);
  const { meta } = one.replica;
  await one.replica.write({ meta: { ...meta, version: (meta.version ?? 0) + 1_000_000 } });
  await one.sync.wake();
  expect(one.replica.meta.version).toBe(meta.version);
  expect((await one.card(id))?.contact.name).toBe('Ann Lee');
});

test('a wrong token is denied, and other answers are strange', async () => {
  expect((await client({ token: 'wrong' }).connect()).state).toBe('denied');
  const answers: [string, () => Response][] = [
    ['denied', () => Response.json({ error: { code: 'token', message: '' } }, { status: 401 })],
    ['strange', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['strange', () => Response.json({ hello: 'world' })],
    ['strange', () => new Response('', { status: 404 })],
    ['offline', () => new Response('bad gateway', { status: 502 })],
  ];
  for (const [state, answer] of answers) {
    const other = client({ fate: () => answer });
    expect((await other.connect()).state).toBe(state);
  }
});

test('one card that cannot be read does not take the others along', async () => {
  const ann = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const bob = await team.add('Bob Ray', { email: 'bob@acme.example' });
  const one = client();
  await one.connect();
  await one.sync.use(async (api) => {
    const broken = {
      ...api,
      lookup: async (tags: number[]) => {
        const answer = await api.lookup(tags);
        const [bad] = answer.rows.filter(({ id }) => id === ann);
        return {
          ...answer,
          rows: answer.rows.filter(({ id }) => id !== ann),
          unreadable: bad ? [{ id: bad.id, tags: bad.tags }] : [],
        };
      },
    };
    await lookup(one.replica, broken, [key, 'email:bob@acme.example'], Date.now);
  });
  expect((await one.card(bob))?.contact.name).toBe('Bob Ray');
  expect(one.replica.unreadable.get(ann)).toEqual([key]);
});
