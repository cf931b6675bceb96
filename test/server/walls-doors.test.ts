import { serve } from '@hono/node-server';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { DEFAULT_HOLDING } from '../../server/walls/limits.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { openWalls } from '../../server/walls/walls.ts';
import { PATHS } from '../../utils/contract/routes.ts';
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

async function listen(change: Partial<typeof DEFAULT_WALLS>, more = {}, log = pino({ level: 'silent' })) {
  const accounts = await openTestAccounts(database.db);
  const walls = openWalls({ ...DEFAULT_WALLS, ...change }, { ...DEFAULT_HOLDING, hold: 0, ...more });
  const deps = { db: database.db, accounts, log, clock: () => new Date() };
  const server = serve({ fetch: createApp(deps, walls).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((done) => server.once('listening', done));
  ends.push(() => new Promise((done) => server.close(done)));
  const { port } = server.address() as { port: number };
  return (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
}
const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
const FORM = { method: 'POST', headers: EVIL, body: new URLSearchParams({ user_code: 'AAAA-AAAA' }) };

test('what any page of the web can make a browser ask for locks nobody out', async () => {
  const ask = await listen({}, { failed: 3 });
  for (let n = 0; n < 10; n += 1) {
    expect((await ask('/sign-in/0123456789abc')).status).toBe(410);
    expect((await ask('/sign-in/0123456789abc', FORM)).status).toBe(403);
    expect((await ask('/oidc/device', FORM)).status).toBe(400);
  }
  expect((await ask('/oidc/token', { method: 'POST' })).status).toBe(400);
  const ids = new URLSearchParams({ workspace: team.workspaceId, browser: team.memberId });
  expect((await ask(`${PATHS.pairing}?${ids}`)).status).toBe(200);
});

test('pages that are asked for without end keep no browser from its tokens', async () => {
  const ask = await listen({ address: 5 });
  const page = async () => (await ask('/sign-in/0123456789abc')).status;
  const token = async () => (await ask('/oidc/token', { method: 'POST' })).status;
  for (let n = 0; n < 5; n += 1) expect(await page()).toBe(410);
  expect(await page()).toBe(429);
  for (let n = 0; n < 5; n += 1) expect(await token()).toBe(400);
  expect(await token()).toBe(429);
});

test('a proxy that forwards and is not trusted is said once', async () => {
  const said: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => void said.push(line) });
  const ask = await listen({}, {}, log);
  await ask('/join');
  expect(said).toEqual([]);
  const forwarded = { headers: { 'x-forwarded-for': '203.0.113.1' } };
  for (let n = 0; n < 3; n += 1) await ask('/join', forwarded);
  expect(said).toEqual([expect.stringContaining('TRUCE_TRUSTED_PROXIES')]);
});

test('the ids of a browser may be written in capitals', async () => {
  const ask = await listen({});
  const ids = new URLSearchParams({
    workspace: team.workspaceId.toUpperCase(),
    browser: team.memberId.toUpperCase(),
  });
  const answer = await ask(`${PATHS.pairing}?${ids}`);
  expect([answer.status, await answer.json()]).toEqual([200, { state: 'ended' }]);
});
