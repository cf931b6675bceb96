import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { SearchAnswer } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let ours: Team;
let theirs: Team;
let theirContact: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTeam(database.db);
  theirs = await createTeam(database.db);
  theirContact = await theirs.add('Tina Theirs', { email: 'tina@theirs.example', companyName: 'Theirs' });
  await ours.add('Otto Ours', { companyName: 'Ours' });
});
afterAll(() => database.drop());

test('without a workspace nothing is seen, and nothing can be written', async () => {
  const { rows } = await database.db.pool.query('select count(*) as n from contact');
  expect(rows).toEqual([{ n: 0 }]);
  await expect(
    database.db.pool.query(`insert into change values ($1, 1, 'card', $1)`, [ours.workspaceId]),
  ).rejects.toThrow('row-level security');
});

test('a query that forgets the workspace still sees only its own', async () => {
  const names = await inWorkspace(database.db, ours.workspaceId, (trx) =>
    sql<{ name: string }>`select name from contact`.execute(trx),
  );
  expect(names.rows).toEqual([{ name: 'Otto Ours' }]);
});

test('rows cannot be written into another workspace', async () => {
  const write = inWorkspace(database.db, ours.workspaceId, (trx) =>
    sql`insert into word values (${theirs.workspaceId}, 'x', ${theirContact})`.execute(trx),
  );
  await expect(write).rejects.toThrow('row-level security');
});

test('ids of another workspace find nothing', async () => {
  const cards = await ours.request('/v1/cards', { body: { ids: [theirContact] } });
  expect(v.parse(CardsAnswer, await cards.json()).cards).toEqual([]);
  const search = await ours.request('/v1/search', { body: { q: 'tina' } });
  expect(v.parse(SearchAnswer, await search.json()).hits).toEqual([]);
  const theirCard = v.parse(
    CardsAnswer,
    await (await theirs.request('/v1/cards', { body: { ids: [theirContact] } })).json(),
  );
  const { companyId } = theirCard.cards[0]?.card.contact ?? {};
  const company = await ours.request('/v1/company', { body: { id: companyId } });
  expect(company.status).toBe(404);
  const companies = await ours.request('/v1/companies', { body: { ids: [companyId] } });
  expect(await companies.json()).toEqual({ companies: [] });
  const known = await theirs.request('/v1/companies', { body: { ids: [companyId] } });
  expect(await known.json()).toMatchObject({ companies: [{ id: companyId }] });
  const pin = { noteId: uuid(), contactId: theirContact, text: 'x' };
  expect(await ours.command({ kind: 'note.pin', payload: pin })).toMatchObject({ reason: 'gone' });
  const [first] = ours.stageIds;
  const add = { contactId: uuid(), name: 'Uma U', stageId: first };
  expect(await theirs.command({ kind: 'contact.add', payload: add })).toMatchObject({ reason: 'gone' });
});

test('a workspace id that is no UUID is refused before it reaches the database', async () => {
  await expect(inWorkspace(database.db, `x'; drop table card; --`, async () => 1)).rejects.toThrow('UUID');
});
