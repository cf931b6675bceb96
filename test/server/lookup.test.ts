import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildCards } from '../../server/store/card.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { CARD_LIMITS, CardsAnswer } from '../../utils/contract/card.ts';
import { importTagKey, tagOf } from '../../utils/contract/match-key.ts';
import {
  CompaniesAnswer,
  CompanyAnswer,
  SearchAnswer,
  Session,
  Shared,
} from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
let tagKey: CryptoKey;
let annId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  const session = v.parse(Session, await (await team.request('/v1/session')).json());
  tagKey = await importTagKey(session.tagKey);
  annId = await team.add('Ann Lee', {
    email: 'ann@acme-logistics.com',
    companyName: 'Acme Logistics',
    linkedin: 'in/ann-lee',
  });
});
afterAll(() => database.drop());

const tags = (...keys: string[]) => Promise.all(keys.map((key) => tagOf(tagKey, key)));
const lookup = async (asked: number[]) =>
  v.parse(CardsAnswer, await (await team.request('/v1/lookup', { body: { tags: asked } })).json());

test('every key of a contact finds its card, and says which tags did', async () => {
  const asked = await tags(
    'email:ann@acme-logistics.com',
    'linkedin:in/ann-lee',
    'name:ann lee|acme-logistics.com',
    'name:ann lee|acme logistics',
  );
  for (const tag of asked) {
    const { cards } = await lookup([tag]);
    expect(cards).toMatchObject([{ id: annId, tags: [tag], card: { contact: { name: 'Ann Lee' } } }]);
  }
  const all = await lookup([...asked, 1, 2 ** 48 - 1]);
  expect(all.cards).toHaveLength(1);
  expect(all.cards[0]?.tags.toSorted()).toEqual(asked.toSorted());
  const ids = all.cards.map(({ card }) => card.contact.companyId);
  const companies = await team.request('/v1/companies', { body: { ids } });
  expect(v.parse(CompaniesAnswer, await companies.json())).toMatchObject({
    companies: [{ name: 'Acme Logistics', domains: ['acme-logistics.com'] }],
  });
});

test('a stranger, and nothing at all, find nothing', async () => {
  expect(await lookup(await tags('email:ann@acme.com'))).toEqual({ cards: [] });
  expect(await lookup([])).toEqual({ cards: [] });
  const none = await team.request('/v1/cards', { body: { ids: [] } });
  expect(v.parse(CardsAnswer, await none.json()).cards).toEqual([]);
});

test('a company that the team knows is found by its domain, and only by that', async () => {
  const [tag = 0] = await tags('domain:acme-logistics.com');
  expect(await lookup([tag])).toMatchObject({
    cards: [],
    companies: [{ name: 'Acme Logistics', domains: ['acme-logistics.com'] }],
  });
  const both = await lookup(await tags('domain:acme-logistics.com', 'email:ann@acme-logistics.com'));
  expect([both.cards.length, both.companies?.length]).toEqual([1, 1]);
  await team.add('Gus Gmail', { email: 'gus@gmail.com', companyName: 'Gus & Sons' });
  expect(await lookup(await tags('domain:gmail.com', 'domain:acme.com'))).toEqual({ cards: [] });
});

test('a long history is cut to the card’s limits, in order, and keeps to the contract', async () => {
  const id = await team.add('Long History', { companyName: 'Acme Logistics' });
  const at = { workspace_id: team.workspaceId, contact_id: id };
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    for (let n = 0; n < 30; n += 1) {
      const day = `2026-01-${String(n + 1).padStart(2, '0')}`;
      const campaignId = uuid();
      await sql`insert into campaign (workspace_id, id, name, channel) values
        (${at.workspace_id}, ${campaignId}, 'C', 'email')`.execute(trx);
      await sql`insert into campaign_member (workspace_id, contact_id, campaign_id, state, at) values
        (${at.workspace_id}, ${id}, ${campaignId}, ${n >= 27 ? 'planned' : 'sent'}, ${day})`.execute(trx);
      await sql`insert into touch (workspace_id, id, contact_id, kind, direction, team, at) values
        (${at.workspace_id}, ${uuid()}, ${id}, 'call', 'out', 'sales', ${day})`.execute(trx);
      await sql`insert into note (workspace_id, id, contact_id, text, pinned, at, created_by) values
        (${at.workspace_id}, ${uuid()}, ${id}, ${`n${n}`}, ${n === 0}, ${day}, ${team.memberId})`.execute(
        trx,
      );
      await sql`insert into task (workspace_id, id, contact_id, text, due_on, created_by) values
        (${at.workspace_id}, ${uuid()}, ${id}, ${`t${n}`}, ${day}, ${team.memberId})`.execute(trx);
    }
    expect(await rebuildCards(trx, team.workspaceId, [id])).toEqual([id]);
    expect(await rebuildCards(trx, team.workspaceId, [id])).toEqual([]);
  });
  const [row] = (await lookup(await tags('name:history long|acme logistics'))).cards;
  const days = (list: { at: string }[] | undefined) => list?.map((one) => Number(one.at.slice(8, 10)));
  expect(row?.card).toMatchObject({ touchCount: 30, membershipCount: 30 });
  expect(days(row?.card.touches)).toEqual(Array.from({ length: CARD_LIMITS.touches }, (_, n) => 30 - n));
  expect(days(row?.card.memberships)?.slice(0, 5)).toEqual([28, 29, 30, 27, 26]);
  expect(row?.card.memberships).toHaveLength(CARD_LIMITS.memberships);
  expect(row?.card.notes.slice(0, 2).map((note) => note.text)).toEqual(['n0', 'n29']);
  expect(row?.card.tasks[0]?.text).toBe('t0');
});

test('search finds names and companies by the start of any word, in any script', async () => {
  for (const name of ['Zoë François', '王小明', 'Ольга Иванова', '100% Real', 'Renée O’Neill'])
    await team.add(name);
  const search = async (q: string) =>
    v
      .parse(SearchAnswer, await (await team.request('/v1/search', { body: { q } })).json())
      .hits.map((hit) => hit.name);
  expect(await search('zoe fr')).toEqual(['Zoë François']);
  expect(await search('FRANÇ')).toEqual(['Zoë François']);
  expect(await search('王')).toEqual(['王小明']);
  expect(await search('иван')).toEqual(['Ольга Иванова']);
  expect(await search('acme lee')).toEqual(['Ann Lee']);
  expect(await search('neill')).toEqual(['Renée O’Neill']);
  expect(await search('100')).toEqual(['100% Real']);
  for (const nothing of ['%', '_', '%%%', 'ann_', "'; --", 'nn']) {
    expect(await search(nothing)).toEqual(nothing === 'ann_' ? ['Ann Lee'] : []);
  }
});

test('a company with its people; shared records keep to the contract', async () => {
  const { cards } = await lookup(await tags('email:ann@acme-logistics.com'));
  const answer = await team.request('/v1/company', { body: { id: cards[0]?.card.contact.companyId } });
  const company = v.parse(CompanyAnswer, await answer.json());
  expect(company).toMatchObject({ company: { name: 'Acme Logistics' }, total: 2 });
  expect(company.people.map((hit) => hit.name)).toEqual(['Ann Lee', 'Long History']);
  const shared = v.parse(Shared, await (await team.request('/v1/shared')).json());
  expect(shared).toMatchObject({ stages: [{ order: 1 }, { order: 2 }], members: [{ name: 'Rita Rep' }] });
});
