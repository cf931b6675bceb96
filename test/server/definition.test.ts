import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideProposal, proposeDefinition, withdrawProposal } from '../../utils/commands.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { type Command, CommandsAnswer } from '../../utils/contract/command.ts';
import { type Definition, type Draft, VersionsAnswer } from '../../utils/contract/definition.ts';
import { PATHS, Shared } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

let database: TestDatabase;
let people: People;
let sales: Person;
let marketing: Person;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A new team with a lead of each side, and these definitions agreed on. */
async function team(...labels: string[]): Promise<Definition[]> {
  people = await createPeople(database.db);
  sales = await people.person('lead', { team: 'sales' });
  marketing = await people.person('lead', { team: 'marketing' });
  for (const label of labels) await agreed({ label, team: 'sales' });
  return (await shared()).stages;
}

const shared = async () => (await sales.get(PATHS.shared)).read(Shared);
const result = async (who: Person, command: Command) => {
  const answer = await who.post(PATHS.commands, { commands: [command] });
  const [first] = answer.read(CommandsAnswer).results;
  if (!first) throw new Error('no result');
  return first;
};

const about = (one: Definition | undefined) =>
  ({ definitionId: one?.id ?? uuid(), about: one?.kind ?? 'stage' }) as const;
const propose = (draft: Draft, one?: Definition, words?: string) =>
  proposeDefinition(one?.revision ?? 0, { ...about(one), draft, ...(words && { words }) });

async function agreed(draft: Draft, one?: Definition): Promise<void> {
  const command = propose(draft, one);
  expect(await result(sales, command)).toMatchObject({ status: 'applied' });
  expect(await answer(command, true)).toMatchObject({ status: 'applied' });
}
const answer = ({ payload: { proposalId } }: ReturnType<typeof propose>, agree: boolean, who = marketing) =>
  result(who, decideProposal({ proposalId, agree }));

const labels = async () => (await shared()).stages.map(({ label }) => label);

test('what one side proposes is in force when the other agrees, with who and when; before, nothing has changed', async () => {
  const [lead] = await team('Lead');
  const draft: Draft = {
    label: 'Lead',
    team: 'marketing',
    sales: { does: 'Waits.', doesNot: 'Writes to them.' },
    marketing: { does: 'Warms them up.' },
    entry: 'they asked for something',
    exit: 'fit is good',
    needs: ['email', 'company'],
  };
  const command = propose(draft, lead, 'As said on Monday.');
  expect(await result(sales, command)).toMatchObject({ status: 'applied' });
  expect((await shared()).stages[0]).toMatchObject({ team: 'sales', revision: 1 });
  expect((await shared()).proposals?.[0]).toMatchObject({
    ...{ state: 'open', byId: sales.id, team: 'sales', words: 'As said on Monday.', baseRevision: 1, draft },
    about: { kind: 'stage', id: lead?.id },
  });
  expect(await answer(command, true)).toMatchObject({ status: 'applied' });
  const after = await shared();
  expect(after.stages[0]).toMatchObject({ ...draft, id: lead?.id, revision: 2 });
  expect(after.stages[0]?.since).toBeDefined();
  expect(after.proposals?.[0]).toMatchObject({ state: 'agreed', decidedById: marketing.id });

  const { versions } = (await sales.post(PATHS.versions, { id: lead?.id })).read(VersionsAnswer);
  expect(versions).toMatchObject([
    { revision: 2, body: draft, proposedBy: sales.id, agreedBy: marketing.id },
    { revision: 1, body: { label: 'Lead', team: 'sales' } },
  ]);
  expect(versions[0]?.until).toBeUndefined();
  expect(versions[1]?.until).toBe(versions[0]?.since);
});

test('each is told in the feed, with its kind', async () => {
  await team();
  const draft: Draft = { label: 'Partner', team: 'marketing' };
  const command = proposeDefinition(0, { definitionId: uuid(), about: 'lead', draft });
  await result(sales, command);
  await answer(command, true);
  const { changes } = (await sales.get(`${PATHS.changes}?since=0`)).read(ChangesAnswer);
  expect(changes.map(({ kind }) => kind).sort()).toEqual(['definition', 'proposal']);
  expect((await shared()).types).toMatchObject([{ kind: 'lead', label: 'Partner', order: 1 }]);
  expect((await shared()).stages).toEqual([]);
});

test('only leads propose, and only a lead of the other side decides, never the author', async () => {
  await team();
  const draft: Draft = { label: 'New', team: 'sales' };
  const member = await people.person('member', { team: 'sales' });
  expect(await result(member, propose(draft))).toMatchObject({ reason: 'role' });
  const command = propose(draft);
  await result(sales, command);
  const own = await people.person('lead', { team: 'sales' });
  const other = await people.person('member', { team: 'marketing' });
  for (const who of [sales, own, other])
    expect(await answer(command, true, who)).toMatchObject({ reason: 'role' });
  const admin = await people.person('admin', { team: 'both' });
  expect(await answer(command, true, admin)).toMatchObject({ status: 'applied' });

  // Of an author who stands for both sides, any other lead decides.
  const theirs = propose({ label: 'Another', team: 'sales' });
  await result(admin, theirs);
  expect(await answer(theirs, true, admin)).toMatchObject({ reason: 'role' });
  expect(await answer(theirs, true, own)).toMatchObject({ status: 'applied' });
});

