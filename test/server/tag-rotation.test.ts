import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runRetag } from '../../server/jobs/retag.ts';
import { commitChanges } from '../../server/store/change.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { stepTags } from '../../server/store/tag-rotation.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { TagKeyAnswer } from '../../utils/contract/tags.ts';
import { startChild, temporaryFolder } from './child.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { askTags, Copy, everyTag, readSession, tagNow } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  await become('admin');
});

async function become(role: string): Promise<void> {
  await database.asOwner('update member set role = $2 where id = $1', [team.memberId, role]);
  team.forget();
}

const DAY = 24 * 3_600_000;
const wanted = (keyNo: number) => everyTag(database.asOwner, team.workspaceId, keyNo);
const rotate = async () =>
  v.parse(TagKeyAnswer, await (await team.request('/v1/tag-key', { body: {} })).json()).keyNo;
const job = (now = new Date()) => ({ db: database.db, databaseUrl: database.url, clock: () => now });
const step = (now = new Date()) =>
  inWorkspace(database.db, team.workspaceId, (trx) => stepTags(trx, team.workspaceId, now));
const lookup = async (tag: number) =>
  v.parse(CardsAnswer, await (await team.request('/v1/lookup', { body: { tags: [tag] } })).json());
const changes = async (since: number) =>
  v.parse(ChangesAnswer, await (await team.request(`/v1/changes?since=${since}`)).json()).changes;
const keys = () =>
  database.asOwner('select key_no, ended from tag_key where workspace_id = $1 order by 1', [
    team.workspaceId,
  ]);

/** People without tags, as an earlier version's rules may have left them. */
async function addPeople(count: number): Promise<void> {
  const { workspaceId } = team;
  await inWorkspace(database.db, workspaceId, async (trx) => {
    const ids = Array.from({ length: count }, () => uuid());
    await sql`insert into contact (workspace_id, id, name, normal)
      select ${workspaceId}::uuid, id, 'Person ' || n, 'person ' || n
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await sql`insert into identity (workspace_id, kind, value, contact_id)
      select ${workspaceId}::uuid, 'email', 'p' || n || '@many.example', id
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await sql`update tag_key set rules = 0 where workspace_id = ${workspaceId}::uuid`.execute(trx);
    await commitChanges(trx, workspaceId, [{ kind: 'member', id: team.memberId }]);
  });
}

test('only an admin changes the key; asked again meanwhile, it is the same change', async () => {
  await become('lead');
  expect((await team.request('/v1/tag-key', { body: {} })).status).toBe(403);
  await become('admin');
  const asked = await Promise.all([rotate(), rotate(), rotate()]);
  expect(asked).toEqual([2, 2, 2]);
  const trail = await database.asOwner(
    `select action, detail from audit where workspace_id = $1 and action = 'tag-key.changed'`,
    [team.workspaceId],
  );
  expect(trail).toEqual([{ action: 'tag-key.changed', detail: { keyNo: 2 } }]);
  expect(await keys()).toHaveLength(2);
});

test('both keys answer for a day, and then only the new one', async () => {
  await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  const [oldTag, oldDomain] = [
    await tagNow(team, 'email:ann@acme.example'),
    await tagNow(team, 'domain:acme.example'),
  ];
  const before = await readSession(team);
  expect(await rotate()).toBe(2);
  expect((await readSession(team)).tagKey).toBe(before.tagKey);
  const now = new Date();
  expect(await runRetag(job(now))).toBe(true);
  const after = await readSession(team);
  expect([before.tagKeyNo, after.tagKeyNo]).toEqual([1, 2]);
  expect(after.tagKey).not.toBe(before.tagKey);
  expect(await changes(before.version)).toEqual([
    { version: after.version, kind: 'key', id: team.workspaceId },
  ]);
  const [newTag, newDomain] = [
    await tagNow(team, 'email:ann@acme.example'),
    await tagNow(team, 'domain:acme.example'),
  ];
  for (const tag of [oldTag, newTag]) expect((await lookup(tag)).cards, String(tag)).toHaveLength(1);
  for (const tag of [oldDomain, newDomain])
    expect((await lookup(tag)).companies, String(tag)).toHaveLength(1);
  const [old, fresh] = [new Copy(team, 1), new Copy(team, 2)];
  await Promise.all([old.follow(), fresh.follow()]);
  expect(old.tags.size).toBe(fresh.tags.size);
  expect([...old.tags].some((tag) => fresh.tags.has(tag))).toBe(false);
  // Who still has the old key hears of what changes too.
  for (let n = 0; n < 20; n += 1) await team.add(`Bea B${n}`, { email: `bea${n}@boss.example` });
  await Promise.all([old.follow(), fresh.follow()]);
  await team.add('Cleo C', { email: 'cleo@boss.example' });
  await Promise.all([old.follow(), fresh.follow()]);
  expect([old.deltas, fresh.deltas]).toEqual([1, 1]);
  expect(old.sorted()).toEqual(await wanted(1));
  expect(fresh.sorted()).toEqual(await wanted(2));
  expect(old.tags.size).toBe(fresh.tags.size);
  await runRetag(job(new Date(now.getTime() + DAY - 60_000)));
  expect((await askTags(team, 1)).status).toBe(200);
  await runRetag(job(new Date(now.getTime() + DAY + 60_000)));
  expect((await askTags(team, 1)).status).toBe(410);
  expect(await lookup(oldTag)).toEqual({ cards: [] });
  expect((await lookup(newTag)).cards).toHaveLength(1);
  expect(await keys()).toEqual([{ key_no: 2, ended: false }]);
  expect(await wanted(1)).toEqual([]);
  expect(
    await database.asOwner('select from tag_log where key_no = 1 and workspace_id = $1', [team.workspaceId]),
  ).toEqual([]);
});

