import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { readSettings } from '../../server/settings.ts';
import { type Running, startServer } from '../../server/start.ts';
import { openDatabase } from '../../server/store/database.ts';
import { openAsApp } from '../../server/store/login.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  for (const name of await logins()) await database.asOwner(`drop role ${name}`);
  await database.drop();
});

const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const boxOf = (...keys: string[]) => secretBox(keys.map((key) => Buffer.from(key, 'base64')));

const known = new Set<string>();
/** Those that this file made: roles are the whole cluster's. */
const logins = async () => {
  const rows = await database.asOwner<{ name: string }>(
    `select rolname as name from pg_roles where starts_with(rolname, 'truce_login_')`,
  );
  return rows.map(({ name }) => name).filter((name) => [...known].some((id) => name.endsWith(id)));
};

async function start(keys: string[], url = database.url): Promise<Running & { warned: string[] }> {
  for (const key of keys) known.add(boxOf(key).keyId);
  const warned: string[] = [];
  const log = pino(
    { level: 'warn', base: null },
    { write: (line) => void warned.push(JSON.parse(line).msg) },
  );
  const folder = '/nowhere-of-a-test';
  const running = await startServer(
    {
      ...readSettings({
        TRUCE_PORT: '0',
        TRUCE_DATA: folder,
        DATABASE_URL: url,
        TRUCE_SECRET_KEY: keys.join(),
      }),
    },
    log,
  );
  return Object.assign(running, { warned });
}

async function meanwhile(
  keys: string[],
  url?: string,
): Promise<{ user: string; warned: string[]; rest: string[] }> {
  const server = await start(keys, url);
  try {
    const { rows } = await server.db.pool.query<{ u: string }>('select session_user as u');
    return { user: rows[0]?.u ?? '', warned: server.warned, rest: await logins() };
  } finally {
    await server.stop();
  }
}

test('a connection of the pool that gives up its role has no more rights than before', async () => {
  const server = await start([OLD]);
  const client = await server.db.pool.connect();
  try {
    expect(server.warned).toEqual([]);
    const owner = (await database.asOwner<{ u: string }>('select current_user as u'))[0]?.u;
    const who = async () =>
      (await client.query<{ u: string; s: string }>('select current_user as u, session_user as s')).rows[0];
    const user = (await who())?.s ?? '';
    expect(user).toMatch(/^truce_login_[0-9a-f]{8}_[0-9a-f]{12}$/);
    expect(await who()).toEqual({ u: 'truce_app', s: user });
    for (const step of ['set role none', 'reset role', 'set session authorization default']) {
      await client.query(step);
      expect((await who())?.u, step).not.toBe(owner);
      for (const text of [
        `copy (select 1) to program 'cat'`,
        `create temp table here (line text); copy here from program 'env'`,
        'alter table contact disable row level security',
        'drop policy own_workspace on contact',
        'select * from pg_authid',
        `set role ${owner}`,
        `set session authorization ${owner}`,
        `alter role ${user} superuser`,
        `select pg_read_file('/etc/passwd')`,
      ]) {
        await expect(client.query(text), text).rejects.toThrow(/permission denied|must be owner/);
      }
      expect((await client.query('select from contact')).rowCount).toBe(0);
      expect((await client.query('select from workspace')).rowCount).toBe(0);
    }
  } finally {
    client.release(true);
    await server.stop();
  }
});

test('options in the address are kept, and change nothing about the role', async () => {
  for (const options of [
    '-c statement_timeout=61s',
    '-c statement_timeout=61s -c role=none -c timezone=Asia/Tokyo',
  ]) {
    const url = `${database.url}?options=${encodeURIComponent(options)}`;
    const db = openDatabase(url, 1);
    const { rows } = await db.pool.query(`select current_user as u, current_setting('statement_timeout') as t,
      current_setting('timezone') as z`);
    await db.close();
    expect(rows).toEqual([{ u: 'truce_app', t: '61s', z: 'UTC' }]);
  }
});

