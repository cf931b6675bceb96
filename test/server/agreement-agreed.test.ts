import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addContact,
  decideProposal,
  offerHandover,
  proposeAgreement,
  proposeDefinition,
  withdrawProposal,
} from '../../utils/commands.ts';
import type { AgreementDraft } from '../../utils/contract/agreement.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import type { Draft } from '../../utils/contract/definition.ts';
import { PATHS, Shared } from '../../utils/contract/routes.ts';
import { AGREED, OFFICE } from './agreed.ts';
import { applied, refused, result } from './commanding.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

let database: TestDatabase;
let people: People;
let sales: Person;
let marketing: Person;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  people = await createPeople(database.db);
  sales = await people.person('lead', { team: 'sales' });
  marketing = await people.person('lead', { team: 'marketing' });
});
afterAll(() => database.drop());

const shared = async () => (await sales.get(PATHS.shared)).read(Shared);
const propose = (more: Partial<AgreementDraft> = {}, baseRevision = 0, words?: string) =>
  proposeAgreement(baseRevision, { draft: { ...AGREED, ...more }, ...(words && { words }) });
const decide = ({ payload }: { payload: { proposalId: string } }, agree = true) =>
  decideProposal({ proposalId: payload.proposalId, agree });

async function agreed(more: Partial<AgreementDraft> = {}, baseRevision = 0): Promise<void> {
  const command = propose(more, baseRevision);
  await applied(sales, command);
  await applied(marketing, decide(command));
}

/** A definition that both have agreed on. */
async function define(about: 'stage' | 'lead', draft: Draft): Promise<string> {
  const command = proposeDefinition(0, { definitionId: uuid(), about, draft });
  await applied(sales, command);
  await applied(marketing, decide(command));
  return command.payload.definitionId;
}

test('what one side proposes is in force when the other agrees, and told in the feed', async () => {
  const command = propose({ hours: 16 }, 0, 'As said on Monday.');
  await applied(sales, command);
  expect((await shared()).agreement).toBeUndefined();
  expect((await shared()).proposals).toMatchObject([
    {
      ...{ about: { kind: 'agreement', id: people.workspaceId }, state: 'open', baseRevision: 0 },
      ...{ byId: sales.id, team: 'sales', words: 'As said on Monday.', draft: { ...AGREED, hours: 16 } },
    },
  ]);
  await applied(marketing, decide(command));
  const { agreement, proposals } = await shared();
  expect(agreement).toMatchObject({ ...AGREED, hours: 16, revision: 1 });
  expect(agreement?.since).toBeDefined();
  expect(proposals).toMatchObject([{ state: 'agreed', decidedById: marketing.id }]);
  const { changes } = (await sales.get(`${PATHS.changes}?since=0`)).read(ChangesAnswer);
  expect(changes.map(({ kind }) => kind).sort()).toEqual(['agreement', 'proposal']);
});

test('only leads propose it, and only a lead of the other side agrees', async () => {
  const member = await people.person('member', { team: 'sales' });
  await refused(member, propose(), 'role');
  const command = propose();
  await applied(sales, command);
  const own = await people.person('lead', { team: 'sales' });
  const other = await people.person('member', { team: 'marketing' });
  for (const who of [sales, own, other]) await refused(who, decide(command), 'role');
  await refused(marketing, withdrawProposal({ proposalId: command.payload.proposalId }), 'role');
  expect((await shared()).agreement).toBeUndefined();
  await applied(await people.person('admin', { team: 'both' }), decide(command));
});

test('declined or withdrawn, there is none; and nobody decides it again', async () => {
  const [one, two] = [propose(), propose()];
  await applied(sales, one);
  await applied(sales, two);
  await applied(marketing, decide(one, false));
  await applied(sales, withdrawProposal({ proposalId: two.payload.proposalId }));
  await refused(marketing, decide(one), 'changed');
  await refused(marketing, decide(two), 'changed');
  expect((await shared()).agreement).toBeUndefined();
});

