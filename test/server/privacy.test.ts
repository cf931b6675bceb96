import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { eraseContacts } from '../../server/store/privacy/erase.ts';
import { RULES, type Rule } from '../../server/store/privacy/rules.ts';
import { syncTags } from '../../server/store/tag.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { LiftAnswer } from '../../utils/contract/privacy.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { privacyRig, TRACES, tables } from './privacy-rig.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
let rig: ReturnType<typeof privacyRig>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  rig = privacyRig(database, team);
  await become('admin');
});

const exported = (id: string) => rig.exported(id);
const erase = (id: string) => rig.erase(id);
const become = (role: string) => rig.become(role);
const rowsWith = (words: string[]) => rig.rowsWith(words);
const fullPerson = () => rig.fullPerson();

test('every table has a rule, and one that names a contact is exported and erased', async () => {
  const rules: Record<string, Rule> = RULES;
  const all = await tables(database);
  expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(rules).sort());
  for (const { name, columns } of all) {
    if (!columns.includes('contact_id')) continue;
    expect(rules[name]?.export, name).not.toBe('none');
    if (name !== 'erasure' && name !== 'suppression') expect(rules[name]?.erase, name).toBe('delete');
  }
});

test('an export holds everything, in names that can be read', async () => {
  const id = await fullPerson();
  await exported(id);
  const document = await exported(id);
  if (typeof document === 'number') throw new Error(`answered ${document}`);
  for (const [table, rule] of Object.entries(RULES) as [string, Rule][]) {
    if (rule.export === 'derived' && table !== 'suppression')
      expect(document.derived[table]?.count, table).toBeGreaterThan(0);
    if (rule.export === 'rows' && rule.as !== 'erasures')
      expect(document.held[rule.as ?? '']?.length, table).toBeGreaterThan(0);
  }
  expect(document.contact).toMatchObject({ name: 'Xanthippe Quixley', companyName: 'Acme' });
  expect(document.held).toMatchObject({
    notes: [{ text: 'Xanthippe wants it', createdByName: 'Rita Rep', site: 'mail.example' }],
    campaigns: [{ state: 'sent', campaignName: 'Autumn' }],
    audit: [{ action: 'contact.exported', memberName: 'Rita Rep' }],
  });
  const values = document.held.identities?.map(({ value }) => value);
  expect(values?.sort()).toEqual(
    ['555-0199', 'in/xanthippe-q', 'xanthippe@acme.example', 'zweistein-901'].sort(),
  );
  expect(await exported(uuid())).toBe(404);
});

test('erasing leaves nothing of them in any table, and everybody else as they were', async () => {
  const id = await fullPerson();
  const other = await team.add('Otto Other', { email: 'otto@quux.example', companyName: 'Acme' });
  expect((await rowsWith(TRACES)).length).toBeGreaterThan(8);
  const before = await exported(other);
  const since = v.parse(ChangesAnswer, await (await team.request('/v1/changes?since=0')).json()).version;
  expect(await erase(id)).toBe(true);
  expect(await rowsWith(TRACES)).toEqual([]);
  const named = (await rowsWith([id])).map((row) => row.split(':')[0]);
  expect([...new Set(named)].sort()).toEqual(['audit', 'change', 'erasure', 'suppression']);
  const after = await exported(other);
  expect({ ...Object(after), exportedAt: '' }).toMatchObject({
    ...Object(before),
    exportedAt: '',
    held: { ...Object(before).held, audit: expect.anything() },
  });
  const { changes } = v.parse(ChangesAnswer, await (await team.request(`/v1/changes?since=${since}`)).json());
  expect(changes.map(({ kind, id: which }) => [kind, which]).sort()).toEqual([
    ['card', id],
    ['tags', team.workspaceId],
  ]);
  const cards = v.parse(
    CardsAnswer,
    await (await team.request('/v1/cards', { body: { ids: [id, other, uuid()] } })).json(),
  );
  expect(cards.cards.map((card) => card.id)).toEqual([other]);
  expect(cards.erased).toEqual([id]);
  expect(await erase(id)).toBe(false);
});

test('a write about them, by a browser that was away, is refused as gone', async () => {
  const id = await fullPerson();
  await erase(id);
  const pin = { noteId: uuid(), contactId: id, text: 'Xanthippe called' };
  expect(await team.command({ kind: 'note.pin', payload: pin })).toMatchObject({ reason: 'gone' });
  const again = { contactId: id, name: 'Xanthippe Quixley' };
  expect(await team.command({ kind: 'contact.add', payload: again })).toMatchObject({ reason: 'gone' });
  expect(await rowsWith(TRACES)).toEqual([]);
});

