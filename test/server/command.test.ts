import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { CompaniesAnswer } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

async function card(contactId: string) {
  const response = await team.request('/v1/cards', { body: { ids: [contactId] } });
  const answer = v.parse(CardsAnswer, await response.json());
  const row = answer.cards[0];
  if (!row) throw new Error('no card');
  const ids = [row.card.contact.companyId].filter((id) => id !== undefined);
  const named = await team.request('/v1/companies', { body: { ids } });
  const { companies } = v.parse(CompaniesAnswer, await named.json());
  return { ...row.card, version: row.version, company: companies[0] };
}

test('contact.add makes the contact, its company and its domain', async () => {
  const contactId = await team.add('Ann Lee', {
    email: ' Ann@ACME-logistics.com ',
    linkedin: 'https://www.linkedin.com/in/Ann-Lee/',
    title: 'Head of Operations',
    companyName: 'ACME Logistics',
    stageId: team.stageIds[0],
  });
  const { contact, company } = await card(contactId);
  expect(contact).toMatchObject({
    name: 'Ann Lee',
    emails: ['ann@acme-logistics.com'],
    linkedin: 'in/ann-lee',
    stageId: team.stageIds[0],
    revision: 1,
    provenance: { name: { source: 'truce' }, company: { source: 'truce' } },
  });
  expect(company).toMatchObject({ name: 'ACME Logistics', domains: ['acme-logistics.com'] });
});

test('contact.add attaches the company of the address, and finds one by its name', async () => {
  const first = await team.add('Bo Berg', { companyName: 'Berg AB', email: 'bo@berg.se' });
  const byDomain = await team.add('Cy Young', { email: 'cy@berg.se' });
  const byName = await team.add('Di Dahl', { companyName: 'BERG, ab' });
  const { companyId } = (await card(first)).contact;
  expect((await card(byDomain)).contact.companyId).toBe(companyId);
  expect((await card(byName)).contact.companyId).toBe(companyId);
});

test('a free-mail domain never becomes a company', async () => {
  const contactId = await team.add('Ed Ek', { companyName: 'Ek Consulting', email: 'ed.ek@gmail.com' });
  expect((await card(contactId)).company?.domains).toEqual([]);
  const other = await team.add('Fay Falk', { email: 'fay@gmail.com' });
  expect((await card(other)).contact.companyId).toBeUndefined();
});

test('contact.add refuses what is taken, alike, invalid or refers to nothing', async () => {
  const there = await team.add('Gus Graf', { email: 'gus@graf.de', companyName: 'Graf' });
  const add = (payload: object) =>
    team.command({ kind: 'contact.add', payload: { contactId: uuid(), name: 'Gus Gräf', ...payload } });
  expect(await add({ email: 'GUS@graf.de' })).toMatchObject({ reason: 'taken', contactIds: [there] });
  expect(await add({ email: 'GUS@graf.de', evenSo: true })).toMatchObject({ reason: 'taken' });
  expect(await add({ companyName: 'graf' })).toMatchObject({ reason: 'alike', contactIds: [there] });
  expect(await add({ email: 'g.graf@graf.de' })).toMatchObject({ reason: 'alike' });
  expect(await add({ companyName: 'graf', evenSo: true })).toMatchObject({ status: 'applied' });
  expect(await add({ email: 'no address' })).toMatchObject({ reason: 'invalid' });
  expect(await add({ linkedin: 'https://evil.example/in/x' })).toMatchObject({ reason: 'invalid' });
  expect(await add({ name: '---' })).toMatchObject({ reason: 'invalid' });
  expect(await add({ stageId: uuid() })).toMatchObject({ reason: 'gone' });
  expect(await add({ contactId: there, name: 'Else' })).toMatchObject({ reason: 'taken' });
});

test('two people adding the same address at once: one is refused', async () => {
  const adds = ['Hal One', 'Hal Two'].map((name) =>
    team.command({ kind: 'contact.add', payload: { contactId: uuid(), name, email: 'hal@same.io' } }),
  );
  const states = (await Promise.all(adds)).map((result) => result.status).sort();
  expect(states).toEqual(['applied', 'refused']);
});

test('contact.edit sets stage and owner, takes the owner away, and refuses a stale base', async () => {
  const contactId = await team.add('Ida Iversen');
  const edit = (baseRevision: number, payload: object) =>
    team.command({ kind: 'contact.edit', baseRevision, payload: { contactId, ...payload } });
  const first = await edit(1, { stageId: team.stageIds[1], ownerId: team.memberId });
  expect(first.status).toBe('applied');
  const after = await card(contactId);
  expect(after.contact).toMatchObject({ stageId: team.stageIds[1], ownerId: team.memberId, revision: 2 });
  expect(after.contact.stageAt).toBeDefined();
  expect(first).toMatchObject({ version: after.version });
  expect(await edit(1, { ownerId: null })).toMatchObject({ reason: 'changed' });
  expect(await edit(2, { ownerId: null })).toMatchObject({ status: 'applied' });
  expect((await card(contactId)).contact.ownerId).toBeUndefined();
  expect(await edit(3, { stageId: uuid() })).toMatchObject({ reason: 'gone' });
  expect(await edit(3, { ownerId: uuid() })).toMatchObject({ reason: 'gone' });
});

