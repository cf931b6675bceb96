import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Changed, commitChanges } from '../../server/store/change.ts';
import { inWorkspace, type Trx } from '../../server/store/database.ts';
import { syncTags } from '../../server/store/tag.ts';
import { stepTags } from '../../server/store/tag-rotation.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { addPeople, Copy, everyTag } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
});

const write = <T>(fn: (trx: Trx) => Promise<T>) => inWorkspace(database.db, team.workspaceId, fn);
const step = () => write((trx) => stepTags(trx, team.workspaceId, new Date()));

/** Writes tags in a transaction that takes its version when the other has ended, or waits for it. */
async function beside(first: (trx: Trx) => Promise<Changed[]>, other: () => Promise<unknown>): Promise<void> {
  let written = () => {};
  let release = () => {};
  const isWritten = new Promise<void>((done) => {
    written = done;
  });
  const released = new Promise<void>((done) => {
    release = done;
  });
  const one = write(async (trx) => {
    const changes = await first(trx);
    written();
    await released;
    await commitChanges(trx, team.workspaceId, changes);
  });
  await isWritten;
  let ended = false;
  const two = other().finally(() => {
    ended = true;
  });
  const waits = async () =>
    (
      await database.asOwner(
        'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
      )
    ).length > 0;
  while (!ended && !(await waits())) await new Promise((done) => setTimeout(done, 10));
  release();
  await Promise.all([one, two]);
}

/** Somebody who is being added. */
async function add(trx: Trx): Promise<Changed[]> {
  const { workspaceId } = team;
  const id = uuid();
  await sql`insert into contact (workspace_id, id, name, normal) values (${workspaceId}, ${id}, 'Late', 'late')`.execute(
    trx,
  );
  await sql`insert into identity (workspace_id, kind, value, contact_id)
    values (${workspaceId}, 'email', 'late@acme.example', ${id})`.execute(trx);
  return syncTags(trx, workspaceId, [id]);
}

test('a name and its company that change at once are both in the tags', async () => {
  const id = await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  await beside(
    async (trx) => {
      await sql`update contact set name = 'Ann New' where id = ${id}::uuid`.execute(trx);
      return syncTags(trx, team.workspaceId, [id]);
    },
    () =>
      write(async (trx) => {
        await sql`update company set name = 'Bolt', normal = 'bolt'`.execute(trx);
        await commitChanges(trx, team.workspaceId, await syncTags(trx, team.workspaceId, [id]));
      }),
  );
  const before = await everyTag(database.asOwner, team.workspaceId);
  expect(await write((trx) => syncTags(trx, team.workspaceId, [id])), 'nothing is left to be done').toEqual(
    [],
  );
  expect(await everyTag(database.asOwner, team.workspaceId)).toEqual(before);
});

test('who was being added when a key was asked for has a tag under it', async () => {
  await beside(add, async () => {
    await team.request('/v1/tag-key', { body: {} });
    while (await step());
  });
  expect(await everyTag(database.asOwner, team.workspaceId, 2)).toHaveLength(1);
});

test('who was being added when a key came into use is in the copy of whoever took it at once', async () => {
  await addPeople(database.db, team.workspaceId, 40);
  await team.request('/v1/tag-key', { body: {} });
  await step();
  const copy = new Copy(team, 2);
  await beside(add, async () => {
    while (await step());
    await copy.follow();
  });
  await copy.follow();
  expect(copy.sorted()).toEqual(await everyTag(database.asOwner, team.workspaceId, 2));
  expect(copy.tags.size).toBe(41);
});
