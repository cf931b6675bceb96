import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rebuildCards } from '../../server/store/card.ts';
import { commitChanges } from '../../server/store/change.ts';
import { rebuildCompanies } from '../../server/store/company.ts';
import { inWorkspace, type Trx } from '../../server/store/database.ts';
import { eraseContacts } from '../../server/store/privacy/erase.ts';
import { prune } from '../../server/store/privacy/prune.ts';
import { syncDomainTags, syncTags } from '../../server/store/tag.ts';
import { normalName } from '../../utils/contract/match-key.ts';
import { times } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { askTags, Copy, everyTag, tagNow } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
});

const wanted = (keyNo = 1) => everyTag(database.asOwner, team.workspaceId, keyNo);
const write = <T>(fn: (trx: Trx) => Promise<T>) => inWorkspace(database.db, team.workspaceId, fn);

/** So many people, so that a change is less than a quarter of the set. */
async function addMany(count: number): Promise<string[]> {
  return write(async (trx) => {
    const ids = Array.from({ length: count }, () => uuid());
    await sql`insert into contact (workspace_id, id, name, normal)
      select ${team.workspaceId}::uuid, id, 'Person ' || n, 'person ' || n
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await sql`insert into identity (workspace_id, kind, value, contact_id)
      select ${team.workspaceId}::uuid, 'email', 'p' || n || '@many.example', id
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await commitChanges(trx, team.workspaceId, await syncTags(trx, team.workspaceId, ids));
    return ids;
  });
}

test('the whole set is sorted, complete, each tag once, with domains in it', async () => {
  await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  await team.add('Ann Lee', { companyName: 'Acme', evenSo: true });
  const said = await askTags(team, 1);
  expect(said).toMatchObject({ status: 200, form: 'whole', count: said.tags.length });
  expect(said.tags).toEqual(await wanted());
  expect(said.tags).toEqual([...new Set(said.tags)].sort((a, b) => a - b));
  for (const key of ['email:ann@acme.example', 'domain:acme.example', 'name:ann lee|acme'])
    expect(said.tags).toContain(await tagNow(team, key));
});

test('a delta says what came and what went since, and nothing when nothing did', async () => {
  const [first = ''] = await addMany(40);
  const { version } = await askTags(team, 1);
  expect(await askTags(team, 1, version)).toMatchObject({ form: 'delta', count: 0, added: 0, version });
  const come = await tagNow(team, 'email:bea@boss.example');
  const gone = await tagNow(team, 'email:p1@many.example');
  await team.add('Bea Boss', { email: 'bea@boss.example' });
  await write((trx) =>
    eraseContacts(trx, team.workspaceId, [first], { reason: 'asked', note: async () => {} }),
  );
  const delta = await askTags(team, 1, version);
  expect(delta).toMatchObject({ form: 'delta', count: 2, added: 1, tags: [come, gone] });
  expect(delta.version).toBeGreaterThan(version);
  // What another person has too stays.
  await team.add('Also Bea', { linkedin: 'in/also' });
  await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId: first, text: 'x' } });
  expect((await askTags(team, 1, delta.version)).tags).toEqual([await tagNow(team, 'linkedin:in/also')]);
});

test('the whole set comes instead of a delta that is too large, too old or of another life', async () => {
  const { version: empty } = await askTags(team, 1);
  await addMany(40);
  expect(await askTags(team, 1, empty)).toMatchObject({ form: 'whole', count: 40 });
  const { version } = await askTags(team, 1);
  await team.add('Bea Boss', { email: 'bea@boss.example' });
  expect(await askTags(team, 1, version)).toMatchObject({ form: 'delta', count: 1 });
  expect(await askTags(team, 1, version + 100)).toMatchObject({ form: 'whole', count: 41 });
  await database.asOwner('update workspace set tag_floor = $2 where workspace_id = $1', [
    team.workspaceId,
    version + 1,
  ]);
  expect(await askTags(team, 1, version)).toMatchObject({ form: 'whole', count: 41 });
});

test('a key that is not kept, and what is no number, are refused', async () => {
  const answer = await team.request('/v1/tags?key=2');
  expect([answer.status, await answer.json()]).toMatchObject([410, { error: { code: 'tag-key' } }]);
  for (const query of ['key=x', 'key=1&since=-1', 'key=1&since=1e3'])
    expect((await team.request(`/v1/tags?${query}`)).status, query).toBe(400);
});

test('a commit leaves one row in the log for however many contacts, and one change in the feed', async () => {
  await addMany(300);
  const rows = await database.asOwner<{ n: number }>(
    'select cardinality(tags) as n from tag_log where workspace_id = $1 and version > 0',
    [team.workspaceId],
  );
  expect(rows).toEqual([{ n: 300 }]);
  const changes = await database.asOwner('select id from change where workspace_id = $1 and kind = $2', [
    team.workspaceId,
    'tags',
  ]);
  expect(changes).toEqual([{ id: team.workspaceId }]);
});

