import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAD_BYTES, readBackup } from '../../server/backup/header.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write.ts';
import { createSample } from '../../server/sample/sample.ts';
import { applyCommand } from '../../server/store/command/apply.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { REALM } from '../../server/store/realm.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { allRows } from './rows.ts';

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

async function restored(path: string): Promise<TestDatabase> {
  const other = await createTestDatabase({ empty: true });
  await restoreBackup(other.url, path);
  return other;
}

test('backup, destroy, restore: every row of every table is there, and the server can go on', async () => {
  const before = await allRows(database.url);
  const header = await writeBackup(database.url, file('whole'));
  expect((await stat(file('whole'))).mode & 0o777).toBe(0o600);
  expect(Object.fromEntries(header.tables.map(({ name, rows }) => [name, rows]))).toEqual(
    Object.fromEntries(Object.entries(before).map(([name, rows]) => [name, rows.length])),
  );
  const other = await restored(file('whole'));
  expect(await allRows(other.url)).toEqual(before);
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
  const before = await allRows(database.url);
  const mine = await createTestDatabase({ empty: true });
  await mine.asOwner(
    `do $$ begin execute format('alter database %I owner to plain_owner', current_database()); end $$`,
  );
  await mine.asOwner('alter schema public owner to plain_owner');
  const url = new URL(mine.url);
  url.username = 'plain_owner';
  url.password = 'plain';
  await restoreBackup(url.href, whole);
  expect(await allRows(mine.url)).toEqual(before);
  await writeBackup(url.href, file('by-plain'));
  const again = await restored(file('by-plain'));
  expect(await allRows(again.url)).toEqual(before);
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
  const other = await restored(file('busy'));
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

test('what is no backup, cut short, tampered with or newer is refused, and leaves the database empty', async () => {
  await writeBackup(database.url, file('good'));
  const good = await readFile(file('good'));
  const flipped = (at: number) => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const head = good.subarray(0, HEAD_BYTES).toString('latin1');
  const rewritten = (change: (json: string) => string) => {
    const rest = head.slice(13 + 65);
    const json = change(rest.trimEnd());
    const text = `${json}${'\n'.repeat(rest.length - json.length)}`;
    const digest = createHash('sha256').update(text, 'latin1').digest('hex');
    return Buffer.concat([
      Buffer.from(`TRUCE BACKUP\n${digest}\n${text}`, 'latin1'),
      good.subarray(HEAD_BYTES),
    ]);
  };
  const rows = (await readBackup(file('good'))).tables.find(({ name }) => name === 'contact')?.rows ?? 0;
  const cases: [string, Buffer, string][] = [
    ['empty', Buffer.alloc(0), 'is not a backup'],
    ['other', Buffer.from('PK\u0003\u0004 something else'), 'is not a backup'],
    ['head', good.subarray(0, 1000), 'cut short'],
    ['half', good.subarray(0, Math.floor(good.length / 2)), 'cut short'],
    ['last-byte', good.subarray(0, -1), 'cut short'],
    ['longer', Buffer.concat([good, Buffer.from('x')]), 'is damaged'],
    ['body', flipped(good.length - 100), 'is damaged'],
    ['header', flipped(100), 'is damaged'],
    ['format', rewritten((json) => json.replace('"format":1', '"format":2')), 'newer Truce'],
    [
      'migration',
      rewritten((json) => json.replace(/"(\d{4}-[a-z]+)"\]/, '"$1","9999-later"]')),
      'newer Truce',
    ],
    [
      'count',
      rewritten((json) => json.replace(`"contact","rows":${rows}`, `"contact","rows":${rows + 1}`)),
      `${rows} of ${rows + 1} rows of "contact"`,
    ],
  ];
  const other = await createTestDatabase({ empty: true });
  for (const [name, bytes, words] of cases) {
    await writeFile(file(name), bytes);
    await expect(restoreBackup(other.url, file(name)), name).rejects.toThrow(words);
  }
  await expect(restoreBackup(other.url, file('absent'))).rejects.toThrow('there is no such file');
  // None of them left a row or a half: the good one still goes in.
  await restoreBackup(other.url, file('good'));
  expect(await allRows(other.url)).toEqual(await allRows(database.url));
  await other.drop();
});

test('a restore goes into an empty database only', async () => {
  await writeBackup(database.url, file('second'));
  const before = await allRows(database.url);
  await expect(restoreBackup(database.url, file('second'))).rejects.toThrow('is not empty');
  expect(await allRows(database.url)).toEqual(before);
  const foreign = await createTestDatabase({ empty: true });
  await foreign.asOwner('create table somebody_elses (id int)');
  await expect(restoreBackup(foreign.url, file('second'))).rejects.toThrow('is not empty');
  await expect(writeBackup(foreign.url, file('foreign'))).rejects.toThrow('nothing of Truce');
  await foreign.drop();
});

test('a file that is there, or cannot be written, is said and nothing is left', async () => {
  await writeFile(file('there'), 'precious');
  await expect(writeBackup(database.url, file('there'))).rejects.toThrow('is there already');
  expect(await readFile(file('there'), 'utf8')).toBe('precious');
  await expect(writeBackup(database.url, file('nowhere/x'))).rejects.toThrow('its folder is not there');
  await mkdir(file('closed'));
  await chmod(file('closed'), 0o500);
  if (process.getuid?.() !== 0) {
    await expect(writeBackup(database.url, file('closed/x'))).rejects.toThrow('may not write');
  }
});

test.runIf(process.platform !== 'win32')('a disk that is full is said, and nothing is left', async () => {
  // A limit on the size of files ends the write in the same way, and needs no disk of its own.
  const command = `ulimit -f 40; exec "${process.execPath}" server/backup/main.ts backup "${file('full')}"`;
  const child = spawn('sh', ['-c', command], {
    env: { PATH: process.env.PATH, DATABASE_URL: database.url },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(said).toContain('was not written: the file may not become that large');
  expect(code).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('full'))).toEqual([]);
});

test('what a restore that was killed has left is gone on with', async () => {
  await writeBackup(database.url, file('again'));
  const other = await createTestDatabase({ empty: true });
  await migrate(other.url);
  await openDatabase(other.url, 1).close();
  await restoreBackup(other.url, file('again'));
  expect(await allRows(other.url)).toEqual(await allRows(database.url));
  await other.drop();
});
