import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../../server/start.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { removeMember } from '../../server/store/member.ts';
import { sweepOidc } from '../../server/store/oidc.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createExtension, type Tokens } from './provider-client.ts';
import { connect, freePort, listen, makeInvite, readClaims } from './sign-in-rig.ts';

let database: TestDatabase;
let server: Running;
let second: Running;
let secondAt: string;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await listen(database.url);
  const port = await freePort();
  second = await listen(database.url, { port, url: server.url });
  secondAt = `http://127.0.0.1:${port}`;
  workspaceId = await createWorkspace(database.db, 'Acme');
});
afterAll(async () => {
  await second?.stop();
  await server?.stop();
  await database?.drop();
});

let people = 0;
async function person(name = 'Ann Lee') {
  people += 1;
  const { token } = await makeInvite(server, workspaceId, { name, email: `p${people}@acme.example` });
  return connect(server, token, { name });
}

const refused = { error: 'invalid_grant' };
const status = async (tokens: Tokens) =>
  (await fetch(`${server.url}/v1/session`, { headers: { authorization: `Bearer ${tokens.access_token}` } }))
    .status;
const pairing = async (tokens: Tokens) => {
  const { wid, bid } = readClaims(tokens.access_token);
  return (await fetch(`${server.url}/v1/pairing?workspace=${wid}&browser=${bid}`)).json();
};
/** As if the newest use of a refresh token were some time ago. */
const later = (tokens: Tokens) =>
  database.asOwner(`update browser set refresh_at = refresh_at - interval '11 s' where id = $1`, [
    readClaims(tokens.access_token).bid,
  ]);

test('a lost answer costs nothing: the same token brings another one', async () => {
  const { extension, tokens } = await person();
  await extension.refresh(tokens.refresh_token);
  await later(tokens);
  const heard = await extension.refresh(tokens.refresh_token);
  const next = await extension.refresh(heard.refresh_token);
  expect(await status(next)).toBe(200);
  expect(await pairing(tokens)).toEqual({ state: 'active' });
});

test('many refreshes at once with one token, in two processes, sign nobody out', async () => {
  const { extension, tokens } = await person();
  let { refresh_token } = tokens;
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        extension.at(index % 2 === 0 ? server.url : secondAt);
        return extension.refresh(refresh_token);
      }),
    );
    refresh_token = answers[7]?.refresh_token;
  }
  expect(await pairing(tokens)).toEqual({ state: 'active' });
});

test('a token that was replaced by one that is used is refused, and soon after ends the browser', async () => {
  const { extension, tokens } = await person();
  const next = await extension.refresh(tokens.refresh_token);
  const last = await extension.refresh(next.refresh_token);
  await expect(extension.refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
  expect(await pairing(tokens)).toEqual({ state: 'active' });
  expect(await status(last)).toBe(200);

  await later(tokens);
  extension.at(secondAt);
  await expect(extension.refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
  expect(await pairing(tokens)).toEqual({ state: 'ended', reason: 'reuse' });
  await expect(extension.refresh(last.refresh_token)).rejects.toMatchObject(refused);
  // The other process hears of it within 30 s; here its cache is asked to forget.
  server.accounts.memberships.forget();
  expect(await status(last)).toBe(401);
  const { bid } = readClaims(tokens.access_token);
  const [row] = await database.asOwner<{ n: number }>(
    `select count(*)::int n from oidc where grant_id = (select grant_id from browser where id = $1)`,
    [bid],
  );
  expect(row?.n).toBe(0);
  const trail = await database.asOwner('select action, detail from audit where target_id = $1 order by at', [
    bid,
  ]);
  expect(trail.at(-1)).toEqual({ action: 'browser.ended', detail: { reason: 'reuse' } });
});

test('an unused token beside the one that is used counts as reuse too', async () => {
  const { extension, tokens } = await person();
  const lost = await extension.refresh(tokens.refresh_token);
  const heard = await extension.refresh(tokens.refresh_token);
  await extension.refresh(heard.refresh_token);
  await later(tokens);
  await expect(extension.refresh(lost.refresh_token)).rejects.toMatchObject(refused);
  expect(await pairing(tokens)).toEqual({ state: 'ended', reason: 'reuse' });
});

test('a refresh token is good with the key of its browser only, whatever its clock says', async () => {
  const { extension, tokens } = await person();
  const thief = await createExtension(server.url);
  await expect(thief.refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
  const bare = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'truce-extension',
      refresh_token: tokens.refresh_token ?? '',
    }),
  });
  expect(bare.status).toBe(400);
  expect(await status(await extension.refresh(tokens.refresh_token))).toBe(200);

  const { token } = await makeInvite(server, workspaceId, { name: 'Cleo Clock', email: 'cleo@acme.example' });
  const off = await connect(server, token, { name: 'Cleo Clock' }, { clockOff: -86_400 });
  expect(await status(await off.extension.refresh(off.tokens.refresh_token))).toBe(200);
});

