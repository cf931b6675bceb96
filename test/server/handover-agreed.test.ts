import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyCommand } from '../../server/store/command/apply.ts';
import { addContact, offerHandover } from '../../utils/commands.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { PATHS, Shared } from '../../utils/contract/routes.ts';
import { AGREED, agreeOn, OFFICE } from './agreed.ts';
import { applied, refused, result } from './commanding.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

const HOUR = 3_600_000;

let database: TestDatabase;
let people: People;
let mia: Person;
let olav: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  people = await createPeople(database.db);
  mia = await people.person('member', { team: 'marketing' });
  olav = await people.person('member', { team: 'sales' });
});
afterAll(() => database.drop());

describe('as the two teams agreed', () => {
  const add = async (fields: object = {}) => {
    const command = addContact({ name: 'Bo Berg', evenSo: true, ...fields });
    await applied(mia, command);
    return command.payload.contactId;
  };

  test('who have not yet, can’t hand over', async () => {
    await refused(mia, offerHandover({ contactId: await add(), toId: olav.id }), 'unagreed');
  });

  test('only who meets it, unless somebody says why not', async () => {
    await agreeOn(database.db, people.workspaceId, {
      criteria: { ...AGREED.criteria, needs: ['email'] },
      perDay: 3,
    });
    await refused(mia, offerHandover({ contactId: await add(), toId: olav.id }), 'unmet');
    await refused(mia, offerHandover({ contactId: await add(), toId: olav.id, evenSo: true }), 'unmet');
    const contactId = await add();
    await applied(mia, offerHandover({ contactId, toId: olav.id, evenSo: true, words: 'Met at the fair.' }));
    await applied(mia, offerHandover({ contactId: await add({ email: 'bo@birch.example' }), toId: olav.id }));
  });

  test('so many in a day and not ten thousand; the next one waits for tomorrow', async () => {
    const words = { evenSo: true, words: 'Met at the fair.' };
    const offers = await Promise.all(
      [await add(), await add(), await add()].map((contactId) =>
        result(mia, offerHandover({ contactId, toId: olav.id, ...words })),
      ),
    );
    expect(offers.map((one) => (one?.status === 'refused' ? one.reason : 'applied')).sort()).toEqual([
      'applied',
      'limit',
      'limit',
    ]);
    const tomorrow = new Date(Date.now() + 24 * HOUR);
    const command = offerHandover({ contactId: await add(), toId: olav.id, ...words });
    const by = { id: mia.id, team: 'marketing', role: 'member' } as const;
    expect(await applyCommand(database.db, people.workspaceId, by, command, tomorrow)).toMatchObject({
      status: 'applied',
    });
  });

  test('by the agreement in force when it was handed over, also after there is another', async () => {
    const held = (await (await olav.get(PATHS.shared)).read(Shared)).agreement;
    await agreeOn(database.db, people.workspaceId, { hours: 8, calendar: OFFICE });
    const now = (await olav.get(PATHS.shared)).read(Shared).agreement;
    expect([held?.revision, now?.revision]).toEqual([1, 2]);
    expect(now).toMatchObject({ hours: 8, calendar: OFFICE });
    const friday = new Date('2030-11-22T16:00:00Z');
    const command = offerHandover({ contactId: await add(), toId: olav.id }, friday);
    const by = { id: mia.id, team: 'marketing', role: 'member' } as const;
    await applyCommand(database.db, people.workspaceId, by, command, friday);
    const answer = await olav.post(PATHS.cards, { ids: [command.payload.contactId] });
    const [handover] = answer.read(CardsAnswer).cards[0]?.card.handovers ?? [];
    expect(new Date(handover?.dueAt ?? 0).toISOString()).toBe('2030-11-25T16:00:00.000Z');
  });
});
