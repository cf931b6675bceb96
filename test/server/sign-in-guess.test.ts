import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../../server/start.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { DEFAULT_HOLDING } from '../../server/walls/limits.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createBrowser, createExtension, EXTENSION, hiddenFields } from './provider-client.ts';
import { connect, listen, makeInvite, readClaims } from './sign-in-rig.ts';

let database: TestDatabase;
let server: Running;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await listen(database.url);
  workspaceId = await createWorkspace(database.db, 'Acme');
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

test('whoever tries codes is stopped, and browsers beside them go on refreshing', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Ann', email: 'ann@acme.example' });
  const { extension, tokens } = await connect(server, token, { name: 'Ann' });
  const { verification_uri: uri } = await extension.deviceCode();
  const browser = createBrowser();
  let page = await browser.open(uri);
  for (let n = 0; n < DEFAULT_HOLDING.failed; n += 1) {
    const form = { ...hiddenFields(page), user_code: 'WRNG-CODE' };
    page = await browser.open(uri, { form });
    expect([n, page.status]).toEqual([n, 422]);
  }
  const form = { ...hiddenFields(page), user_code: 'WRNG-CODE' };
  expect((await browser.open(uri, { form })).status).toBe(429);
  expect((await createBrowser().open(uri)).status).toBe(429);
  const fresh = await createExtension(server.url);
  expect(fresh.as.token_endpoint).toContain('/oidc/token');
  expect((await extension.refresh(tokens.refresh_token)).access_token).toBeTruthy();
  const { wid, bid } = readClaims(tokens.access_token);
  expect((await fetch(`${server.url}/v1/pairing?workspace=${wid}&browser=${bid}`)).status).toBe(200);
});

test('where a browser asks from is kept as it was first said, and only if it is an extension of ours', async () => {
  const other = await listen(database.url);
  const { token } = await makeInvite(other, workspaceId, { name: 'Ori', email: 'ori@acme.example' });
  const { extension, tokens } = await connect(other, token, { name: 'Ori' });
  const { bid } = readClaims(tokens.access_token);
  const origin = async () =>
    (await database.asOwner<{ origin: string }>('select origin from browser where id = $1', [bid]))[0]
      ?.origin;
  expect(await origin()).toBe(EXTENSION);
  const first = `moz-extension://${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`;
  await database.asOwner('update browser set origin = $2 where id = $1', [bid, first]);
  await extension.refresh(tokens.refresh_token);
  expect(await origin()).toBe(first);
  await other.stop();
});