test('whoever signs out, is ended or removed gets no more tokens and learns why', async () => {
  const out = await person();
  await fetch(`${server.url}/v1/sign-out`, {
    method: 'POST',
    headers: { authorization: `Bearer ${out.tokens.access_token}` },
  });
  expect(await status(out.tokens)).toBe(401);
  await expect(out.extension.refresh(out.tokens.refresh_token)).rejects.toMatchObject(refused);
  expect(await pairing(out.tokens)).toEqual({ state: 'ended', reason: 'signed-out' });

  const revoked = await person();
  await revoked.extension.revoke(revoked.tokens.refresh_token ?? '');
  expect(await pairing(revoked.tokens)).toEqual({ state: 'ended', reason: 'signed-out' });

  const gone = await person();
  const { sub, bid } = readClaims(gone.tokens.access_token);
  await inWorkspace(database.db, workspaceId, (trx) => {
    const member = { id: String(sub), team: 'sales', role: 'member' } as const;
    return removeMember(trx, { workspaceId, browserId: String(bid), member }, String(sub));
  });
  await expect(gone.extension.refresh(gone.tokens.refresh_token)).rejects.toMatchObject(refused);
  expect(await pairing(gone.tokens)).toEqual({ state: 'removed', reason: 'removed' });
});

test('the database alone lets nobody in', async () => {
  const { extension, tokens } = await person();
  const rows = await database.asOwner<{ id: string; text: string }>(
    'select id, oidc::text as text from oidc',
  );
  const secret = tokens.refresh_token ?? 'none';
  expect(rows.some(({ text }) => text.includes(secret))).toBe(false);
  for (const { id } of rows) {
    for (const form of [id, `~${id}`]) {
      await expect(extension.refresh(form)).rejects.toMatchObject(refused);
    }
  }
  expect(await status(await extension.refresh(tokens.refresh_token))).toBe(200);
});

test('a code is good once, with its verifier, for the extension', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Cody', email: 'cody@acme.example' });
  const { extension, back, tokens } = await connect(server, token, { name: 'Cody' });
  await expect(extension.exchange(back)).rejects.toMatchObject(refused);
  expect(await pairing(tokens)).toEqual({ state: 'ended', reason: 'reuse' });

  const other = await makeInvite(server, workspaceId, { name: 'Vera', email: 'vera@acme.example' });
  const verifier = 'a'.repeat(43);
  await expect(connect(server, other.token, { name: 'Vera' }, {}, { verifier })).rejects.toMatchObject(
    refused,
  );

  const foreign = await createExtension(server.url, { origin: 'https://evil.example' });
  await expect(foreign.refresh('anything')).rejects.toThrow();
});

test('what has expired is swept, and a retired refresh token is kept for two weeks', async () => {
  const { extension, tokens } = await person();
  const next = await extension.refresh(tokens.refresh_token);
  await extension.refresh(next.refresh_token);
  const { bid } = readClaims(tokens.access_token);
  const days = await database.asOwner<{ days: number }>(
    `select round(extract(epoch from expires_at - now()) / 86400)::int as days from oidc
     where kind = 'RefreshToken' and grant_id = (select grant_id from browser where id = $1)
     order by (payload ->> 'rotations')::int`,
    [bid],
  );
  expect(days.map((row) => row.days)).toEqual([14, 90, 90]);

  const [before] = await database.asOwner<{ n: number }>('select count(*)::int n from oidc');
  await database.asOwner(
    `update oidc set expires_at = now() where grant_id = (select grant_id from browser where id = $1)`,
    [bid],
  );
  const swept = await sweepOidc(database.db);
  const [after] = await database.asOwner<{ n: number }>('select count(*)::int n from oidc');
  expect(swept).toBeGreaterThanOrEqual(4);
  expect(after?.n).toBe((before?.n ?? 0) - swept);
});
