import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { tendClocks } from '../../server/store/handover.ts';
import { addContact, answerHandover, logTouch, offerHandover } from '../../utils/commands.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import type { Handover } from '../../utils/contract/handover.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { agreeOn } from './agreed.ts';
import { applied, refused, result } from './commanding.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

const HOUR = 3_600_000;

let database: TestDatabase;
let people: People;
let rep: Person;
let colleague: Person;
let lead: Person;
let marketer: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  people = await createPeople(database.db);
  rep = await people.person('member', { team: 'sales' });
  colleague = await people.person('member', { team: 'sales' });
  lead = await people.person('lead', { team: 'sales' });
  marketer = await people.person('member', { team: 'marketing' });
  await agreeOn(database.db, people.workspaceId);
});
afterAll(() => database.drop());

async function someone(name = 'Ann Lee'): Promise<string> {
  const command = addContact({ name, evenSo: true });
  await applied(marketer, command);
  return command.payload.contactId;
}
async function handovers(contactId: string): Promise<Handover[]> {
  const answer = await rep.post(PATHS.cards, { ids: [contactId] });
  return answer.read(CardsAnswer).cards[0]?.card.handovers ?? [];
}
const only = async (contactId: string): Promise<Handover> => {
  const [first, ...rest] = await handovers(contactId);
  if (!first || rest.length > 0) throw new Error(`${rest.length} more`);
  return first;
};
/** Somebody who was handed over to the rep. */
async function handed(to = rep): Promise<{ contactId: string; handover: Handover }> {
  const contactId = await someone();
  await applied(marketer, offerHandover({ contactId, toId: to.id }));
  return { contactId, handover: await only(contactId) };
}
const about = ({ contactId, handover }: { contactId: string; handover: Handover }) => ({
  contactId,
  handoverId: handover.id,
});
const touch = (contactId: string, fields: object = {}) =>
  logTouch({ contactId, kind: 'call', direction: 'out', at: new Date().toISOString(), ...fields });
const tend = (at = Date.now()) =>
  inWorkspace(database.db, people.workspaceId, (trx) => tendClocks(trx, people.workspaceId, new Date(at)));

describe('a lead is handed over', () => {
  test('to somebody of sales, with a clock by the agreement and words', async () => {
    const contactId = await someone();
    const before = Date.now();
    await applied(marketer, offerHandover({ contactId, toId: rep.id, words: 'Asked for a price.' }));
    const handover = await only(contactId);
    expect(handover).toMatchObject({
      state: 'offered',
      byId: marketer.id,
      toId: rep.id,
      words: 'Asked for a price.',
      agreementRevision: 1,
      revision: 1,
    });
    const left = Date.parse(handover.dueAt ?? '') - before;
    expect(left).toBeGreaterThanOrEqual(24 * HOUR);
    expect(left).toBeLessThan(24.1 * HOUR);
  });

  test('and one who offers it once more, or too late, is told who has it', async () => {
    const { contactId } = await handed();
    await refused(marketer, offerHandover({ contactId, toId: rep.id }), 'taken');
  });

  test('by two at once, and one has it', async () => {
    const contactId = await someone();
    const other = await people.person('member', { team: 'marketing' });
    const results = await Promise.all([
      result(marketer, offerHandover({ contactId, toId: rep.id })),
      result(other, offerHandover({ contactId, toId: colleague.id })),
    ]);
    expect(results.map((one) => one?.status).sort()).toEqual(['applied', 'refused']);
    expect(results).toContainEqual(expect.objectContaining({ reason: 'taken', contactIds: [contactId] }));
    expect(await handovers(contactId)).toHaveLength(1);
  });

  test.each([
    ['by sales', () => rep, () => colleague.id, 'role'],
    ['to marketing', () => marketer, () => marketer.id, 'invalid'],
    ['to nobody there', () => marketer, () => uuid(), 'gone'],
  ] as const)('not %s', async (_, who, to, reason) => {
    const contactId = await someone();
    await refused(who(), offerHandover({ contactId, toId: to() }), reason);
    expect(await handovers(contactId)).toEqual([]);
  });

  test('not when they must not be contacted, whatever is said', async () => {
    const contactId = await someone();
    const barred = { contactId, doNotContact: true, reason: 'They said so.' };
    await applied(rep, {
      id: uuid(),
      at: new Date().toISOString(),
      kind: 'contact.edit',
      baseRevision: 1,
      payload: barred,
    });
    await refused(marketer, offerHandover({ contactId, toId: rep.id, evenSo: true, words: 'But' }), 'unmet');
  });
});