test('notes: pinned, edited, and both texts kept when two edit at once', async () => {
  const contactId = await team.add('Jo Jensen');
  const noteId = uuid();
  const pin = { noteId, contactId, text: 'Prefers calls.', site: 'mail.google.com' };
  expect(await team.command({ kind: 'note.pin', payload: pin })).toMatchObject({ status: 'applied' });
  const edit = (baseRevision: number, payload: object) =>
    team.command({ kind: 'note.edit', baseRevision, payload: { noteId, contactId, ...payload } });
  expect(await edit(1, { text: 'Prefers calls after 10.' })).toMatchObject({ status: 'applied' });
  expect(await edit(1, { text: 'Prefers mail.' })).toMatchObject({ status: 'applied' });
  const { notes } = await card(contactId);
  expect(notes.map((note) => note.text).sort()).toEqual(['Prefers calls after 10.', 'Prefers mail.']);
  expect(notes.find((note) => note.id !== noteId)).toMatchObject({ besideId: noteId, pinned: true });
  expect(await edit(1, { pinned: false })).toMatchObject({ status: 'applied' });
  const pinned = (await card(contactId)).notes.map((note) => [note.text, note.pinned]);
  expect(pinned).toEqual([
    ['Prefers mail.', true],
    ['Prefers calls after 10.', false],
  ]);
  const strange = { noteId, contactId: await team.add('Somebody Else'), text: 'x' };
  expect(await team.command({ kind: 'note.edit', baseRevision: 1, payload: strange })).toMatchObject({
    reason: 'gone',
  });
});

test('touches and tasks', async () => {
  const contactId = await team.add('Kim Kraus');
  const touch = { touchId: uuid(), contactId, kind: 'call', direction: 'out' } as const;
  const at = '2026-03-04T05:06:07+02:00';
  expect(
    await team.command({ kind: 'touch.log', payload: { ...touch, at, subject: 'Intro' } }),
  ).toMatchObject({
    status: 'applied',
  });
  const taskId = uuid();
  const task = { taskId, contactId, text: 'Send the quote', dueOn: '2026-12-01' };
  expect(await team.command({ kind: 'task.add', payload: task })).toMatchObject({ status: 'applied' });
  const before = await card(contactId);
  expect(before.touches).toMatchObject([
    { kind: 'call', team: 'sales', memberId: team.memberId, subject: 'Intro' },
  ]);
  expect(before.touchCount).toBe(1);
  expect(before.tasks).toMatchObject([{ text: 'Send the quote', dueOn: '2026-12-01' }]);
  const done = (value: boolean) =>
    team.command({ kind: 'task.done', payload: { taskId, contactId, done: value } });
  expect(await done(true)).toMatchObject({ status: 'applied' });
  expect((await card(contactId)).tasks).toEqual([]);
  expect(await done(false)).toMatchObject({ status: 'applied' });
  expect((await card(contactId)).tasks).toHaveLength(1);
});

test('everything about a contact that is not there is refused as gone', async () => {
  const contactId = uuid();
  const at = new Date().toISOString();
  const results = [
    await team.command({ kind: 'contact.edit', baseRevision: 1, payload: { contactId, ownerId: null } }),
    await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId, text: 'x' } }),
    await team.command({
      kind: 'note.edit',
      baseRevision: 1,
      payload: { noteId: uuid(), contactId, text: 'x' },
    }),
    await team.command({
      kind: 'touch.log',
      payload: { touchId: uuid(), contactId, kind: 'call', direction: 'in', at },
    }),
    await team.command({
      kind: 'task.add',
      payload: { taskId: uuid(), contactId, text: 'x', dueOn: '2026-01-01' },
    }),
    await team.command({ kind: 'task.done', payload: { taskId: uuid(), contactId, done: true } }),
  ];
  expect(results.map((result) => result.status === 'refused' && result.reason)).toEqual(
    Array(6).fill('gone'),
  );
});

test('a retry answers the first result and changes nothing, also when both arrive at once', async () => {
  const contactId = await team.add('Lea Lund');
  const id = uuid();
  const pin = { id, kind: 'note.pin', payload: { noteId: uuid(), contactId, text: 'Once.' } } as const;
  const results = await Promise.all([team.command(pin), team.command(pin), team.command(pin)]);
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  expect((await card(contactId)).notes).toHaveLength(1);
  const bad = { id: uuid(), kind: 'task.done', payload: { taskId: uuid(), contactId, done: true } } as const;
  expect(await team.command(bad)).toEqual(await team.command(bad));
});

test('what the database itself would not take is refused as invalid, and stays refused', async () => {
  const contactId = await team.add('Max Mann');
  const task = { id: uuid(), kind: 'task.add' } as const;
  const payload = { taskId: uuid(), contactId, text: 'x', dueOn: '0000-01-01' };
  expect(await team.command({ ...task, payload })).toMatchObject({ reason: 'invalid' });
  expect(await team.command({ ...task, payload })).toMatchObject({ reason: 'invalid' });
  const noteId = uuid();
  const pin = () => team.command({ kind: 'note.pin', payload: { noteId, contactId, text: 'a\0b' } });
  expect(await pin()).toMatchObject({ status: 'applied' });
  expect(await pin()).toMatchObject({ reason: 'invalid' });
  expect((await card(contactId)).notes[0]?.text).toBe('ab');
});
