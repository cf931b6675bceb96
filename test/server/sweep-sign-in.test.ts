import { serve } from '@hono/node-server';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import type { Running } from '../../server/start.ts';
import { REALM } from '../../server/store/realm.ts';
import { newToken } from '../../server/store/token.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createBrowser, createExtension } from './provider-client.ts';
import { connect, freePort, makeInvite } from './sign-in-rig.ts';
import { PAGES } from './sweep-rules.ts';
import { makeWorld } from './sweep-world.ts';
import { openTestAccounts, wideWalls } from './team.ts';

/** Every route of the OpenID provider, by method; one that is not here fails. */
const PROVIDER = [
  'GET /.well-known/oauth-authorization-server',
  'GET /.well-known/openid-configuration',
  'GET /auth',
  'GET /auth/:uid',
  'GET /device',
  'GET /device/:uid',
  'GET /jwks',
  'OPTIONS /.well-known/oauth-authorization-server',
  'OPTIONS /.well-known/openid-configuration',
  'OPTIONS /device/auth',
  'OPTIONS /jwks',
  'OPTIONS /request',
  'OPTIONS /token',
  'OPTIONS /token/revocation',
  'POST /device',
  'POST /device/auth',
  'POST /request',
  'POST /session/end/confirm',
  'POST /token',
  'POST /token/revocation',
];

const MARK = /zanzibar/i;
const found: string[] = [];

let database: TestDatabase;
let server: Pick<Running, 'url' | 'db' | 'stop'>;
let world: Awaited<ReturnType<typeof makeWorld>>;
/** Every id that the database keeps of the other tenant's sign-ins, in each form in which it could be tried. */
let loot: string[];
let uids: string[];
let before: string[];
let theirRows: number;

beforeAll(async () => {
  await listenIn();
  database = await createTestDatabase();
  world = await makeWorld(database.db, database.url);
  server = await serveAt(database.db);
  const { token } = await makeInvite(server, world.theirs, {
    name: 'Zanzibar Guest',
    email: 'g@zanzibar.example',
  });
  await connect(server, token, { name: 'Zanzibar Guest' });
  // One more that is half-way, by window and by code.
  const pending = await makeInvite(server, world.theirs, { name: 'Zanzibar Second' });
  const theirs = await createExtension(server.url);
  await createBrowser().open(await theirs.authorizeUrl({ invitation: pending.token }));
  await theirs.deviceCode();
  const kept = await database.asOwner<Record<'id' | 'grant_id' | 'uid' | 'user_code', string | null>>(
    `select id, grant_id, uid, user_code from oidc`,
  );
  uids = kept.flatMap(({ uid }) => uid ?? []);
  const ids = kept.flatMap(({ id, grant_id, uid, user_code }) => [id, grant_id, uid, user_code]);
  const hashes = await database.asOwner<{ hash: string }>(
    `select encode(token_hash, 'base64') as hash from invite`,
  );
  const plain = [...new Set([...ids, ...hashes.map(({ hash }) => hash)])].filter((id) => id !== null);
  loot = plain.flatMap((id) => [id, `~${id}`]);
  before = await world.watch.dump([world.theirs, REALM]);
  theirRows = (await world.watch.dump([world.theirs])).length;
});
afterAll(async () => {
  await world.watch.end();
  await server.stop();
  await database.drop();
});

/** The server without limits: what is tried here is tried often. */
async function serveAt(db: TestDatabase['db']): Promise<typeof server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const accounts = await openTestAccounts(db, url);
  const deps = { db, accounts, log: pino({ level: 'silent' }), clock: () => new Date() };
  const http = serve({ fetch: createApp(deps, wideWalls()).fetch, port, hostname: '127.0.0.1' });
  await new Promise((done) => http.once('listening', done));
  return { url, db, stop: () => new Promise((done) => http.close(() => done())) };
}

/** The provider's router keeps its routes to itself, so what is put into it is listened to. */
async function listenIn(): Promise<void> {
  const path = 'oidc-provider/lib/helpers/router.js';
  const { default: Router } = (await import(path)) as {
    default: { prototype: Record<string, (...args: unknown[]) => unknown> };
  };
  for (const method of ['get', 'post', 'put', 'delete', 'options']) {
    const register = Router.prototype[method];
    Router.prototype[method] = function (this: unknown, ...args: unknown[]) {
      found.push(`${method.toUpperCase()} ${args[1]}`);
      return register?.apply(this, args);
    };
  }
}