test('who is added, changed or erased while a key is being made ready is in its set', async () => {
  await addPeople(1200);
  expect(await rotate()).toBe(2);
  const { version } = await readSession(team);
  let n = 0;
  let done = false;
  const writer = (async () => {
    while (!done) {
      n += 1;
      const id = await team.add(`New N${n}`, { email: `n${n}@new.example`, companyName: `New ${n}` });
      if (n % 3 === 0) await team.request('/v1/erase', { body: { contactId: id } });
    }
  })();
  while (await step());
  done = true;
  await writer;
  const [old, fresh] = [await askTags(team, 1), await askTags(team, 2)];
  expect(fresh.tags).toEqual(await wanted(2));
  expect(fresh.count).toBe(old.count);
  expect((await askTags(team, 2, version)).form, 'before it was in use').toBe('whole');
  expect(old.count).toBeGreaterThan(1200);
  // Each tag of the one set has its other in the other.
  const pairs = await database.asOwner<{ n: number }>(
    `select count(*)::int as n from (select contact_id from tag where workspace_id = $1
      group by contact_id having count(*) filter (where key_no = 1) <> count(*) filter (where key_no = 2)) odd`,
    [team.workspaceId],
  );
  expect(pairs).toEqual([{ n: 0 }]);
});

test('making tags takes no version and holds nobody up; only what somebody has is logged', async () => {
  await addPeople(1200);
  while (await step());
  const { version } = await readSession(team);
  await rotate();
  for (let n = 0; n < 3; n += 1) await step();
  expect((await readSession(team)).version).toBe(version);
  while (await step());
  expect((await readSession(team)).version).toBe(version + 1);
  const rows = await database.asOwner<{ n: number }>(
    'select count(*)::int as n from tag_log where workspace_id = $1 and key_no = 2',
    [team.workspaceId],
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('a browser that knew the set before other match keys were made hears of the difference', async () => {
  await addPeople(40);
  while (await step());
  const copy = new Copy(team);
  await copy.follow();
  expect(copy.tags.size).toBe(40);
  await database.asOwner(
    `delete from tag where workspace_id = $1 and tag in (select tag from tag where workspace_id = $1 order by tag limit 3)`,
    [team.workspaceId],
  );
  await database.asOwner('update tag_key set rules = 0 where workspace_id = $1', [team.workspaceId]);
  while (await step());
  await copy.follow();
  expect([copy.wholes, copy.deltas]).toEqual([1, 1]);
  expect(copy.sorted()).toEqual(await wanted(1));
  expect(copy.tags.size).toBe(40);
});

test('of several servers one does it, once', async () => {
  await addPeople(600);
  await rotate();
  const ran = await Promise.all(Array.from({ length: 4 }, () => runRetag(job())));
  expect(ran.filter(Boolean).length).toBeGreaterThan(0);
  await runRetag(job());
  const told = await database.asOwner(`select 1 from change where workspace_id = $1 and kind = 'key'`, [
    team.workspaceId,
  ]);
  expect(told).toHaveLength(1);
  expect(await keys()).toHaveLength(2);
});

test('killed again and again, servers come to the same end', async () => {
  const data = await temporaryFolder();
  await addPeople(12_000);
  await rotate();
  const env = { DATABASE_URL: database.url, TRUCE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64') };
  const progress = async () => {
    const rows = await database.asOwner<{ n: number }>(
      'select count(*)::int as n from tag where workspace_id = $1',
      [team.workspaceId],
    );
    return rows[0]?.n ?? 0;
  };
  let killed = 0;
  for (const least of [2000, 9000, 16_000]) {
    // Two at a time, as behind a balancer.
    const servers = [startChild(data.folder, env), startChild(`${data.folder}/other`, env)];
    while ((await progress()) < least) await new Promise((done) => setTimeout(done, 20));
    if ((await keys()).length === 2 && (await readSession(team)).tagKeyNo === 1) killed += 1;
    for (const server of servers) server.process.kill('SIGKILL');
    await Promise.all(servers.map((server) => server.ended));
  }
  expect(killed).toBeGreaterThan(0);
  while (!(await runRetag(job())));
  expect((await readSession(team)).tagKeyNo).toBe(2);
  expect([(await wanted(1)).length, (await wanted(2)).length]).toEqual([12_000, 12_000]);
  expect((await askTags(team, 2)).tags).toEqual(await wanted(2));
  const told = await database.asOwner(`select 1 from change where workspace_id = $1 and kind = 'key'`, [
    team.workspaceId,
  ]);
  expect(told).toHaveLength(1);
  await data.remove();
});
