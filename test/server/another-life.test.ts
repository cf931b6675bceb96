import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { lookup } from '../../utils/sync/cards.ts';
import { Sync } from '../../utils/sync/sync.ts';
import { Trouble } from '../../utils/trouble.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team, wideWalls } from './team.ts';

let folder: string;
let database: TestDatabase;
let team: Team;
/** Of the server of the moment: a restore puts another one in its place. */
let request: Team['request'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-life-'));
  database = await createTestDatabase();
  team = await createTeam(database.db);
  request = team.request;
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'backup');

async function restore(): Promise<void> {
  await database.drop();
  database = await createTestDatabase({ empty: true });
  await restoreBackup(database.url, file());
  const accounts = await openTestAccounts(database.db);
  const log = pino({ level: 'silent' });
  const app = createApp({ db: database.db, accounts, log, clock: () => new Date() }, wideWalls());
  request = async (path, { body, headers = {} } = {}) =>
    app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${team.token}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}

/** A person is added, with a name that says which life of the server this was. */
async function add(name: string, email: string): Promise<string> {
  const contactId = uuid();
  const payload = { contactId, name, email };
  const command = { id: uuid(), at: new Date().toISOString(), kind: 'contact.add', payload };
  expect((await request('/v1/commands', { body: { commands: [command] } })).status).toBe(200);
  return contactId;
}

async function pin(contactId: string, text: string): Promise<void> {
  const payload = { noteId: uuid(), contactId, text };
  const command = { id: uuid(), at: new Date().toISOString(), kind: 'note.pin', payload };
  expect((await request('/v1/commands', { body: { commands: [command] } })).status).toBe(200);
}

const versionOf = async () =>
  v.parse(ChangesAnswer, await (await request('/v1/changes?since=0')).json()).version;

/** A browser's copy, which meets the server when it is told to. */
async function browser() {
  const disk = memoryDisk();
  let clock = Date.now();
  const replica = new Replica(async () => disk);
  const sync = new Sync({
    replica,
    auth: {
      token: async () => team.token,
      ask: () => Promise.reject(new Trouble('denied', 'not let in just now')),
      drop: () => Promise.reject(new Error('not here')),
      signOut: () => Promise.reject(new Error('not here')),
    },
    onChange: () => undefined,
    now: () => clock,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const body = typeof init?.body === 'string' ? init.body : '';
      const headers = Object.fromEntries(new Headers(init?.headers));
      return request(pathname + search, { headers, ...(body !== '' && { body }) });
    },
  });
  const { workspaceId, memberId: me } = team;
  await sync.change(() => replica.write({ meta: { server: 'http://server.test', workspaceId, me } }));
  return {
    replica,
    sync,
    /** A round, later than tags are held back for. */
    meet() {
      clock += 10_000;
      return sync.wake();
    },
    async look(address: string) {
      const known = [...(await replica.known([`email:${address}`]))];
      if (known.length > 0) await sync.use((api) => lookup(replica, api, known, Date.now));
      return known.length > 0;
    },
    notes: async (id: string) =>
      (await replica.cards([id]))
        .get(id)
        ?.card.notes.map(({ text }) => text)
        .sort(),
  };
}

test('browsers that were ahead of a backup or behind it have after the restore what the server has', async () => {
  const ann = await add('Ann Lee', 'ann@acme.example');
  const behind = await browser();
  await behind.look('ann@acme.example');
  await pin(ann, 'in the backup');
  await writeBackup(database.url, file());

  const ahead = await browser();
  for (const text of ['lost 1', 'lost 2', 'lost 3']) await pin(ann, text);
  const lost = await add('Lost Contact', 'lost@acme.example');
  await ahead.meet();
  await ahead.look('ann@acme.example');
  await ahead.look('lost@acme.example');
  expect(await ahead.notes(ann)).toHaveLength(4);
  expect(await ahead.replica.cardIds()).toContain(lost);
  const before = await versionOf();

  await restore();
  // The server has gone past them all before either comes back.
  const bob = await add('Bob Ray', 'bob@acme.example');
  for (let n = 0; n < 10; n += 1) await pin(bob, `afterwards ${n}`);
  expect(await versionOf()).toBeGreaterThan(before + 10);
  for (const one of [ahead, behind]) {
    await one.meet();
    expect(one.sync.connection.state).toBe('online');
    expect(one.replica.meta.version).toBe(await versionOf());
    expect(await one.notes(ann)).toEqual(['in the backup']);
    expect(await one.replica.cardIds()).toEqual([ann]);
    expect(await one.look('bob@acme.example')).toBe(true);
    expect(await one.notes(bob)).toHaveLength(10);
    expect(await one.look('lost@acme.example')).toBe(false);
  }
  await pin(ann, 'goes on');
  for (const one of [ahead, behind]) {
    await one.meet();
    expect(await one.notes(ann)).toEqual(['goes on', 'in the backup']);
  }
});

test('a set of tags of before is not taken for the one of now', async () => {
  await writeBackup(database.url, file());
  await add('Ann Lee', 'ann@acme.example');
  const etag = (await request('/v1/tags')).headers.get('etag') ?? '';
  await restore();
  await add('Bob Ray', 'bob@acme.example');
  expect((await request('/v1/tags', { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('the same backup restored twice is two lives', async () => {
  await add('Ann Lee', 'ann@acme.example');
  await writeBackup(database.url, file());
  await restore();
  const ann = await add('Ann Roy', 'roy@acme.example');
  for (let n = 0; n < 20; n += 1) await pin(ann, `first ${n}`);
  const first = await browser();
  const before = await versionOf();
  await restore();
  expect(await versionOf()).toBeGreaterThan(before);
  await add('Bob Ray', 'bob@acme.example');
  await first.meet();
  expect(await first.look('bob@acme.example')).toBe(true);
  expect(await first.look('roy@acme.example')).toBe(false);
});
