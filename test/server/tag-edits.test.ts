import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildCards } from '../../server/store/card.ts';
import { commitChanges } from '../../server/store/change.ts';
import { rebuildCompanies } from '../../server/store/company.ts';
import { inWorkspace, type Trx } from '../../server/store/database.ts';
import { eraseContacts } from '../../server/store/privacy/erase.ts';
import { syncDomainTags, syncTags } from '../../server/store/tag.ts';
import { normalName } from '../../utils/contract/match-key.ts';
import { times } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { addPeople, Copy, everyTag } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

const wanted = () => everyTag(database.asOwner, team.workspaceId);
const write = <T>(fn: (trx: Trx) => Promise<T>) => inWorkspace(database.db, team.workspaceId, fn);

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
  const people = await addPeople(database.db, team.workspaceId, 120);
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
