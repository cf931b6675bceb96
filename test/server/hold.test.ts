import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import {
  addContact,
  answerHold,
  askHold,
  closeTicket,
  goAhead,
  liftHold,
  openTicket,
} from '../../utils/commands.ts';
import { type Card, CardsAnswer } from '../../utils/contract/card.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { addCampaign } from './campaigns.ts';
import { applied, refused, result } from './commanding.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

let database: TestDatabase;
let people: People;
let rep: Person;
let marketer: Person;
let other: Person;
let lead: Person;
const campaignId = uuid();

beforeAll(async () => {
  database = await createTestDatabase();
  people = await createPeople(database.db);
  rep = await people.person('member', { team: 'sales' });
  marketer = await people.person('member', { team: 'marketing' });
  other = await people.person('member', { team: 'marketing' });
  lead = await people.person('lead', { team: 'marketing' });
  await inWorkspace(database.db, people.workspaceId, (trx) =>
    addCampaign(trx, people.workspaceId, { id: campaignId, name: 'News', ownerId: marketer.id }),
  );
});
afterAll(() => database.drop());

async function someone(): Promise<string> {
  const command = addContact({ name: 'Ann Lee', evenSo: true });
  await applied(rep, command);
  return command.payload.contactId;
}
async function cardOf(contactId: string): Promise<Card> {
  const answer = await rep.post(PATHS.cards, { ids: [contactId] });
  const card = answer.read(CardsAnswer).cards[0]?.card;
  if (!card) throw new Error('no card');
  return card;
}
/** Somebody whom the rep wants kept out of the campaign. */
async function asked(): Promise<{ contactId: string; holdId: string }> {
  const contactId = await someone();
  const command = askHold({ contactId, campaignId, words: 'We sign on Monday.' });
  await applied(rep, command);
  return { contactId, holdId: command.payload.holdId };
}
const only = async (contactId: string) => (await cardOf(contactId)).holds?.[0];

describe('a contact is kept out of a campaign', () => {
  test('whose it is, is asked, and holds it', async () => {
    const hold = await asked();
    expect(await only(hold.contactId)).toMatchObject({
      ...{ campaignId, state: 'asked', byId: rep.id, words: 'We sign on Monday.' },
    });
    await applied(marketer, answerHold({ ...hold, held: true, words: 'Good luck!' }));
    expect(await only(hold.contactId)).toMatchObject({
      ...{ state: 'held', answeredById: marketer.id, answer: 'Good luck!' },
    });
  });

  test('or does not; and may think again', async () => {
    const hold = await asked();
    await applied(marketer, answerHold({ ...hold, held: false, words: 'It is the invoice.' }));
    expect((await only(hold.contactId))?.state).toBe('refused');
    await applied(marketer, answerHold({ ...hold, held: true }));
    expect((await only(hold.contactId))?.state).toBe('held');
  });

  test('by whose campaign it is, at once', async () => {
    const contactId = await someone();
    await applied(marketer, askHold({ contactId, campaignId }));
    expect((await only(contactId))?.state).toBe('held');
  });

  test('and nobody else answers but marketing’s leads', async () => {
    const hold = await asked();
    await refused(rep, answerHold({ ...hold, held: true }), 'role');
    await refused(other, answerHold({ ...hold, held: true }), 'role');
    await applied(lead, answerHold({ ...hold, held: true }));
  });

  test('until it is lifted by who asked, or whose it is; then one may ask again', async () => {
    const hold = await asked();
    await refused(other, liftHold(hold), 'role');
    await applied(rep, liftHold(hold));
    expect((await only(hold.contactId))?.state).toBe('lifted');
    await refused(marketer, answerHold({ ...hold, held: true }), 'changed');
    await refused(rep, liftHold(hold), 'changed');
    await applied(rep, askHold({ contactId: hold.contactId, campaignId }));
  });

  test('of two who ask at once one has asked', async () => {
    const contactId = await someone();
    const results = await Promise.all(
      [rep, other].map((who) => result(who, askHold({ contactId, campaignId }))),
    );
    expect(results.map((one) => one?.status).sort()).toEqual(['applied', 'refused']);
    expect(results).toContainEqual(expect.objectContaining({ reason: 'taken' }));
  });

  test('not from one that is not there, nor somebody who is not', async () => {
    const contactId = await someone();
    await refused(rep, askHold({ contactId, campaignId: uuid() }), 'gone');
    await refused(rep, askHold({ contactId: uuid(), campaignId }), 'gone');
    await refused(rep, liftHold({ contactId, holdId: uuid() }), 'gone');
  });
});

test('why somebody went ahead is on the card; what must not be has no reason', async () => {
  const contactId = await someone();
  await applied(rep, goAhead({ contactId, rule: 'campaign-near', refId: campaignId, why: 'They asked.' }));
  expect((await cardOf(contactId)).goAheads).toMatchObject([
    { rule: 'campaign-near', refId: campaignId, byId: rep.id, why: 'They asked.' },
  ]);
  await refused(rep, goAhead({ contactId, rule: 'suppressed', why: 'But' }), 'invalid');
});

test('a complaint is open until somebody settles it, once', async () => {
  const contactId = await someone();
  const command = openTicket({ contactId, subject: 'Pallets lost', complaint: true });
  await applied(marketer, command);
  expect((await cardOf(contactId)).tickets).toMatchObject([
    { subject: 'Pallets lost', complaint: true, open: true, byId: marketer.id, source: 'truce' },
  ]);
  const about = { contactId, ticketId: command.payload.ticketId };
  await applied(rep, closeTicket(about));
  await applied(rep, closeTicket(about));
  expect((await cardOf(contactId)).tickets).toBeUndefined();
  await refused(rep, closeTicket({ contactId, ticketId: uuid() }), 'gone');
});