test('of two proposals about the same one, the second is not written over what was agreed on', async () => {
  const late = propose({ hours: 8 });
  await applied(marketing, late);
  await agreed();
  await refused(sales, decide(late), 'changed');
  await refused(sales, propose({ hours: 8 }), 'changed');
  await agreed({ hours: 8 }, 1);
  expect((await shared()).agreement).toMatchObject({ hours: 8, revision: 2 });
});

test('two who decide at once: one of them does', async () => {
  const second = await people.person('lead', { team: 'marketing' });
  const command = propose();
  await applied(sales, command);
  const both = await Promise.all([result(marketing, decide(command)), result(second, decide(command))]);
  expect(both.map((one) => (one?.status === 'refused' ? one.reason : one?.status)).sort()).toEqual([
    'applied',
    'changed',
  ]);
  expect((await shared()).agreement?.revision).toBe(1);
});

test('what cannot be kept is refused, with what of it', async () => {
  const stageId = await define('stage', { label: 'Lead', team: 'sales' });
  const gone = uuid();
  const none = { ...OFFICE, week: OFFICE.week.map(() => []) };
  const [timing] = AGREED.reasons;
  const criteria = { ...AGREED.criteria, stageIds: [stageId] };
  const table: [string, Partial<AgreementDraft>][] = [
    ['calendar', { calendar: none }],
    ['remind', { remindHours: [24] }],
    ['reasons', { reasons: [...AGREED.reasons, { id: 'again', label: timing?.label ?? '' }] }],
    ['stages', { criteria: { ...criteria, stageIds: [stageId, gone] } }],
    ['types', { criteria: { ...criteria, leadTypeIds: [gone] } }],
  ];
  for (const [what, more] of table) {
    const answer = await result(sales, propose(more));
    expect(answer).toMatchObject({ reason: 'contradicts', contradiction: { with: what } });
  }
  await applied(sales, propose({ criteria }));
});

test('a stage or type that it names can only be retired once it names it no more', async () => {
  const stageId = await define('stage', { label: 'Ready', team: 'marketing' });
  const typeId = await define('lead', { label: 'Asked us', team: 'marketing' });
  const stage = { definitionId: stageId, about: 'stage' } as const;
  const type = { definitionId: typeId, about: 'lead' } as const;
  const retireStage = () =>
    proposeDefinition(1, { ...stage, draft: { label: 'Ready', team: 'marketing', retired: true } });
  // One that was proposed before cannot come into force after.
  const early = retireStage();
  await applied(sales, early);
  await agreed({ criteria: { stageIds: [stageId], leadTypeIds: [typeId], needs: [] } });
  const expected = { reason: 'contradicts', contradiction: { with: 'agreement' } };
  expect(await result(marketing, decide(early))).toMatchObject(expected);
  const draft = { label: 'Asked us', team: 'marketing', retired: true } as const;
  expect(await result(sales, proposeDefinition(1, { ...type, draft }))).toMatchObject(expected);
  // Its words may change.
  await applied(sales, proposeDefinition(1, { ...type, draft: { ...draft, retired: false } }));

  await agreed({}, 1);
  await applied(marketing, decide(early));
  const again = propose({ criteria: { stageIds: [stageId], leadTypeIds: [], needs: [] } }, 2);
  expect(await result(sales, again)).toMatchObject({ contradiction: { with: 'stages' } });
});

test('what was handed over under the old one stays by it', async () => {
  await agreed();
  const olav = await people.person('member', { team: 'sales' });
  const add = addContact({ name: 'Bo Berg', email: 'bo@birch.example' });
  const { contactId } = add.payload;
  await applied(marketing, add);
  await applied(marketing, offerHandover({ contactId, toId: olav.id }));
  const due = async () => {
    const answer = await olav.post(PATHS.cards, { ids: [contactId] });
    return answer.read(CardsAnswer).cards[0]?.card.handovers?.[0]?.dueAt;
  };
  const before = await due();
  await agreed({ hours: 2, remindHours: [1], calendar: OFFICE }, 1);
  expect(before).toBeDefined();
  expect(await due()).toBe(before);
});
