import { afterAll, beforeAll, expect, test } from 'vitest';
import { runClocks } from '../../server/jobs/clocks.ts';
import { addContact, offerHandover } from '../../utils/commands.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { agreeOn } from './agreed.ts';
import { applied } from './commanding.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type Person } from './people.ts';

const DAY = 86_400_000;
const TEAMS = 2;
const EACH = 3;

let database: TestDatabase;
/** Of each team somebody of sales, and who was handed over to them. */
const teams: { rep: Person; contactIds: string[] }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  for (let n = 0; n < TEAMS; n++) {
    const people = await createPeople(database.db);
    await agreeOn(database.db, people.workspaceId);
    const rep = await people.person('member', { team: 'sales' });
    const marketer = await people.person('member', { team: 'marketing' });
    const contactIds: string[] = [];
    for (let k = 0; k < EACH; k++) {
      const command = addContact({ name: 'Ann Lee', evenSo: true });
      await applied(marketer, command);
      await applied(marketer, offerHandover({ contactId: command.payload.contactId, toId: rep.id }));
      contactIds.push(command.payload.contactId);
    }
    teams.push({ rep, contactIds });
  }
});
afterAll(() => database.drop());

const run = (at: number, stop?: AbortSignal) =>
  runClocks({ db: database.db, databaseUrl: database.url, clock: () => new Date(at), stop });

async function states(): Promise<string[]> {
  const all: string[] = [];
  for (const { rep, contactIds } of teams) {
    const answer = await rep.post(PATHS.cards, { ids: contactIds });
    all.push(...answer.read(CardsAnswer).cards.flatMap(({ card }) => card.handovers?.[0]?.state ?? []));
  }
  return all;
}

test('clocks run out in every team, once, of several servers by one; before their time none does', async () => {
  await run(Date.now());
  expect(await states()).toEqual(Array(TEAMS * EACH).fill('offered'));
  const ending = new AbortController();
  ending.abort();
  await run(Date.now() + 2 * DAY, ending.signal);
  expect(await states()).toEqual(Array(TEAMS * EACH).fill('offered'));
  const ran = await Promise.all([run(Date.now() + 2 * DAY), run(Date.now() + 2 * DAY)]);
  expect(ran).toContain(true);
  expect(await states()).toEqual(Array(TEAMS * EACH).fill('lapsed'));
  const [count] = await database.asOwner<{ most: number }>('select max(revision) as most from handover');
  expect(count?.most).toBe(2);
});
