import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { createApp } from '../../server/app.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { openWalls } from '../../server/walls/walls.ts';
import { PATHS, Problem } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

const OURS = `chrome-extension://${DEFAULT_WALLS.extensionIds[0]}`;
const FIREFOX = `moz-extension://${crypto.randomUUID()}`;
const STRANGERS = [
  'https://evil.example',
  'http://truce.test',
  'null',
  'file://',
  `chrome-extension://${'a'.repeat(32)}`,
  `${OURS}.evil.example`,
  'moz-extension://a.evil.example',
];

let database: TestDatabase;
let team: Team;
let lines = '';

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

async function appAt(url: string) {
  const accounts = { ...(await openTestAccounts(database.db)), url };
  const log = pino({ level: 'info' }, { write: (line) => (lines += line) });
  return createApp({ db: database.db, accounts, log, clock: () => new Date() }, openWalls());
}

test('answers are for pages of our extension; whoever else says where from is not let in', async () => {
  const at = (origin: string) => team.request(PATHS.session, { headers: { origin } });
  const ours = await at(OURS);
  expect([ours.status, ours.headers.get('access-control-allow-origin')]).toEqual([200, OURS]);
  for (const origin of STRANGERS) {
    const answer = await at(origin);
    expect([origin, answer.status]).toEqual([origin, 403]);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(v.parse(Problem, await answer.json()).error.code).toBe('origin');
  }
});

test('a browser in Firefox is held to the origin it was paired with, or came from first', async () => {
  const at = (origin: string) => team.request(PATHS.session, { headers: { origin } });
  const both = await Promise.all([at(FIREFOX), at(`moz-extension://${crypto.randomUUID()}`)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
  const rows = await database.asOwner<{ origin: string }>('select origin from browser');
  const [first] = rows.map(({ origin }) => origin);
  expect(first).toMatch(/^moz-extension:/);
  expect((await at(first ?? '')).status).toBe(200);
  expect((await at(`moz-extension://${crypto.randomUUID()}`)).status).toBe(403);
  expect((await at(OURS)).status).toBe(200);
  await database.asOwner('update browser set origin = $1', [FIREFOX]);
  team.forget();
  expect((await at(first ?? '')).status).toBe(first === FIREFOX ? 200 : 403);
  expect((await at(FIREFOX)).status).toBe(200);
});

test('a preflight is answered without a token, and never with credentials', async () => {
  const app = await appAt('http://truce.test');
  const ask = (origin: string) =>
    app.request(PATHS.lookup, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-private-network': 'true',
      },
    });
  for (const origin of [OURS, FIREFOX]) {
    const answer = await ask(origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-private-network')).toBe('true');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST');
  }
  for (const origin of STRANGERS) {
    const { headers } = await ask(origin);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('access-control-allow-private-network')).toBeNull();
  }
});

test('every answer forbids what a browser could do with it', async () => {
  for (const [url, secure] of [
    ['http://truce.test', null],
    ['https://truce.test', 'max-age=31536000; includeSubDomains'],
  ] as const) {
    const app = await appAt(url);
    for (const path of ['/healthz', PATHS.session, '/nothing', '/v1/nothing']) {
      const { headers } = await app.request(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy':
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers.get('strict-transport-security')).toBe(secure);
    }
  }
});

test('no cookie counts as a token, and none is set', async () => {
  const app = await appAt('http://truce.test');
  const open: Record<string, number> = { '/healthz': 200, [PATHS.pairing]: 400 };
  for (const path of [...Object.values(PATHS), '/healthz']) {
    for (const name of ['authorization', 'token', 'session', '_session', 'access_token']) {
      const headers = { cookie: `${name}=${team.token}; Bearer=${team.token}` };
      const answer = await app.request(path, { headers });
      expect([path, answer.status]).toEqual([path, open[path] ?? 401]);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    const answer = await team.request(path, { headers: { cookie: 'a=b' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  }
  const inAddress = await app.request(`${PATHS.session}?access_token=${team.token}`);
  expect(inAddress.status).toBe(401);
});

test('other methods, long addresses and large bodies are refused in words', async () => {
  const app = await appAt('http://truce.test');
  for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'X']) {
    const answer = await app.request(PATHS.session, { method });
    expect([method, answer.status]).toEqual([method, 405]);
    expect(v.parse(Problem, await answer.json()).error.code).toBe('method');
  }
  expect((await app.request(`${PATHS.session}?q=${'x'.repeat(9000)}`)).status).toBe(414);
  const large = (path: string, size: number) => team.request(path, { body: { q: 'x'.repeat(size) } });
  expect((await large(PATHS.search, 40_000)).status).toBe(413);
  expect((await large(PATHS.commands, 40_000)).status).toBe(400);
  expect((await large(PATHS.commands, 300_000)).status).toBe(413);
});

test('the id of a request is our own, and in the answer, its body and the log', async () => {
  const app = await appAt('http://truce.test');
  const given = uuid();
  const answer = await app.request(PATHS.session, { headers: { 'x-request-id': given } });
  const id = answer.headers.get('x-request-id') ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(id).not.toBe(given);
  expect(v.parse(Problem, await answer.json()).error.id).toBe(id);
  expect(lines).toContain(id);
  expect(lines).not.toContain(given);
});

test('a token for a member of another browser, of another workspace, or of the realm is none', async () => {
  const accounts = await openTestAccounts(database.db);
  const other = await createTeam(database.db);
  const app = await appAt('http://truce.test');
  const ask = async (token: string) =>
    (await app.request(PATHS.session, { headers: { authorization: `Bearer ${token}` } })).status;
  const token = await pairDirectly(database.db, accounts, team.workspaceId, team.memberId);
  expect(await ask(token)).toBe(200);
  const { browserId = '' } = (await accounts.tokens.verify(token)) ?? {};
  const mine = { workspaceId: team.workspaceId, memberId: team.memberId, browserId };
  for (const change of [
    { memberId: other.memberId },
    { workspaceId: other.workspaceId },
    { workspaceId: '00000000-0000-0000-0000-000000000000' },
    { browserId: uuid() },
  ]) {
    expect(await ask(await accounts.tokens.sign({ ...mine, ...change }))).toBe(401);
  }
  expect(await ask(await accounts.tokens.sign(mine, -5))).toBe(401);
});
