import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../../server/start.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
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

const session = (token: string) =>
  fetch(`${server.url}/v1/session`, { headers: { authorization: `Bearer ${token}` } });

test('an invitation becomes tokens that the API takes, and a refresh brings more', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Ann Lee', email: 'ann@acme.example' });
  const { extension, tokens } = await connect(server, `${server.url}/join#${token}`, { name: 'Ann Lee' });
  const claims = readClaims(tokens.access_token);
  expect(claims).toMatchObject({ wid: workspaceId, iss: `${server.url}/oidc`, aud: `${server.url}/v1` });
  expect(tokens.expires_in).toBe(600);
  const answer = await session(tokens.access_token);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ me: claims.sub, role: 'member', lockDays: 14 });

  const next = await extension.refresh(tokens.refresh_token);
  expect(next.refresh_token).not.toBe(tokens.refresh_token);
  expect((await session(next.access_token)).status).toBe(200);
});
