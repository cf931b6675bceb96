import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PATHS } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { anotherServer, createPeople, type People, type Person } from './people.ts';

let database: TestDatabase;
let people: People;
let admin: Person;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  people = await createPeople(database.db);
  admin = await people.person('admin');
});
afterAll(() => database.drop());

test('a change lets memberships of its own team be asked anew, and a refused one of none', async () => {
  const forgotten: (string | undefined)[] = [];
  const [admin, colleague] = [await people.person('admin'), await people.person('member')];
  const { memberships } = people.accounts;
  const watched = people.elsewhere(admin, {
    ...memberships,
    forget: (workspaceId) => void forgotten.push(workspaceId),
  });
  expect((await watched.post(PATHS.memberChange, { id: uuid(), role: 'lead' })).code).toBe('gone');
  expect(forgotten).toEqual([]);
  expect((await watched.post(PATHS.memberChange, { id: colleague.id, role: 'lead' })).status).toBe(200);
  expect(forgotten).toEqual([people.workspaceId]);
});

test('to forget one team leaves what is known of the others', async () => {
  const others = await createPeople(database.db);
  const [mine, theirs] = [await people.person('member'), await others.person('member')];
  const known = anotherServer(database.db, () => 0);
  const standing = (of: People, { id, browserId }: Person) =>
    known.standing({ workspaceId: of.workspaceId, browserId, memberId: id });
  await Promise.all([standing(people, mine), standing(others, theirs)]);
  await database.asOwner('update browser set ended_at = now() where id in ($1, $2)', [
    mine.browserId,
    theirs.browserId,
  ]);
  known.forget(people.workspaceId);
  expect(await standing(people, mine)).toBe('ended');
  expect(await standing(others, theirs)).toMatchObject({ member: { id: theirs.id } });
  known.forget();
  expect(await standing(others, theirs)).toBe('ended');
});

test('a domain lets people into one team of the server', async () => {
  const others = await createPeople(database.db);
  const theirs = await others.person('admin');
  const ask = (who: Person, ...joinDomains: string[]) => who.post(PATHS.workspace, { joinDomains });
  expect((await ask(theirs, 'one.example', 'two.example')).status).toBe(200);
  const refused = await ask(admin, 'three.example', 'TWO.example');
  expect([refused.status, refused.code]).toEqual([409, 'domain-taken']);
  expect((await admin.team()).workspace.joinDomains).toEqual([]);
  expect((await ask(theirs, 'two.example')).status).toBe(200);
  expect((await ask(admin, 'one.example')).status).toBe(200);
  await ask(theirs);
  const both = await Promise.all([ask(admin, 'two.example'), ask(theirs, 'two.example')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});
