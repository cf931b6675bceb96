import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { CommandsAnswer } from '../../utils/contract/command.ts';
import { PATHS, Shared } from '../../utils/contract/routes.ts';
import { AuditAnswer } from '../../utils/contract/team.ts';
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

const actions = async () => (await people.audit(admin)).map(({ action }) => action);
const shared = async () => (await admin.get(PATHS.shared)).read(Shared);

test('a change of role is in force at once, told to all, and in the audit trail', async () => {
  const member = await people.person('member');
  const { version } = await shared();
  expect((await member.get(PATHS.audit)).status).toBe(403);
  await admin.post(PATHS.memberChange, { id: member.id, role: 'admin', name: 'Ann Lee' });
  expect((await member.get(PATHS.audit)).status).toBe(200);
  const feed = (await member.get(`${PATHS.changes}?since=${version}`)).read(ChangesAnswer);
  expect(feed.changes).toMatchObject([{ kind: 'member', id: member.id }]);
  expect((await shared()).members).toContainEqual(
    expect.objectContaining({ id: member.id, name: 'Ann Lee', role: 'admin' }),
  );
  expect(await people.audit(admin)).toMatchObject([
    {
      action: 'member.changed',
      target: { kind: 'member', id: member.id, name: 'Ann Lee' },
      detail: { roleBefore: 'member', role: 'admin', name: 'Ann Lee' },
    },
  ]);
  await admin.post(PATHS.memberChange, { id: member.id, role: 'admin' });
  expect(await actions(), 'nothing changed').toHaveLength(1);
});

test('somebody who is demoted cannot go on by what another server remembers', async () => {
  const second = await people.person('admin');
  const there = people.elsewhere(second, anotherServer(database.db, Date.now));
  await there.team();
  await admin.post(PATHS.memberChange, { id: second.id, role: 'member' });
  const answer = await there.post(PATHS.memberChange, { id: second.id, role: 'admin' });
  expect([answer.status, answer.code]).toEqual([403, 'role']);
  expect(
    (await there.post(PATHS.invite, { email: 'x@acme.example', team: 'sales', role: 'admin' })).code,
  ).toBe('role');
  expect((await there.post(PATHS.workspace, { name: 'Mine' })).code).toBe('role');
});

test('the last admin can neither be demoted nor removed, nor leave', async () => {
  const own = { id: admin.id };
  for (const [path, body] of [
    [PATHS.memberChange, { ...own, role: 'lead' }],
    [PATHS.memberRemove, own],
    [PATHS.memberLeave, {}],
  ] as const) {
    const answer = await admin.post(path, body);
    expect([path, answer.status, answer.code]).toEqual([path, 409, 'last-admin']);
  }
  expect((await admin.post(PATHS.memberChange, { ...own, name: 'Still here' })).status).toBe(200);
});

