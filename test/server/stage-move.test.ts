import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { createDefinition } from '../../server/store/definition.ts';
import { prune } from '../../server/store/privacy/prune.ts';
import { CARD_LIMITS, CardsAnswer } from '../../utils/contract/card.ts';
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
  const row = v.parse(CardsAnswer, await response.json()).cards[0];
  if (!row) throw new Error('no card');
  return row.card;
}
const edit = (contactId: string, baseRevision: number, payload: object) =>
  team.command({ kind: 'contact.edit', baseRevision, payload: { contactId, ...payload } });

test('a change of stage says who, when, why, and as which revision it was defined then', async () => {
  const [first, second] = team.stageIds;
  const id = await team.add('Ann Lee', { stageId: first });
  await edit(id, 1, { stageId: second, reason: 'Has a budget.' });
  const { contact, moves } = await card(id);
  expect(moves).toMatchObject([
    {
      fromId: first,
      toId: second,
      toRevision: 1,
      by: team.memberId,
      reason: 'Has a budget.',
      source: 'truce',
    },
    { toId: first, by: team.memberId },
  ]);
  expect(moves?.[0]?.at).toBe(contact.stageAt);
  expect(moves?.[1]?.fromId).toBeUndefined();
  expect(contact.provenance.stage).toMatchObject({ by: team.memberId, reason: 'Has a budget.' });
});

test('the same stage once more is no move, and what is refused is none', async () => {
  const [first, second] = team.stageIds;
  const id = await team.add('Bo Berg', { stageId: first });
  await edit(id, 1, { stageId: first, ownerId: team.memberId });
  expect(await edit(id, 1, { stageId: second })).toMatchObject({ reason: 'changed' });
  expect((await card(id)).moves).toHaveLength(1);
});

test('a card carries the last moves only', async () => {
  const id = await team.add('Cy Young');
  expect((await card(id)).moves).toBeUndefined();
  for (let count = 0; count < CARD_LIMITS.moves + 2; count += 1) {
    await edit(id, count + 1, { stageId: team.stageIds[count % 2] });
  }
  const { moves = [] } = await card(id);
  expect(moves).toHaveLength(CARD_LIMITS.moves);
  expect(moves.map(({ at }) => Date.parse(at))).toEqual(
    moves.map(({ at }) => Date.parse(at)).toSorted((a, b) => b - a),
  );
});

test('kinds of lead and sale are given and taken away; one of another kind is not there', async () => {
  const [lead, sale] = [uuid(), uuid()];
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    const rest = { order: 1, team: 'sales', revision: 1 } as const;
    await createDefinition(trx, team.workspaceId, { id: lead, kind: 'lead', label: 'Inbound', ...rest });
    await createDefinition(trx, team.workspaceId, { id: sale, kind: 'sale', label: 'Cross-sell', ...rest });
  });
  const id = await team.add('Di Dahl');
  expect(await edit(id, 1, { leadTypeId: lead, saleTypeId: sale })).toMatchObject({ status: 'applied' });
  const { contact } = await card(id);
  expect(contact).toMatchObject({ leadTypeId: lead, saleTypeId: sale, revision: 2 });
  expect(contact.provenance).toMatchObject({ leadType: { source: 'truce' }, saleType: { source: 'truce' } });
  expect(await edit(id, 2, { leadTypeId: sale })).toMatchObject({ reason: 'gone' });
  expect(await edit(id, 2, { stageId: lead })).toMatchObject({ reason: 'gone' });
  expect(await edit(id, 2, { leadTypeId: null })).toMatchObject({ status: 'applied' });
  expect((await card(id)).contact.leadTypeId).toBeUndefined();
});

test('old moves go from the table and the card, where they stand now stays', async () => {
  const [first, second] = team.stageIds;
  const id = await team.add('Ed Ek', { stageId: first });
  await edit(id, 1, { stageId: second });
  const keep = `insert into retention (workspace_id, history_months) values ($1, 12)`;
  await database.asOwner(keep, [team.workspaceId]);
  const age = `update stage_move set at = now() - interval '400 days' where contact_id = $1 and from_id is null`;
  await database.asOwner(age, [id]);
  expect(await prune(database.db, team.workspaceId, new Date())).toMatchObject({ moves: 1 });
  const { contact, moves } = await card(id);
  expect(moves).toMatchObject([{ fromId: first, toId: second }]);
  expect(contact.stageId).toBe(second);
});
