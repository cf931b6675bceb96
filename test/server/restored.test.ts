import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  await first.stop();
  await before.drop();

  const after = await createTestDatabase({ empty: true });
  await restoreBackup(after.url, join(folder, 'backup'));
  const second = await listen(after.url, { port, folder });
  expect(await status(tokens.access_token)).toBe(200);
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
