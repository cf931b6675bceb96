import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

const cardOf = async (id: string) =>
  v.parse(CardsAnswer, await (await team.request('/v1/cards', { body: { ids: [id] } })).json()).cards[0]
    ?.card;

const edit = (contactId: string, baseRevision: number, more: object) =>
  team.command({ kind: 'contact.edit', baseRevision, payload: { contactId, ...more } });

test('whether somebody may be contacted is changed with a reason, and what was said before is kept', async () => {
  const id = await team.add('Ann Lee');
  expect(await edit(id, 1, { doNotContact: true })).toMatchObject({ reason: 'invalid' });
  expect(
    await edit(id, 1, { doNotContact: true, consent: 'denied', reason: 'Said so by phone' }),
  ).toMatchObject({
    status: 'applied',
  });
  expect(await edit(id, 2, { consent: 'granted', reason: 'Signed up at the fair' })).toMatchObject({
    status: 'applied',
  });
  expect((await cardOf(id))?.contact).toMatchObject({
    doNotContact: true,
    consent: 'granted',
    provenance: {
      doNotContact: { source: 'truce', by: team.memberId, reason: 'Said so by phone' },
      consent: {
        ...{ by: team.memberId, reason: 'Signed up at the fair' },
        before: [{ value: 'denied', by: team.memberId, reason: 'Said so by phone' }],
      },
    },
  });
  expect(await edit(id, 2, { doNotContact: false, reason: 'x' })).toMatchObject({ reason: 'changed' });
});

test('history of many changes stays bounded', async () => {
  const id = await team.add('Bob Ray');
  for (let revision = 1; revision <= 30; revision += 1)
    await edit(id, revision, { doNotContact: revision % 2 === 1, reason: `no. ${revision}` });
  const before = (await cardOf(id))?.contact.provenance.doNotContact?.before;
  expect(before).toHaveLength(20);
  expect(before?.[0]?.reason).toBe('no. 29');
});

test('a note keeps its site, and a link only when one is given and plain', async () => {
  const contactId = await team.add('Cleo Cox');
  const pin = (more: object) =>
    team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId, text: 'x', ...more } });
  await pin({ site: 'mail.example' });
  await pin({ site: 'mail.example', link: 'https://mail.example/inbox' });
  await expect(pin({ link: 'https://mail.example/inbox?q=ann' })).rejects.toThrow();
  const notes = (await cardOf(contactId))?.notes.map(({ site, link }) => ({ site, link }));
  expect(notes).toEqual(
    expect.arrayContaining([
      { site: 'mail.example', link: undefined },
      { site: 'mail.example', link: 'https://mail.example/inbox' },
    ]),
  );
  expect(notes).toHaveLength(2);
});
