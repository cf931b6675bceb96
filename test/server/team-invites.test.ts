import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { admitMember } from '../../server/store/member.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

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

test('a link is told once; another one to the same address takes its place', async () => {
  const wanted = { email: 'Ann@ACME.example', name: 'Ann Lee', team: 'marketing', role: 'member' };
  const first = await admin.link(PATHS.invite, wanted);
  expect(first.link).toMatch(/^http:\/\/truce\.test\/join#truce_[\w-]{64}$/);
  const second = await admin.link(PATHS.invite, wanted);
  const third = await admin.link(PATHS.inviteRenew, { id: second.id });
  expect((await admin.team()).invites).toMatchObject([
    { id: third.id, email: 'ann@acme.example', name: 'Ann Lee', team: 'marketing', createdBy: admin.id },
  ]);
  await admin.post(PATHS.inviteWithdraw, { id: third.id });
  expect((await admin.team()).invites).toEqual([]);
  expect((await admin.post(PATHS.inviteWithdraw, { id: third.id })).code).toBe('gone');
  const [rows] = await database.asOwner<{ n: number }>(
    'select count(*)::int as n from invite where workspace_id = $1 and withdrawn_at is not null',
    [people.workspaceId],
  );
  expect(rows).toEqual({ n: 3 });
  expect((await actions()).filter((action) => action === 'invite.withdrawn')).toHaveLength(3);
  const trail = JSON.stringify(await people.audit(admin));
  for (const { link } of [first, second, third]) expect(trail).not.toContain(link.split('#')[1]);
});

test("a lead cannot void an admin's invitation by inviting the same address", async () => {
  const lead = await people.person('lead');
  const email = 'boss@acme.example';
  const { id } = await admin.link(PATHS.invite, { email, team: 'sales', role: 'admin' });
  await lead.link(PATHS.invite, { email, team: 'sales', role: 'viewer' });
  expect((await admin.team()).invites.map((invite) => invite.id)).toContain(id);
});

test('a member is not invited again, one who left is, and comes back as the same', async () => {
  const member = await people.person('member', { email: 'ann@acme.example' });
  const wanted = { email: 'ann@acme.example', team: 'marketing', role: 'lead' } as const;
  expect((await admin.post(PATHS.invite, wanted)).code).toBe('already-member');
  expect((await admin.post(PATHS.invite, { ...wanted, email: 'no address' })).code).toBe('address');
  await admin.post(PATHS.memberRemove, { id: member.id });
  expect((await admin.post(PATHS.invite, wanted)).status).toBe(200);
  const admit = () =>
    inWorkspace(database.db, people.workspaceId, (trx) =>
      admitMember(trx, people.workspaceId, { name: 'Ann Lee', confirmed: true, ...wanted }),
    );
  expect((await Promise.all([admit(), admit()])).sort()).toEqual([member.id, undefined]);
  const { members } = await admin.team();
  expect(members.filter(({ email }) => email === wanted.email)).toMatchObject([
    { id: member.id, name: 'Ann Lee', team: 'marketing', role: 'lead' },
  ]);
  expect(members.every(({ leftAt }) => leftAt === undefined)).toBe(true);
  people.accounts.memberships.forget();
  expect(await member.get(PATHS.shared), 'with a browser that was ended').toMatchObject({ code: 'ended' });
});
