import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandsAnswer } from '../../utils/contract/command.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** A command that the server fails at, whatever the reason: here its table refuses one text. */
let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  await database.asOwner(`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'out of order' using errcode = 'XX000'; end $$`);
  await database.asOwner(`create trigger fail before insert on note for each row
    when (new.text = 'fail') execute function fail()`);
});
afterAll(() => database.drop());

const pin = (contactId: string, text: string) => ({
  ...{ id: uuid(), at: new Date().toISOString(), kind: 'note.pin' },
  payload: { noteId: uuid(), contactId, text },
});

test('one that cannot be decided holds up its own contact, and nobody else', async () => {
  const [ann, bob] = [await team.add('Ann Lee'), await team.add('Bob Ray')];
  const commands = [pin(ann, 'first'), pin(ann, 'fail'), pin(ann, 'after it'), pin(bob, 'hello')];
  const response = await team.request('/v1/commands', { body: { commands } });
  const { results } = v.parse(CommandsAnswer, await response.json());
  expect(results.map(({ id }) => id)).toEqual([commands[0]?.id, commands[3]?.id]);
  expect(results).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);

  await database.asOwner('drop trigger fail on note');
  const again = await team.request('/v1/commands', { body: { commands } });
  const all = v.parse(CommandsAnswer, await again.json()).results;
  expect(all.map(({ status }) => status)).toEqual(commands.map(() => 'applied'));
  const texts = await database.asOwner<{ text: string }>('select text from note order by at, text');
  expect(texts).toHaveLength(4);
});

test('where nothing can be decided, the request fails', async () => {
  await database.asOwner(`create trigger fail before insert on note for each row execute function fail()`);
  const commands = [pin(await team.add('Cy Ode'), 'x')];
  expect((await team.request('/v1/commands', { body: { commands } })).status).toBe(500);
});