describe('whose it is', () => {
  test('accepts it', async () => {
    const given = await handed();
    await applied(rep, answerHandover('handover.accept', 1, about(given)));
    expect(await only(given.contactId)).toMatchObject({
      state: 'accepted',
      toId: rep.id,
      dueAt: given.handover.dueAt,
      revision: 2,
    });
    await refused(rep, answerHandover('handover.accept', 1, about(given)), 'changed');
  });

  test('sends it back with a reason of the agreement’s, and it can be handed over again', async () => {
    const given = await handed();
    const back = { ...about(given), reasonId: 'timing', words: 'In spring.' };
    await refused(rep, answerHandover('handover.return', 1, { ...back, reasonId: 'none' }), 'gone');
    await applied(rep, answerHandover('handover.return', 1, back));
    expect((await only(given.contactId)).returned).toMatchObject({
      byId: rep.id,
      reasonId: 'timing',
      reason: 'Not now',
      words: 'In spring.',
    });
    await applied(marketer, offerHandover({ contactId: given.contactId, toId: colleague.id }));
    expect((await handovers(given.contactId)).map(({ state }) => state)).toEqual(['offered', 'returned']);
  });

  test('passes it on, and the clock runs on', async () => {
    const given = await handed();
    await applied(rep, answerHandover('handover.accept', 1, about(given)));
    await applied(rep, answerHandover('handover.reassign', 2, { ...about(given), toId: colleague.id }));
    const passed = await only(given.contactId);
    expect(passed).toMatchObject({ state: 'offered', toId: colleague.id, dueAt: given.handover.dueAt });
    expect(passed.acceptedAt).toBeUndefined();
    await refused(rep, answerHandover('handover.accept', 3, about(given)), 'role');
  });

  test('is not anybody else: but for a lead of sales', async () => {
    const given = await handed();
    const passOn = answerHandover('handover.reassign', 1, { ...about(given), toId: colleague.id });
    await refused(colleague, answerHandover('handover.accept', 1, about(given)), 'role');
    await refused(colleague, { ...passOn, id: uuid() }, 'role');
    await refused(marketer, { ...passOn, id: uuid() }, 'role');
    await applied(lead, passOn);
  });
});

test('who handed it over takes it back; sales do not', async () => {
  const given = await handed();
  await refused(rep, answerHandover('handover.withdraw', 1, about(given)), 'role');
  await applied(marketer, answerHandover('handover.withdraw', 1, about(given)));
  expect((await only(given.contactId)).state).toBe('withdrawn');
  await refused(rep, answerHandover('handover.accept', 2, about(given)), 'changed');
});

describe('it is followed up', () => {
  test('by a touch of sales, by itself, of the same minute', async () => {
    const given = await handed();
    const call = touch(given.contactId, { at: `${new Date().toISOString().slice(0, 16)}:00.000Z` });
    await applied(rep, call);
    expect(await only(given.contactId)).toMatchObject({
      state: 'followed',
      followed: { byId: rep.id, touchId: call.payload.touchId },
    });
  });

  test.each([
    ['marketing’s', () => marketer, {}],
    ['one from the customer', () => rep, { direction: 'in' }],
    ['one of before', () => rep, { at: new Date(Date.now() - HOUR).toISOString() }],
  ] as const)('not by a touch that is %s', async (_, who, fields) => {
    const given = await handed();
    await applied(who(), touch(given.contactId, fields));
    expect((await only(given.contactId)).state).toBe('offered');
  });

  test('by a touch that came another way, when the clocks are seen to', async () => {
    const given = await handed();
    await database.asOwner(
      `insert into touch (workspace_id, id, contact_id, kind, direction, team, at, source)
       values ($1, $2, $3, 'email', 'out', 'sales', now(), 'hubspot')`,
      [people.workspaceId, uuid(), given.contactId],
    );
    expect((await tend()).followed).toContain(given.contactId);
    expect((await only(given.contactId)).state).toBe('followed');
  });
});

describe('its time runs out', () => {
  test('and it has lapsed, once; late is better than never', async () => {
    const given = await handed();
    const due = Date.parse(given.handover.dueAt ?? '');
    expect((await tend(due - 1)).lapsed).not.toContain(given.contactId);
    expect((await tend(due)).lapsed).toContain(given.contactId);
    expect((await tend(due)).lapsed).toEqual([]);
    expect((await only(given.contactId)).state).toBe('lapsed');
    await applied(rep, answerHandover('handover.accept', 2, about(given)));
    expect(await only(given.contactId)).toMatchObject({ state: 'lapsed', toId: rep.id });
    await applied(rep, touch(given.contactId));
    expect((await only(given.contactId)).state).toBe('followed');
  });

  test('not of one that was accepted and followed up, sent back or withdrawn', async () => {
    const given = await handed();
    await applied(rep, touch(given.contactId));
    const back = await handed();
    await applied(rep, answerHandover('handover.return', 1, { ...about(back), reasonId: 'fit' }));
    const { lapsed } = await tend(Date.now() + 1000 * HOUR);
    expect(lapsed).not.toContain(given.contactId);
    expect(lapsed).not.toContain(back.contactId);
  });
});

test('who leaves with leads in hand leaves them to all of sales, and their clocks run on', async () => {
  const admin = await people.person('admin', { team: 'both' });
  const leaver = await people.person('member', { team: 'sales' });
  const given = await handed(leaver);
  await applied(leaver, answerHandover('handover.accept', 1, about(given)));
  expect((await admin.post(PATHS.memberRemove, { id: leaver.id })).status).toBe(200);
  const left = await only(given.contactId);
  expect(left).toMatchObject({ state: 'offered', dueAt: given.handover.dueAt });
  expect(left.toId).toBeUndefined();
  await applied(colleague, answerHandover('handover.accept', left.revision, about(given)));
  expect((await only(given.contactId)).toId).toBe(colleague.id);
});
