import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { createTestDatabase } from './database.ts';
import { connect, freePort, listen, makeInvite } from './sign-in-rig.ts';
import { createTeam } from './team.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-restored-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function pairing(url: string, { access_token: token }: { access_token: string }): Promise<unknown> {
  const { wid, bid } = decodeJwt(token);
  return (await fetch(`${url}/v1/pairing?workspace=${wid}&browser=${bid}`)).json();
}

test('a browser goes on after a restore elsewhere, and after the signing keys were thrown away', async () => {
  const port = await freePort();
  const before = await createTestDatabase();
  const team = await createTeam(before.db);
  const first = await listen(before.url, { port, folder });
  const { token } = await makeInvite(first, team.workspaceId, { name: 'Rita' });
  const { extension, tokens } = await connect(first, token, { name: 'Rita', email: 'rita@a.example' });
  const status = async (access: string) =>
    (await fetch(`${first.url}/v1/session`, { headers: { authorization: `Bearer ${access}` } })).status;
  expect(await status(tokens.access_token)).toBe(200);
  await writeBackup(before.url, join(folder, 'backup'));
  const other = await makeInvite(first, team.workspaceId, { name: 'Zed' });
  const since = await connect(first, other.token, { name: 'Zed', email: 'zed@a.example' });
  const once = await extension.refresh(tokens.refresh_token);
  const twice = await extension.refresh(once.refresh_token);
  await first.stop();
  await before.drop();

  const after = await createTestDatabase({ empty: true });
  await restoreBackup(after.url, join(folder, 'backup'));
  const second = await listen(after.url, { port, folder });
  expect(await status(tokens.access_token)).toBe(200);
  // What was given since the backup is unknown. That ends nothing: the browser is told to sign in again.
  await expect(extension.refresh(twice.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(await pairing(second.url, tokens)).toEqual({ state: 'active' });
  await expect(since.extension.refresh(since.tokens.refresh_token)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect(await pairing(second.url, since.tokens)).toEqual({ state: 'ended' });
  const next = await extension.refresh(tokens.refresh_token);
  expect(await status(next.access_token)).toBe(200);
  await second.stop();

  await after.asOwner(`delete from secret where name = 'sign-in keys'`);
  const third = await listen(after.url, { port, folder });
  expect(await status(next.access_token)).toBe(401);
  const last = await extension.refresh(next.refresh_token);
  expect(await status(last.access_token)).toBe(200);
  await third.stop();
  await after.drop();
});