/** A pooler that keeps the options of a connection to itself: the first packet goes on without them. */
async function forgetful(url: string): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(url);
  const pooler = createServer((client) => {
    client
      .on('error', () => {})
      .once('data', (first) => {
        const words = first.subarray(8).toString().split('\0');
        const at = words.indexOf('options');
        const rest = Buffer.from(words.toSpliced(at, 2).join('\0'));
        const head = Buffer.from(first.subarray(0, 8));
        head.writeInt32BE(rest.length + 8);
        const server = connect(Number(port), hostname);
        server.on('error', () => {}).write(Buffer.concat([head, rest]));
        client.pipe(server).pipe(client);
      });
  });
  await new Promise<void>((done) => pooler.listen(0, '127.0.0.1', done));
  const to = new URL(url);
  to.port = String((pooler.address() as { port: number }).port);
  return { url: to.href, close: () => pooler.close() };
}

test('where the role does not hold, requests are not served', async () => {
  const pooler = await forgetful(database.url);
  const warn = () => {};
  await expect(openAsApp(pooler.url, boxOf(OLD), warn)).rejects.toThrow('would not be kept apart');
  pooler.close();
});

test('servers that start together make the login once', async () => {
  const key = randomBytes(32).toString('base64');
  known.add(boxOf(key).keyId);
  const warned: string[] = [];
  const all = await Promise.all(
    Array.from({ length: 6 }, () => openAsApp(database.url, boxOf(key), (words) => warned.push(words))),
  );
  for (const db of all) {
    const { rows } = await db.pool.query<{ s: string }>('select session_user as s');
    expect(rows[0]?.s).toContain(boxOf(key).keyId);
    await db.close();
  }
  expect(warned).toEqual([]);
});

test('a password that was changed is set again, and a role that was given rights is refused', async () => {
  const { user } = await meanwhile([OLD]);
  await database.asOwner(`alter role ${user} password 'other'`);
  expect((await meanwhile([OLD])).user).toBe(user);
  await database.asOwner(`alter role ${user} createrole`);
  await expect(start([OLD])).rejects.toThrow('rights it must not have');
  await database.asOwner(`alter role ${user} nocreaterole`);
});

test('with a new key comes a new login; the old one goes when its key is no longer given', async () => {
  const { user: old } = await meanwhile([OLD]);
  const both = await meanwhile([NEW, OLD]);
  expect(both.user).toContain(boxOf(NEW).keyId);
  expect(both.rest).toContain(old);
  // A wrong key takes nobody's login away.
  await expect(start([randomBytes(32).toString('base64')])).rejects.toThrow('was not given');
  const after = await meanwhile([NEW]);
  expect(after.user).toBe(both.user);
  expect(after.rest).not.toContain(old);
});

test('an ordinary owner makes the login if it may, and goes on with a warning if it may not', async () => {
  const name = `owner_${randomBytes(4).toString('hex')}`;
  const at = new URL(database.url);
  await database.asOwner(`create role ${name} login createrole password 'x'`);
  await database.asOwner(`grant truce_app to ${name} with admin option`);
  await database.asOwner(`create database ${name} owner ${name}`);
  ends.push(async () => {
    await database.asOwner(`drop database ${name} with (force)`);
    for (const login of await logins()) await database.asOwner(`drop role ${login}`);
    await database.asOwner(`drop owned by ${name}`);
    await database.asOwner(`drop role ${name}`);
  });
  at.username = name;
  at.password = 'x';
  at.pathname = `/${name}`;
  const may = await meanwhile([OLD], at.href);
  expect(may.user).toContain(boxOf(OLD).keyId);
  expect(may.warned).toEqual([]);
  await database.asOwner(`alter role ${name} nocreaterole`);
  const mayNot = await meanwhile([NEW, OLD], at.href);
  expect(mayNot.user).toBe(name);
  expect(mayNot.warned).toEqual([expect.stringContaining('truce_app with admin option')]);
});