test('declined or withdrawn, nothing changes, and nobody decides it again', async () => {
  const [lead] = await team('Lead');
  const declined = propose({ label: 'Prospect', team: 'sales' }, lead);
  await result(sales, declined);
  expect(await answer(declined, false)).toMatchObject({ status: 'applied' });
  expect(await answer(declined, true)).toMatchObject({ reason: 'changed' });
  const withdrawn = propose({ label: 'Prospect', team: 'sales' }, lead);
  await result(sales, withdrawn);
  const { proposalId } = withdrawn.payload;
  expect(await result(marketing, withdrawProposal({ proposalId }))).toMatchObject({ reason: 'role' });
  expect(await result(sales, withdrawProposal({ proposalId }))).toMatchObject({ status: 'applied' });
  expect(await answer(withdrawn, true)).toMatchObject({ reason: 'changed' });
  expect(await answer(propose({ label: 'X', team: 'sales' }), true)).toMatchObject({ reason: 'gone' });
  expect(await labels()).toEqual(['Lead']);
});

test('a definition that has moved on is not written over, be it proposed or agreed on too late', async () => {
  const [lead] = await team('Lead');
  const late = propose({ label: 'Late', team: 'sales' }, lead);
  await result(sales, late);
  await agreed({ label: 'Prospect', team: 'sales' }, lead);
  expect(await answer(late, true)).toMatchObject({ reason: 'changed' });
  expect(await result(sales, propose({ label: 'Later', team: 'sales' }, lead))).toMatchObject({
    reason: 'changed',
  });
  expect(await labels()).toEqual(['Prospect']);
  expect((await shared()).proposals?.find(({ id }) => id === late.payload.proposalId)?.state).toBe('open');
});

test('two who decide at once: one of them does', async () => {
  const [lead] = await team('Lead');
  const second = await people.person('lead', { team: 'marketing' });
  const command = propose({ label: 'Prospect', team: 'sales' }, lead);
  await result(sales, command);
  const both = await Promise.all([answer(command, true), answer(command, false, second)]);
  expect(both.map((one) => (one.status === 'refused' ? one.reason : one.status)).sort()).toEqual([
    'applied',
    'changed',
  ]);
  const revision = (await shared()).stages[0]?.revision;
  const state = (await shared()).proposals?.find(({ id }) => id === command.payload.proposalId)?.state;
  expect([revision, state]).toEqual(both[0]?.status === 'applied' ? [2, 'agreed'] : [1, 'declined']);
});

test('two proposals with one label: the second is refused when it would come into force', async () => {
  await team('Lead');
  const [one, two] = [
    propose({ label: 'Partner', team: 'sales' }),
    propose({ label: ' partner ', team: 'sales' }),
  ];
  await result(sales, one);
  await result(sales, two);
  await answer(one, true);
  const there = (await shared()).stages.find(({ label }) => label === 'Partner');
  expect(await answer(two, true)).toMatchObject({
    ...{ reason: 'contradicts', contradiction: { with: 'label', definitionId: there?.id } },
  });
  // Of another kind it means something else.
  const draft: Draft = { label: 'Partner', team: 'sales' };
  const other = proposeDefinition(0, { definitionId: uuid(), about: 'sale', draft });
  expect(await result(sales, other)).toMatchObject({ status: 'applied' });
});

test('a place that is taken moves the others on, and they keep their revision', async () => {
  const [, , third] = await team('One', 'Two', 'Three');
  expect(await labels()).toEqual(['One', 'Two', 'Three']);
  await agreed({ label: 'Three', team: 'sales', order: 1 }, third);
  const { stages } = await shared();
  expect(stages.map(({ label, order, revision }) => [label, order, revision])).toEqual([
    ['Three', 1, 2],
    ['One', 2, 1],
    ['Two', 3, 1],
  ]);
  await agreed({ label: 'New', team: 'sales', order: 99 });
  expect(await labels()).toEqual(['Three', 'One', 'Two', 'New']);
});

test('one that is retired can be chosen no more, and stays where it is', async () => {
  const [lead, next] = await team('Lead', 'Next');
  const add = (name: string) => {
    const payload = { contactId: uuid(), name, stageId: lead?.id ?? '' };
    return { id: uuid(), at: new Date().toISOString(), kind: 'contact.add', payload } as const;
  };
  const ann = add('Ann');
  expect(await result(sales, ann)).toMatchObject({ status: 'applied' });
  await agreed({ label: 'Lead', team: 'sales', retired: true }, lead);
  expect(await result(sales, add('Bo'))).toMatchObject({ reason: 'gone' });
  const edit = (baseRevision: number, stageId: string) => {
    const payload = { contactId: ann.payload.contactId, stageId, ownerId: sales.id };
    return { id: uuid(), at: new Date().toISOString(), kind: 'contact.edit', baseRevision, payload } as const;
  };
  expect(await result(sales, edit(1, lead?.id ?? ''))).toMatchObject({ status: 'applied' });
  expect(await result(sales, edit(2, next?.id ?? ''))).toMatchObject({ status: 'applied' });
  expect(await result(sales, edit(3, lead?.id ?? ''))).toMatchObject({ reason: 'gone' });
  // Its label is free again.
  expect(await result(sales, propose({ label: 'Lead', team: 'sales' }))).toMatchObject({ status: 'applied' });
});