test('by hand they are not added again, until an admin lifts it', async () => {
  const id = await fullPerson();
  await erase(id);
  const add = (more: object) =>
    team.command({ kind: 'contact.add', payload: { contactId: uuid(), name: 'Xanthippe Quixley', ...more } });
  const suppressed = { status: 'refused', reason: 'suppressed' };
  expect(await add({ email: 'Xanthippe@Acme.EXAMPLE' })).toMatchObject(suppressed);
  expect(await add({ linkedin: 'https://linkedin.com/in/Xanthippe-Q' })).toMatchObject(suppressed);
  expect(await add({ companyName: 'ACME' })).toMatchObject(suppressed);
  expect(await add({ companyName: 'ACME', evenSo: true })).toMatchObject(suppressed);
  // Somebody else of that name, by what the colleague says.
  expect(await add({ email: 'other@person.example' })).toMatchObject({ status: 'applied' });
  const lift = async (address: string) => {
    const answer = await team.request('/v1/suppression/lift', { body: { address } });
    return answer.status === 200 ? v.parse(LiftAnswer, await answer.json()).lifted : answer.status;
  };
  await become('lead');
  expect(await lift('xanthippe@acme.example')).toBe(403);
  await become('admin');
  expect(await lift('nobody@acme.example')).toBe(false);
  expect(await lift('linkedin.com/in/xanthippe-q')).toBe(true);
  expect(await add({ linkedin: 'https://linkedin.com/in/xanthippe-q', evenSo: true })).toMatchObject({
    status: 'applied',
  });
});

test('an address that somebody else has too is not closed to them', async () => {
  const both = 'info@acme.example';
  const one = await team.add('One Xanthippe', { email: both });
  const two = await team.add('Two Otto');
  await database.asOwner(
    `insert into identity (workspace_id, kind, value, contact_id) values ($1, 'email', $2, $3)`,
    [team.workspaceId, both, two],
  );
  await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId: two, text: 'x' } });
  await inWorkspace(database.db, team.workspaceId, (trx) => syncTags(trx, team.workspaceId, [two]));
  await erase(one);
  const third = { contactId: uuid(), name: 'Three Third', email: both };
  expect(await team.command({ kind: 'contact.add', payload: third })).toMatchObject({ reason: 'taken' });
});

test('who may not, may not; and each is in the audit trail', async () => {
  const id = await fullPerson();
  for (const role of ['viewer', 'member']) {
    await become(role);
    expect((await team.request('/v1/export', { body: { contactId: id } })).status).toBe(403);
    expect((await team.request('/v1/erase', { body: { contactId: id } })).status).toBe(403);
  }
  await become('lead');
  await exported(id);
  await erase(id);
  const trail = await database.asOwner<{ action: string; detail: object }>(
    'select action, detail from audit where workspace_id = $1 and target_id = $2 order by at, id',
    [team.workspaceId, id],
  );
  expect(trail).toEqual([
    { action: 'contact.exported', detail: {} },
    { action: 'contact.erased', detail: { reason: 'asked' } },
  ]);
});

test('erasing that fails half way leaves everything as it was', async () => {
  const id = await fullPerson();
  const before = (await rowsWith(TRACES)).sort();
  const failing = inWorkspace(database.db, team.workspaceId, (trx) =>
    eraseContacts(trx, team.workspaceId, [id], {
      reason: 'asked',
      note: () => Promise.reject(new Error('power cut')),
    }),
  );
  await expect(failing).rejects.toThrow('power cut');
  expect((await rowsWith(TRACES)).sort()).toEqual(before);
});

test('erasing while others write about them: no row survives, whoever comes first', async () => {
  const id = await fullPerson();
  const pins = Array.from({ length: 40 }, (_, index) =>
    team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId: id, text: `Quixley ${index}` } }),
  );
  const results = await Promise.all([...pins.slice(0, 20), erase(id), ...pins.slice(20)]);
  const refused = results.filter((result) => typeof result === 'object' && result.status === 'refused');
  for (const result of refused) expect(result).toMatchObject({ reason: 'gone' });
  expect(await rowsWith(TRACES)).toEqual([]);
});

test("another team's person is out of reach", async () => {
  const id = await fullPerson();
  const theirs = await createTeam(database.db);
  await database.asOwner(`update member set role = 'admin' where id = $1`, [theirs.memberId]);
  theirs.forget();
  expect((await theirs.request('/v1/export', { body: { contactId: id } })).status).toBe(404);
  const answer = await theirs.request('/v1/erase', { body: { contactId: id } });
  expect(await answer.json()).toEqual({ erased: false });
  expect(await exported(id)).toMatchObject({ contact: { name: 'Xanthippe Quixley' } });
  await erase(id);
});
