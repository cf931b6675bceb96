import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { readMine } from '../../server/store/mine.ts';
import { createMember } from '../../server/store/workspace.ts';
import { MineAnswer } from '../../utils/contract/mine.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** Whose cards a browser fetches before its person has met them. */
let database: TestDatabase;
let team: Team;
const other = uuid();
const DAY = 86_400_000;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  await inWorkspace(database.db, team.workspaceId, (trx) =>
    createMember(trx, team.workspaceId, { id: other, name: 'Mia', team: 'marketing', role: 'member' }),
  );
});
afterAll(() => database.drop());

const mine = async () => v.parse(MineAnswer, await (await team.request('/v1/mine')).json()).ids;
const at = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const touch = (contactId: string, days: number) =>
  team.command({
    kind: 'touch.log',
    payload: { touchId: uuid(), contactId, kind: 'call', direction: 'out', at: at(days) },
  });

test('own, with an open task, noted or touched lately: what changed last comes first', async () => {
  const [stranger, owned, noted, touched, done, old, asked] = [
    await team.add('Nobody Of Mine'),
    await team.add('Owned By Me'),
    await team.add('Noted By Me'),
    await team.add('Touched By Me'),
    await team.add('Task Is Done'),
    await team.add('Touched Long Ago'),
    await team.add('Task For Me'),
  ];
  const edit = (contactId: string, ownerId: string | null, baseRevision: number) =>
    team.command({ kind: 'contact.edit', baseRevision, payload: { contactId, ownerId } });
  await edit(stranger, other, 1);
  await edit(owned, team.memberId, 1);
  await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId: noted, text: 'x' } });
  await touch(touched, 29);
  const taskId = uuid();
  const task = { text: 'x', dueOn: '2026-12-01', assigneeId: other };
  await team.command({ kind: 'task.add', payload: { ...task, taskId, contactId: done } });
  expect(await mine()).toContain(done);
  await team.command({ kind: 'task.done', payload: { taskId, contactId: done, done: true } });
  await touch(old, 31);
  await team.command({
    kind: 'task.add',
    payload: { ...task, taskId: uuid(), contactId: asked, assigneeId: team.memberId },
  });
  expect(await mine()).toEqual([asked, touched, noted, owned]);
  await edit(owned, null, 2);
  expect(await mine()).toEqual([asked, touched, noted]);
  const read = (memberId: string, most?: number) =>
    inWorkspace(database.db, team.workspaceId, (trx) =>
      readMine(trx, team.workspaceId, memberId, new Date(), most),
    );
  expect(await read(other)).toEqual([stranger]);
  expect(await read(team.memberId, 2)).toEqual([asked, touched]);
});

test("another workspace's contacts are not among them", async () => {
  const they = await createTeam(database.db);
  await they.command({
    kind: 'note.pin',
    payload: { noteId: uuid(), contactId: await they.add('Theirs'), text: 'x' },
  });
  const ids = await inWorkspace(database.db, team.workspaceId, (trx) =>
    readMine(trx, team.workspaceId, they.memberId, new Date()),
  );
  expect(ids).toEqual([]);
});
