import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createMember } from '../../server/store/workspace.ts';
import { decideProposal, proposeDefinition } from '../../utils/commands.ts';
import type { View } from '../../utils/view.ts';
import { open } from './browser-rig.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

/** Two leads with a browser each, of which either may be without the server when they write. */
let database: TestDatabase;
let sales: Team;
let marketing: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  const team = await createTeam(database.db);
  await database.asOwner(`update member set role = 'lead' where id = $1`, [team.memberId]);
  team.forget();
  const memberId = uuid();
  const tom = { id: memberId, name: 'Tom', team: 'marketing', role: 'lead' } as const;
  await inWorkspace(database.db, team.workspaceId, (trx) => createMember(trx, team.workspaceId, tom));
  const token = await pairDirectly(
    database.db,
    await openTestAccounts(database.db),
    team.workspaceId,
    memberId,
  );
  sales = team;
  marketing = {
    ...team,
    ...{ memberId, token },
    request: (path, init) =>
      team.request(path, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
  };
});
afterAll(() => database.drop());

const labels = ({ stages }: View) => stages.map(({ label }) => label);
const first = ({ proposals }: View) => proposals.map(({ state, waiting }) => [state, waiting ?? false]);

test('proposed and agreed on without the server, each is there at once, and holds when both were sent', async () => {
  const [one, other] = [await open(sales, []), await open(marketing, [])];
  await one.sync.wake();
  await other.sync.wake();
  one.unplug(true);
  const [definitionId] = sales.stageIds;
  const draft = { label: 'Prospect', team: 'marketing' } as const;
  const propose = proposeDefinition(1, { definitionId, about: 'stage', draft });
  await one.write(propose);
  expect(first(await one.view())).toEqual([['open', true]]);
  expect(first(await other.view())).toEqual([]);

  one.unplug(false);
  await one.sync.wake();
  await other.sync.wake();
  expect(first(await one.view())).toEqual([['open', false]]);
  expect(first(await other.view())).toEqual([['open', false]]);

  other.unplug(true);
  await other.write(decideProposal({ proposalId: propose.payload.proposalId, agree: true }));
  const asked = await other.view();
  expect(first(asked)).toEqual([['agreed', true]]);
  expect(labels(asked)).toEqual(['Stage 1', 'Stage 2']);

  other.unplug(false);
  await other.sync.wake();
  await one.sync.wake();
  for (const browser of [one, other]) {
    const view = await browser.view();
    expect(first(view)).toEqual([['agreed', false]]);
    expect(labels(view)).toEqual(['Prospect', 'Stage 2']);
    expect(view.stages[0]).toMatchObject({ team: 'marketing', revision: 2 });
  }
});

test('what the server refuses is kept with what it contradicts, and told', async () => {
  const one = await open(sales, []);
  await one.sync.wake();
  const draft = { label: 'stage 2', team: 'sales' } as const;
  await one.write(proposeDefinition(0, { definitionId: uuid(), about: 'stage', draft }));
  await one.sync.wake();
  const { refused, waiting, proposals } = await one.view();
  expect(refused).toMatchObject([
    { reason: 'contradicts', contradiction: { with: 'label', definitionId: sales.stageIds[1] } },
  ]);
  expect([waiting, proposals.filter(({ state }) => state === 'open')]).toEqual([0, []]);
});
