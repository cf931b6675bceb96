import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { readSettings } from '../../server/settings.ts';
import { startServer } from '../../server/start.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam } from './team.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'truce-private-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const start = () =>
  startServer(
    readSettings({
      ...{ DATABASE_URL: database.url, TRUCE_DATA: folder, TRUCE_PORT: '0' },
      // That of `createTeam`.
      TRUCE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    }),
    pino({ level: 'silent' }),
  );

test('after a restore, the server erases again before it answers', async () => {
  const team = await createTeam(database.db);
  const { workspaceId, memberId } = team;
  await database.asOwner(`update member set role = 'lead' where id = $1`, [memberId]);
  const id = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const copy = await database.asOwner<{ row: object }>(
    'select to_jsonb(c) as row from contact c where id = $1',
    [id],
  );

  const first = await start();
  const token = await pairDirectly(first.db, first.accounts, workspaceId, memberId);
  const erased = await fetch(`${first.url}/v1/erase`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ contactId: id }),
  });
  expect(await erased.json()).toEqual({ erased: true });
  await first.stop();

  // The backup has them, and knows of no erasure.
  await database.asOwner('delete from erasure');
  await database.asOwner('insert into contact select * from jsonb_populate_record(null::contact, $1)', [
    copy[0]?.row,
  ]);
  const second = await start();
  const left = await database.asOwner('select id from contact where id = $1', [id]);
  expect(left).toEqual([]);
  await second.stop();
  const hashes = await database.asOwner('select 1 from suppression where contact_id = $1', [id]);
  expect(hashes.length).toBeGreaterThan(0);
  const trail = await database.asOwner<{ detail: object }>(
    `select detail from audit where action = 'contact.erased' and target_id = $1 order by at`,
    [id],
  );
  expect(trail.map(({ detail }) => detail)).toEqual([
    { reason: 'asked' },
    { reason: 'asked', restored: true },
  ]);
});