test('of admins who demote or remove each other at once, one stays', async () => {
  for (const [path, more] of [
    [PATHS.memberChange, { role: 'member' }],
    [PATHS.memberRemove, {}],
  ] as const) {
    for (let round = 0; round < 10; round++) {
      const team = await createPeople(database.db);
      const both = [await team.person('admin'), await team.person('admin')] as const;
      const answers = await Promise.all([
        both[0].post(path, { id: both[1].id, ...more }),
        both[1].post(path, { id: both[0].id, ...more }),
      ]);
      const admins = await database.asOwner(
        `select id from member where workspace_id = $1 and role = 'admin' and left_at is null`,
        [team.workspaceId],
      );
      expect(admins).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  }
});

test('whoever is removed is let in no more: at once on this server, within 30 s on others', async () => {
  let time = 1_000_000;
  const member = await people.person('member');
  const there = people.elsewhere(
    member,
    anotherServer(database.db, () => time),
  );
  expect((await there.get(PATHS.shared)).status).toBe(200);
  expect((await member.get(PATHS.shared)).status).toBe(200);
  expect((await admin.post(PATHS.memberRemove, { id: member.id })).status).toBe(200);
  expect(await member.get(PATHS.shared)).toMatchObject({ status: 401, code: 'removed' });
  time += 29_999;
  expect((await there.get(PATHS.shared)).status).toBe(200);
  time += 1;
  expect(await there.get(PATHS.shared)).toMatchObject({ status: 401, code: 'removed' });
  expect(await actions()).toEqual(['member.removed', 'browser.ended']);
  expect((await admin.post(PATHS.memberRemove, { id: member.id })).code).toBe('gone');
});

test('what they wrote stays theirs, their links are void, and nothing new is given to them', async () => {
  const member = await people.person('admin', { email: 'ann@acme.example' });
  const contactId = uuid();
  const at = new Date().toISOString();
  const command = async (who: Person, kind: string, payload: object, more: object = {}) => {
    const body = { commands: [{ id: uuid(), at, kind, payload, ...more }] };
    return (await who.post(PATHS.commands, body)).read(CommandsAnswer).results[0];
  };
  await command(member, 'contact.add', { contactId, name: 'Bob Smith' });
  const own = { contactId, ownerId: member.id };
  expect(await command(member, 'contact.edit', own, { baseRevision: 1 })).toMatchObject({
    status: 'applied',
  });
  const links = [
    await member.link(PATHS.browserPair),
    await member.link(PATHS.invite, { email: 'friend@acme.example', team: 'sales', role: 'admin' }),
  ];
  await member.post(PATHS.memberLeave);
  expect((await shared()).members).toContainEqual(expect.objectContaining({ id: member.id, left: true }));
  const { members, invites } = await admin.team();
  expect(members.at(-1)).toMatchObject({ id: member.id, leftAt: expect.any(String), browsers: 0 });
  expect(invites).toEqual([]);
  const [row] = await database.asOwner('select owner_id from contact where id = $1', [contactId]);
  expect(row).toEqual({ owner_id: member.id });
  const task = { taskId: uuid(), contactId, text: 'Call', dueOn: '2030-01-01', assigneeId: member.id };
  expect(await command(admin, 'task.add', task)).toMatchObject({ status: 'refused', reason: 'gone' });
  expect(
    await command(admin, 'contact.edit', { contactId, ownerId: null }, { baseRevision: 2 }),
  ).toMatchObject({ status: 'applied' });
  expect(await command(admin, 'contact.edit', own, { baseRevision: 3 })).toMatchObject({
    status: 'refused',
    reason: 'gone',
  });
  for (const { id } of links) expect((await admin.post(PATHS.inviteRenew, { id })).code).toBe('gone');
  expect((await people.audit(admin)).find(({ action }) => action === 'member.removed')).toMatchObject({
    detail: { leaves: true },
  });
});

test('a browser that is ended is let in no more, the others are', async () => {
  const member = await people.person('member');
  expect((await admin.post(PATHS.browserEnd, { id: member.browserId })).status).toBe(200);
  expect(await member.get(PATHS.shared)).toMatchObject({ status: 401, code: 'ended' });
  expect((await admin.post(PATHS.browserEnd, { id: member.browserId })).code).toBe('gone');
  expect((await admin.get(PATHS.shared)).status).toBe(200);
  expect(await people.audit(admin)).toMatchObject([
    {
      action: 'browser.ended',
      target: { name: 'Test browser', owner: expect.stringContaining('member') },
      detail: { reason: 'admin' },
    },
  ]);
});

test('settings are checked, kept and told', async () => {
  const post = async (change: object) => (await admin.post(PATHS.workspace, change)).code;
  expect(await post({ joinDomains: ['gmail.com'] })).toBe('free-mail');
  for (const bad of ['acme', 'a b.com', '127.0.0.1'])
    expect(await post({ joinDomains: [bad] })).toBe('domain');
  for (const lockDays of [0, 366, 1.5]) expect(await post({ lockDays })).toBe('invalid');
  expect(
    await post({ name: ' Acme ', lockDays: 3, joinDomains: ['@ACME.example', 'acme.example'] }),
  ).toBeUndefined();
  expect((await admin.team()).workspace).toEqual({
    name: 'Acme',
    lockDays: 3,
    joinDomains: ['acme.example'],
  });
  expect(await people.audit(admin)).toMatchObject([
    { action: 'workspace.changed', detail: { name: 'Acme', lockDays: 3, joinDomains: 'acme.example' } },
  ]);
  expect(await post({ joinDomains: [] })).toBeUndefined();
  expect((await admin.team()).workspace.joinDomains).toEqual([]);
});

test('the audit trail is read page by page', async () => {
  for (let lockDays = 1; lockDays <= 7; lockDays++) await admin.post(PATHS.workspace, { lockDays });
  const page = async (query: string) => (await admin.get(`${PATHS.audit}?${query}`)).read(AuditAnswer);
  const first = await page('limit=4');
  expect(first.more).toBe(true);
  const second = await page(`limit=4&before=${first.rows.at(-1)?.id}`);
  expect(second.more).toBe(false);
  const days = [...first.rows, ...second.rows].map(({ detail }) => detail.lockDays);
  expect(days).toEqual([7, 6, 5, 4, 3, 2, 1]);
  for (const bad of ['limit=0', 'limit=101', 'limit=x', 'before=x']) {
    expect((await admin.get(`${PATHS.audit}?${bad}`)).status).toBe(400);
  }
});

test('when a browser was last here is noted, and not at every request', async () => {
  let time = 1_000_000;
  const there = people.elsewhere(
    admin,
    anotherServer(database.db, () => time),
  );
  const usedAt = async () => {
    const [row] = await database.asOwner<{ used_at: Date | null }>(
      'select used_at from browser where id = $1',
      [admin.browserId],
    );
    return row?.used_at?.getTime();
  };
  const settled = async (wanted: (at: number | undefined) => boolean) =>
    expect.poll(async () => wanted(await usedAt()), { timeout: 10_000 }).toBe(true);
  await there.get(PATHS.shared);
  await settled((at) => at !== undefined);
  const long = Date.now() - 3_600_000;
  await database.asOwner('update browser set used_at = $1 where id = $2', [new Date(long), admin.browserId]);
  time += 60_000;
  await there.get(PATHS.shared);
  await there.get(PATHS.shared);
  expect(await usedAt()).toBe(long);
  time += 300_000;
  await there.get(PATHS.shared);
  await settled((at) => at !== long);
  const own = (await there.team()).browsers.find(({ id }) => id === admin.browserId);
  expect(Date.parse(own?.usedAt ?? '')).toBeGreaterThan(long);
});