/** What was there is there as it was. Sign-ins that are begun meanwhile may be beside it. */
async function expectUntouched(what: string): Promise<void> {
  const after = new Set(await world.watch.dump([world.theirs, REALM]));
  expect(
    before.filter((row) => !after.has(row)),
    what,
  ).toEqual([]);
  expect((await world.watch.dump([world.theirs])).length, `${what}: rows of theirs`).toBe(theirRows);
}

async function attempt(method: string, path: string, values: Record<string, string>) {
  const form = new URLSearchParams(values);
  const url = `${server.url}${path}${method === 'POST' ? '' : `?${form}`}`;
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { origin: server.url, 'sec-fetch-site': 'same-origin', accept: 'text/html' },
    ...(method === 'POST' && { body: form }),
  });
  const text = await answer.text();
  expect(answer.status, `${method} ${path}`).toBeLessThan(500);
  // A code that was typed is shown again.
  const shown = Object.values(values).reduce((left, value) => left.replaceAll(value, ''), text);
  expect(shown, `${method} ${path}`).not.toMatch(MARK);
  expect(answer.headers.get('location') ?? '').not.toMatch(/[?&]code=/);
  return { status: answer.status, text };
}

const everywhere = (value: string) =>
  Object.fromEntries(
    [
      'code',
      'token',
      'refresh_token',
      'device_code',
      'user_code',
      'xsrf',
      'login_hint',
      'uid',
      'grant_id',
    ].map((name) => [name, value]),
  );

test('the provider has these routes and no others', () => {
  expect([...new Set(found)].sort()).toEqual(PROVIDER);
});

describe('what the database holds opens nothing', () => {
  test.for(PROVIDER)('at %s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    for (const value of loot) {
      const values = { client_id: 'truce-extension', ...everywhere(value) };
      await attempt(method, `/oidc${path.replace(':uid', encodeURIComponent(value))}`, values);
    }
    await expectUntouched(route);
  });

  test('as a refresh token, a code or a device code of our own extension', async () => {
    const ours = await createExtension(server.url);
    for (const value of loot) {
      await expect(ours.refresh(value)).rejects.toMatchObject({ error: 'invalid_grant' });
      await expect(ours.byDeviceCode(value)).rejects.toMatchObject({ error: 'invalid_grant' });
      const back = `https://agioebjiifimchggbdaofkjbeienkojl.chromiumapp.org/?${new URLSearchParams({
        code: value,
        state: 'state-of-the-extension',
        iss: `${server.url}/oidc`,
      })}`;
      await expect(ours.exchange(back)).rejects.toMatchObject({ error: 'invalid_grant' });
      await ours.revoke(value).catch(() => undefined);
    }
    await expectUntouched('token');
  });

  test('as a bearer token', async () => {
    for (const value of loot) {
      const headers = { authorization: `Bearer ${value}` };
      expect((await fetch(`${server.url}/v1/session`, { headers })).status).toBe(401);
    }
  });
});

describe('a sign-in of somebody else is not there', () => {
  test.for(PAGES)('at %s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const mine = createBrowser();
    const ours = await createExtension(server.url);
    await mine.open(await ours.authorizeUrl({ invitation: 'none' }));
    const values = {
      workspace: world.theirs,
      name: 'Eve',
      email: 'eve@ours.example',
      work: 'both',
      state: `${uids[0]}.x`,
    };
    for (const uid of uids) {
      const at = path.replace(':uid', uid);
      const answer = await attempt(method, at, values);
      if (path.includes(':uid')) expect([route, answer.status]).toEqual([route, 410]);
      const url = `${server.url}${at}`;
      const withMine = await mine.fetch(url, method === 'POST' ? { form: values } : {});
      if (path.includes(':uid')) expect([route, withMine.status]).toEqual([route, 410]);
      expect(await withMine.text()).not.toMatch(MARK);
    }
    await expectUntouched(route);
  });

  test('nor does an invitation that somebody made up for another team say or leave anything', async () => {
    const mine = createBrowser();
    const ours = await createExtension(server.url);
    const page = await mine.open(await ours.authorizeUrl({ invitation: newToken(world.theirs) }));
    expect([page.status, MARK.test(page.text)]).toEqual([403, false]);
    const answer = await mine.open(page.url, { form: { name: 'Eve', email: 'eve@ours.example' } });
    expect([answer.status, MARK.test(answer.text)]).toEqual([403, false]);
    await expectUntouched('a made-up invitation');
  });
});
