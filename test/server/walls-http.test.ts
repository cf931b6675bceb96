import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { createApp } from '../../server/app.ts';
import type { Deps } from '../../server/routes/types.ts';
import { DEFAULT_HOLDING } from '../../server/walls/limits.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { openWalls } from '../../server/walls/walls.ts';
import { PATHS, Problem } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(async () => {
  for (const end of ends) await end();
  await database.drop();
});

/** The app on a socket, with limits that a test can reach. */
async function listen(change: Partial<typeof DEFAULT_WALLS> = {}, more = {}, other: Partial<Deps> = {}) {
  const accounts = await openTestAccounts(database.db);
  const walls = openWalls({ ...DEFAULT_WALLS, ...change }, { ...DEFAULT_HOLDING, hold: 0, ...more });
  const log = pino({ level: 'silent' });
  const deps = { db: database.db, accounts, log, clock: () => new Date(), ...other };
  const server = serve({ fetch: createApp(deps, walls).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((done) => server.once('listening', done));
  ends.push(() => new Promise((done) => server.close(done)));
  const { port } = server.address() as { port: number };
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
  const as = (token: string) => (path: string) => get(path, { authorization: `Bearer ${token}` });
  return { port, get, as, accounts };
}

test('on a socket answers have the same headers, once each, and pages keep a policy of their own', async () => {
  const { get, as } = await listen();
  for (const [answer, policy] of [
    [await as(team.token)(PATHS.session), "default-src 'none'; base-uri 'none'"],
    [await get(PATHS.session), "default-src 'none'; base-uri 'none'"],
    [await get('/join'), "default-src 'none'; style-src 'sha256-"],
  ] as const) {
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(policy.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&')),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers['content-security-policy']).not.toContain(', ');
  }
});

test('one person’s requests have a limit, which is theirs alone, and says when to come back', async () => {
  const { as, accounts } = await listen({ person: 5 });
  const [mine, other] = [as(team.token), await createTeam(database.db)];
  for (let n = 0; n < 5; n += 1) expect((await mine(PATHS.session)).status).toBe(200);
  const refused = await mine(PATHS.session);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(v.parse(Problem, await refused.json()).error.code).toBe('busy');
  // Another browser of the same person is the same person.
  const second = await pairDirectly(database.db, accounts, team.workspaceId, team.memberId);
  expect((await as(second)(PATHS.session)).status).toBe(429);
  expect((await as(other.token)(PATHS.session)).status).toBe(200);
});

test('so have those of a workspace', async () => {
  const { as } = await listen({ workspace: 3 });
  const other = await createTeam(database.db);
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await as(team.token)(PATHS.session)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect((await as(other.token)(PATHS.session)).status).toBe(200);
});

test('whoever guesses is slowed down by address, and a colleague with a token is not', async () => {
  const { get, as } = await listen({ trustedProxies: '1' }, { unknown: 3 });
  const bad = (from: string) =>
    get(PATHS.session, { authorization: 'Bearer x', 'x-forwarded-for': `1.2.3.4, ${from}` });
  for (let n = 0; n < 3; n += 1) expect((await bad('203.0.113.1')).status).toBe(401);
  expect((await bad('203.0.113.1')).status).toBe(429);
  expect((await bad('203.0.113.2')).status).toBe(401);
  expect((await as(team.token)(PATHS.session)).status).toBe(200);
});

test('where many tokens were bad, a new one is checked late, and not at all when too many wait', async () => {
  for (const heldMax of [10, 0]) {
    const { get, as, accounts } = await listen({}, { unknown: 3, heldMax });
    await as(team.token)(PATHS.session);
    const checked: string[] = [];
    const { verify } = accounts.tokens;
    accounts.tokens.verify = (token) => {
      checked.push(token);
      return verify(token);
    };
    const bad = (token: string) => get(PATHS.session, { authorization: `Bearer ${token}` });
    for (const token of ['a', 'b', 'c']) expect((await bad(token)).status).toBe(401);
    expect((await bad('d')).status).toBe(429);
    expect(checked).toEqual(heldMax === 0 ? ['a', 'b', 'c'] : ['a', 'b', 'c', 'd']);
    expect((await as(team.token)(PATHS.session)).status).toBe(200);
    const fresh = await pairDirectly(database.db, accounts, team.workspaceId, team.memberId);
    expect((await as(fresh)(PATHS.session)).status).toBe(heldMax === 0 ? 429 : 200);
  }
});

test('asking whether the server is up has a limit by address, and takes none of the database', async () => {
  let now = 0;
  let asked = 0;
  const pool = Object.assign(Object.create(database.db.pool), {
    query: (text: string) => {
      asked += 1;
      return database.db.pool.query(text);
    },
  });
  const { get } = await listen(
    { address: 24 },
    {},
    { db: { ...database.db, pool }, clock: () => new Date(now) },
  );
  const up = async () => (await get('/readyz')).status;
  expect(await Promise.all(Array.from({ length: 20 }, up))).toEqual(Array(20).fill(200));
  expect(asked).toBe(1);
  now = 999;
  expect([await up(), asked]).toEqual([200, 1]);
  now = 1000;
  expect([await up(), asked]).toEqual([200, 2]);
  expect([await up(), (await get('/healthz')).status, await up()]).toEqual([200, 200, 429]);
  expect((await get('/healthz')).status).toBe(429);
  expect((await get('/join')).status).toBe(200);
});

test('requests to sign in have a limit by address', async () => {
  const { get } = await listen({ address: 4 });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await get('/join')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
});

test('a person who works as the extension does meets no limit', async () => {
  const { as } = await listen();
  const mine = as(team.token);
  // Ten seconds of polling on each of three browsers, and every kind of answer at once when they start.
  const polls = Array.from({ length: 15 }, () => PATHS.changes);
  const start = [PATHS.session, PATHS.tags, PATHS.shared, PATHS.changes, PATHS.team, PATHS.retention];
  const all = await Promise.all([...polls, ...start, ...start, ...start].map(mine));
  expect(all.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
});

test('methods that nobody has use for are refused on the socket too', async () => {
  const { port } = await listen();
  const ask = (head: string) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`${head}\r\nHost: a\r\nConnection: close\r\n\r\n`),
      );
      let heard = '';
      socket.on('data', (bytes) => {
        heard += String(bytes);
      });
      socket.on('error', () => done(heard));
      socket.on('close', () => done(heard));
    });
  for (const method of ['PUT', 'DELETE', 'TRACE', 'CONNECT', 'BREW']) {
    expect(await ask(`${method} /v1/session HTTP/1.1`), method).toMatch(/^(HTTP\/1.1 (400|405) |$)/);
  }
});
