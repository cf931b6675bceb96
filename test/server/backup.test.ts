import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { createSample } from '../../server/sample/sample.ts';
import { applyCommand } from '../../server/store/command/apply.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { REALM } from '../../server/store/realm.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { allRows, withoutLife } from './rows.ts';

let folder: string;
let database: TestDatabase;
let sample: Awaited<ReturnType<typeof createSample>>;
const file = (name: string) => join(folder, name);

/** What could be taken for something else on its way through text. */
const ODD = [
  '\\.',
  '\\N',
  '',
  'a\tb\nc\r\n\\.\nd',
  '\\\\.',
  'é😀\u2028',
  '{"a":"\\n"}',
  "'; drop table x; --",
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-backup-'));
  database = await createTestDatabase();
  sample = await createSample(database.db, new Date());
  await addOddRows(database.db, sample.workspaceId);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A second workspace, the realm's rows, and values that are hard to carry. */
async function addOddRows(db: Database, workspaceId: string): Promise<void> {
  await createWorkspace(db, 'Second \\. team');
  await inWorkspace(db, REALM, async (trx) => {
    await sql`insert into secret (workspace_id, name, key_id, body) values (${REALM}, 'keys', 'k', ${Buffer.from([0, 10, 92, 46, 255])})`.execute(
      trx,
    );
    await sql`insert into oidc (workspace_id, kind, id, payload) values (${REALM}, 'Grant', 'g', ${JSON.stringify({ odd: ODD })}::jsonb)`.execute(
      trx,
    );
  });
  await inWorkspace(db, workspaceId, async (trx) => {
    for (const text of ODD) {
      await sql`insert into source (workspace_id, source, record_url) values (${workspaceId}, ${`odd ${uuid()}`}, ${text})`.execute(
        trx,
      );
    }
    await sql`update workspace set join_domains = array['a.example', '{"x"}']`.execute(trx);
    await sql`insert into audit (workspace_id, id, action, detail) values (${workspaceId}, ${uuid()}, 'sign-in', '{"x": [1, null]}')`.execute(
      trx,
    );
  });
}

async function restored(path: string, options?: { moved: boolean }): Promise<TestDatabase> {
  const other = await createTestDatabase({ empty: true });
  await restoreBackup(other.url, path, options);
  return other;
}

test('backup, destroy, restore: every row of every table is there, and the server can go on', async () => {
  const before = withoutLife(await allRows(database.url));
  const header = await writeBackup(database.url, file('whole'));
  expect((await stat(file('whole'))).mode & 0o777).toBe(0o600);
  expect(Object.fromEntries(header.tables.map(({ name, rows }) => [name, rows]))).toEqual(
    Object.fromEntries(Object.entries(before).map(([name, rows]) => [name, rows.length])),
  );
  const other = await restored(file('whole'));
  expect(withoutLife(await allRows(other.url))).toEqual(before);
  expect(await migrate(other.url)).toEqual([]);
  const open = await other.asOwner(`select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%' and not relforcerowsecurity`);
  expect(open).toEqual([]);
  expect((await other.db.pool.query('select from contact')).rowCount).toBe(0);
  await addContact(other.db, 'After');
  await other.drop();
});

test('an owner who is no superuser, and is held by row-level security, backs up and restores the same', async () => {
  await database.asOwner(`do $$ begin create role plain_owner login password 'plain' createrole;
    exception when duplicate_object then null; end $$`);
  await database.asOwner('grant truce_app to plain_owner');
  const whole = file('for-plain');
  await writeBackup(database.url, whole);
  const before = withoutLife(await allRows(database.url));
  const mine = await createTestDatabase({ empty: true });
  await mine.asOwner(
    `do $$ begin execute format('alter database %I owner to plain_owner', current_database()); end $$`,
  );
  await mine.asOwner('alter schema public owner to plain_owner');
  const url = new URL(mine.url);
  url.username = 'plain_owner';
  url.password = 'plain';
  await restoreBackup(url.href, whole);
  expect(withoutLife(await allRows(mine.url))).toEqual(before);
  await writeBackup(url.href, file('by-plain'));
  const again = await restored(file('by-plain'));
  expect(withoutLife(await allRows(again.url))).toEqual(before);
  await again.drop();
  await expect(
    writeBackup(database.url.replace(/\/\/[^@]+@/, '//plain_owner:plain@'), file('not-owner')),
  ).rejects.toThrow(/lacks|own|denied/);
  await mine.drop();
  await database.asOwner('drop owned by plain_owner');
  await database.asOwner('drop role plain_owner');
});

let added = 0;
async function addContact(db: Database, name: string): Promise<void> {
  const member = sample.members[0];
  if (!member) throw new Error('no member');
  added += 1;
  await applyCommand(
    db,
    sample.workspaceId,
    member,
    {
      id: uuid(),
      at: new Date().toISOString(),
      kind: 'contact.add',
      payload: { contactId: uuid(), name: `${name} ${added}` },
    },
    new Date(),
  );
}

test('a backup while commands are written is of one moment', async () => {
  let writing = true;
  const writers = [1, 2].map(async () => {
    while (writing) await addContact(database.db, 'Meanwhile');
  });
  const start = added;
  await expect.poll(() => added - start, { timeout: 20_000 }).toBeGreaterThan(10);
  await writeBackup(database.url, file('busy'));
  const during = added;
  await expect.poll(() => added - during, { timeout: 20_000 }).toBeGreaterThan(10);
  writing = false;
  await Promise.all(writers);
  const other = await restored(file('busy'), { moved: true });
  const [sums] = await other.asOwner<Record<string, number>>(`
    select (select count(*)::int from contact where name like 'Meanwhile%') as contacts,
      (select count(*)::int from command c where kind = 'contact.add') as commands,
      (select count(*)::int from contact c where not exists
        (select from card d where d.contact_id = c.id)) as cardless,
      (select count(*)::int from contact c where name like 'Meanwhile%' and not exists
        (select from change d where d.kind = 'card' and d.id = c.id)) as unsaid,
      (select (version - (select max(version) from change h where h.workspace_id = w.workspace_id))::int
        from workspace w where workspace_id = '${sample.workspaceId}') as gap`);
  expect(sums).toMatchObject({ cardless: 0, unsaid: 0, gap: 0 });
  expect(sums?.commands).toBe(sums?.contacts);
  expect(sums?.contacts).toBeGreaterThan(10);
  await other.drop();
});
