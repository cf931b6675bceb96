import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commitChanges } from '../../server/store/change.ts';
import { inWorkspace, type Trx } from '../../server/store/database.ts';
import { eraseContacts } from '../../server/store/privacy/erase.ts';
import { prune } from '../../server/store/privacy/prune.ts';
import { measureSet, readDelta } from '../../server/store/tag-set.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createImportRig, hubspotRows } from './import-rig.ts';
import { addPeople, askTags, everyTag, tagNow } from './tag-rig.ts';
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

const addMany = (count: number) => addPeople(database.db, team.workspaceId, count);

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

test('an import is followed in deltas, and what it changes of companies too', async () => {
  const rig = await createImportRig(database.db);
  const state = () => inWorkspace(database.db, rig.workspaceId, (trx) => measureSet(trx, rig.workspaceId, 1));
  await rig.run(await rig.write('first.csv', hubspotRows(1000)));
  const { version, count } = await state();
  expect(count).toBe((await everyTag(database.asOwner, rig.workspaceId)).length);
  // Ten people of each company, found by address and by name with its domain and its name; and its domain.
  expect(count).toBe(1000 * 3 + 100);
  await rig.run(await rig.write('more.csv', hubspotRows(20, 1000)));
  const delta = await inWorkspace(database.db, rig.workspaceId, (trx) =>
    readDelta(trx, rig.workspaceId, 1, version),
  );
  expect(delta).toMatchObject({ added: 62 });
  expect(delta?.bytes.length).toBe(62 * 6);
  const before = await database.asOwner('select from tag_log where workspace_id = $1', [rig.workspaceId]);
  await rig.run(await rig.write('again.csv', hubspotRows(1020)));
  const after = await database.asOwner('select from tag_log where workspace_id = $1', [rig.workspaceId]);
  expect(after.length).toBe(before.length);
  await rig.remove();
});

test('a set of several pages is whole and in order, and what changes while it is read comes in the delta', async () => {
  const [first = ''] = await addMany(1);
  // Tags far from each other, as those of a quarter of a million people.
  await database.asOwner(
    `insert into tag (workspace_id, tag, contact_id, key_no)
      select $1, n::bigint * 1000000000 + 7, $2, 1 from generate_series(1, 250000) n`,
    [team.workspaceId, first],
  );
  const answer = await team.request('/v1/tags?key=1');
  const reader = answer.body?.getReader();
  const pieces = [(await reader?.read())?.value];
  // One tag of what has been read goes, and one of what has not.
  await write(async (trx) => {
    await sql`insert into tag_log (workspace_id, id, key_no, tags)
      values (${team.workspaceId}, ${uuid()}, 1, '{5000000007, 249999000000007}')`.execute(trx);
    await sql`delete from tag where tag in (5000000007, 249999000000007)`.execute(trx);
    await commitChanges(trx, team.workspaceId, [{ kind: 'tags', id: team.workspaceId }]);
  });
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
    pieces.push(next.value);
  expect(pieces.length).toBe(3);
  const bytes = Buffer.concat(pieces.flatMap((piece) => piece ?? []));
  const tags = Array.from({ length: bytes.length / 6 }, (_, n) => bytes.readUIntBE(n * 6, 6));
  expect(tags.every((tag, n) => n === 0 || tag > (tags[n - 1] ?? 0))).toBe(true);
  expect([tags.includes(5_000_000_007), tags.includes(249_999_000_000_007)]).toEqual([true, false]);
  const delta = await askTags(team, 1, Number(answer.headers.get('truce-version')));
  expect(delta).toMatchObject({ form: 'delta', added: 0, tags: [5_000_000_007, 249_999_000_000_007] });
  const copy = new Set(tags);
  for (const tag of delta.tags) copy.delete(tag);
  expect([...copy]).toEqual(await wanted());
});
