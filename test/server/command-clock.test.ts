import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let database: TestDatabase;
let team: Team;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  contactId = await team.add('Ann Lee');
});
afterAll(() => database.drop());

/** Pins a note that was written `ago` ms before it is sent, by a clock that is `off`; answers how old it then is. */
async function ageOf(ago: number, off: number | undefined): Promise<number> {
  const noteId = uuid();
  const here = Date.now() + (off ?? 0);
  const at = new Date(here - ago).toISOString();
  const command = { id: uuid(), at, kind: 'note.pin', payload: { noteId, contactId, text: 'Hello' } };
  const sentAt = off === undefined ? {} : { sentAt: new Date(here).toISOString() };
  await team.request('/v1/commands', { body: { commands: [command], ...sentAt } });
  const answer = await (await team.request('/v1/cards', { body: { ids: [contactId] } })).json();
  const notes = v.parse(CardsAnswer, answer).cards[0]?.card.notes ?? [];
  return Date.now() - Date.parse(notes.find(({ id }) => id === noteId)?.at ?? '');
}

test.for([0, DAY, -DAY, 3 * MINUTE, undefined])(
  'by a clock that is off by %s ms, a note is as old as it is',
  async (off) => {
    for (const ago of [0, 90 * MINUTE]) {
      const age = await ageOf(ago, off);
      expect(age).toBeGreaterThanOrEqual(ago - 1);
      expect(age).toBeLessThan(ago + MINUTE);
    }
  },
);