/** mulberry32 */
function random(seed: number) {
  let a = seed;
  return (below: number) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One edit of what tags are made of, as a writer would make it. */
async function edit(pick: (below: number) => number, people: string[], companies: string[]): Promise<void> {
  const { workspaceId } = team;
  const [id = '', company = ''] = [people[pick(people.length)], companies[pick(companies.length)]];
  const [word, what] = [`w${pick(40)}`, pick(7)];
  await write(async (trx) => {
    const own = sql`workspace_id = ${workspaceId}::uuid`;
    // In the order of the writers, so that they seldom stand in each other's way.
    await sql`select 1 from company where ${own} and id = ${company}::uuid for no key update`.execute(trx);
    if (what < 4) {
      const there =
        await sql`select 1 from contact where ${own} and id = ${id}::uuid for no key update`.execute(trx);
      if (there.rows.length === 0) return;
    }
    const retag: string[] = [id];
    if (what === 0)
      await sql`update contact set name = ${`${word} x`}, normal = ${normalName(`${word} x`)}
        where ${own} and id = ${id}::uuid`.execute(trx);
    // Few addresses, so that people share them.
    if (what === 1)
      await sql`insert into identity (workspace_id, kind, value, contact_id)
        values (${workspaceId}, 'email', ${`${word}@x.example`}, ${id}) on conflict do nothing`.execute(trx);
    if (what === 2) await sql`delete from identity where ${own} and contact_id = ${id}::uuid`.execute(trx);
    if (what === 3)
      await sql`update contact set company_id = ${company}::uuid where ${own} and id = ${id}::uuid`.execute(
        trx,
      );
    if (what >= 4) {
      if (what === 4)
        await sql`update company set name = ${word}, normal = ${word} where ${own} and id = ${company}::uuid`.execute(
          trx,
        );
      if (what === 5)
        await sql`insert into company_domain (workspace_id, domain, company_id)
          values (${workspaceId}, ${`${word}.example`}, ${company}) on conflict do nothing`.execute(trx);
      if (what === 6)
        await sql`delete from company_domain where ${own} and company_id = ${company}::uuid`.execute(trx);
      const { rows } = await sql<{ id: string }>`
        select id from contact where ${own} and company_id = ${company}::uuid`.execute(trx);
      retag.splice(0, 1, ...rows.map((row) => row.id));
    }
    await commitChanges(trx, workspaceId, [
      ...(what >= 5 ? await syncDomainTags(trx, workspaceId, [company]) : []),
      ...(await syncTags(trx, workspaceId, retag)),
      ...(await rebuildCompanies(trx, workspaceId, [company])).map((each) => ({
        kind: 'company' as const,
        id: each,
      })),
      ...(await rebuildCards(trx, workspaceId, retag)).map((each) => ({ kind: 'card' as const, id: each })),
    ]);
  });
}

test('under random edits, some at once, every copy that follows is the set', async () => {
  const seed = Number(process.env.TRUCE_SEED ?? Date.now() % 1_000_000);
  const pick = random(seed);
  const people = await addMany(120);
  const companies = Array.from({ length: 6 }, () => uuid());
  await write(async (trx) => {
    for (const [n, id] of companies.entries())
      await sql`insert into company (workspace_id, id, name, normal)
        values (${team.workspaceId}, ${id}, ${`c${n}`}, ${`c${n}`})`.execute(trx);
  });
  const [often, seldom] = [new Copy(team), new Copy(team)];
  for (let round = 0; round < times(25, 300); round += 1) {
    const edits = Array.from({ length: 1 + pick(5) }, () => edit(pick, people, companies));
    if (pick(3) === 0) edits.push(often.follow());
    if (pick(15) === 0)
      edits.push(
        write(async (trx) => {
          const gone = people[pick(people.length)] ?? '';
          await eraseContacts(trx, team.workspaceId, [gone], { reason: 'asked', note: async () => {} });
        }),
      );
    await Promise.all(edits);
    const about = `seed ${seed}, round ${round}`;
    if (pick(4) === 0) {
      await often.follow();
      expect(often.sorted(), about).toEqual(await wanted());
    }
    if (pick(12) === 0) {
      await seldom.follow();
      expect(seldom.sorted(), about).toEqual(await wanted());
    }
  }
  expect(often.deltas, `seed ${seed}`).toBeGreaterThan(5);
  expect(await database.asOwner('select from tag_log where version = 0')).toEqual([]);
});

test('the log is cut with the feed, and where it is longer than anybody would be told', async () => {
  const people = await addMany(60);
  const { version } = await askTags(team, 1);
  await team.add('Bea Boss', { email: 'bea@boss.example' });
  const later = await askTags(team, 1, version);
  expect(later.form).toBe('delta');
  await database.asOwner('update workspace set feed_floor = $2 where workspace_id = $1', [
    team.workspaceId,
    version,
  ]);
  expect((await prune(database.db, team.workspaceId, new Date())).tags).toBe(1);
  expect((await askTags(team, 1, version)).form).toBe('delta');
  expect((await askTags(team, 1, version - 1)).form).toBe('whole');
  expect((await prune(database.db, team.workspaceId, new Date())).tags).toBe(0);
  // As after a long import: ever the same people, 12,000 tags in all.
  await database.asOwner(
    `insert into tag_log (workspace_id, id, version, key_no, tags)
      select $1, gen_random_uuid(), $2 + n, 1, array(select generate_series(1, 60)) from generate_series(1, 200) n`,
    [team.workspaceId, later.version],
  );
  await database.asOwner('update workspace set version = $2 where workspace_id = $1', [
    team.workspaceId,
    later.version + 200,
  ]);
  const gone = (await prune(database.db, team.workspaceId, new Date())).tags;
  expect(gone).toBeGreaterThan(30);
  expect(gone).toBeLessThan(40);
  const [row] = await database.asOwner<{ floor: string }>(
    'select tag_floor as floor from workspace where workspace_id = $1',
    [team.workspaceId],
  );
  expect(Number(row?.floor)).toBe(later.version + gone - 1);
  expect(people.length).toBe(60);
});
