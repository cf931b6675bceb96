import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../server/postgres.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { gathered, openStream, startOne } from './stream-rig.ts';
import { createTeam } from './team.ts';

let database: TestDatabase;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const end of ends) await end();
  await database.drop();
});

const tell = (db: Database, workspaceId: string) =>
  inWorkspace(db, workspaceId, (trx) => commitChanges(trx, workspaceId, [{ kind: 'company', id: uuid() }]));

const LISTENERS = `select pid from pg_stat_activity where application_name = 'truce feed' and datname = current_database()`;

test('what was written while the connection that hears of it was dead comes to all', async () => {
  const team = await createTeam(database.db);
  const servers = [await startOne(database.url), await startOne(database.url)];
  ends.push(...servers.map(({ stop }) => stop));
  await expect.poll(async () => (await database.asOwner(LISTENERS)).length).toBe(2);
  const streams = await Promise.all(servers.map(({ url }) => openStream(url, team.token, 0)));
  for (let round = 0; round < 4; round += 1) {
    await database.asOwner(`select pg_terminate_backend(pid) from (${LISTENERS}) l`);
    let version = 0;
    for (let n = 0; n < 5; n += 1) version = await tell(database.db, team.workspaceId);
    for (const stream of streams) await stream.reached(version);
    await expect.poll(async () => (await database.asOwner(LISTENERS)).length).toBe(2);
  }
  const version = await tell(database.db, team.workspaceId);
  for (const stream of streams) {
    await stream.reached(version);
    expect(gathered(stream.heard, 0).version).toBe(version);
    stream.leave();
  }
});

test('what the database told and nobody heard comes with the next look', async () => {
  const team = await createTeam(database.db);
  const server = await startOne(database.url, { checkEvery: 1 });
  ends.push(server.stop);
  const stream = await openStream(server.url, team.token, 0);
  await stream.reached(1);
  // As if it had never been told: the rows alone.
  await database.asOwner('update workspace set version = version + 1 where workspace_id = $1', [
    team.workspaceId,
  ]);
  await database.asOwner(
    `insert into change (workspace_id, version, kind, id) values ($1, 2, 'company', $2)`,
    [team.workspaceId, uuid()],
  );
  await stream.reached(2);
  stream.leave();
});

test('streams outlive a PostgreSQL that is started again, and miss nothing', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'truce-stream-'));
  let postgres = await startPostgres({ folder });
  const port = Number(new URL(postgres.url).port);
  try {
    await migrate(postgres.url);
    const db = openDatabase(postgres.url);
    const team = await createTeam(db);
    const server = await startOne(postgres.url);
    const stream = await openStream(server.url, team.token, 0);
    await stream.reached(1);
    await postgres.stop();
    postgres = await startPostgres({ folder, port });
    const version = await tell(db, team.workspaceId);
    await stream.reached(version);
    await stream.reached(await tell(db, team.workspaceId));
    expect(gathered(stream.heard, 0)).toMatchObject({ version: version + 1 });
    await server.stop();
    expect(await stream.over).toBe('end');
    const other = await startOne(postgres.url, { checkEvery: 1 });
    const left = await openStream(other.url, team.token, 0);
    await left.reached(version + 1);
    await postgres.stop();
    // Its signs of life would say that nothing has changed.
    expect(await left.over).toBe('end');
    await other.stop();
    await db.close();
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a server that is not to listen has no connection that does', async () => {
  const team = await createTeam(database.db);
  const before = (await database.asOwner(LISTENERS)).length;
  const server = await startOne(database.url, { listen: false });
  ends.push(server.stop);
  const stream = await openStream(server.url, team.token, 0);
  await stream.reached(await tell(database.db, team.workspaceId));
  await stream.reached(await tell(database.db, team.workspaceId));
  expect((await database.asOwner(LISTENERS)).length).toBe(before);
  stream.leave();
});
