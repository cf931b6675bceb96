import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../../server/start.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { some } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createBrowser, createExtension } from './provider-client.ts';
import { listen, makeInvite } from './sign-in-rig.ts';

/** Script payloads as the names of a team, of whom it invites and of a browser, to the page that says them. */
let database: TestDatabase;
let server: Running;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await listen(database.url);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

test('the sign-in page says them as text', async () => {
  for (const payload of some(PAYLOADS, 40)) {
    const text = payload.replaceAll('\0', '').toWellFormed().trim();
    const workspaceId = await createWorkspace(database.db, text);
    const { token } = await makeInvite(server, workspaceId, { name: text, email: 'ann@acme.example' });
    const extension = await createExtension(server.url);
    const url = await extension.authorizeUrl({ invitation: token, browser_name: text });
    const { status, text: body } = await createBrowser().open(url);
    expect([payload, status]).toEqual([payload, 200]);
    expect(body.split(escaped(text)).length, payload).toBeGreaterThan(2);
    if (/[<"]/.test(text)) expect(body, payload).not.toContain(text);
  }
});
