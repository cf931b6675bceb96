import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../utils/contract/member.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createPeople, type People, type Person } from './people.ts';

/** Every role asks for everything of a colleague's. */
let database: TestDatabase;
let people: People;

beforeAll(async () => {
  database = await createTestDatabase();
  people = await createPeople(database.db);
  await people.person('admin');
});
afterAll(() => database.drop());

type Ask = (who: Person) => Promise<{ status: number; code: string | undefined }>;
interface Rule {
  ask: Ask;
  /** From which role on it is allowed. */
  from: Role;
  /** What the others are told. */
  code?: string;
}

const invite = (more: object) => ({
  email: `n${Math.random()}@acme.example`,
  team: 'sales',
  role: 'member',
  ...more,
});
const colleague = () => people.person('member');

const RULES: Record<string, Rule> = {
  'sees the team': { from: 'viewer', ask: (who) => who.get(PATHS.team) },
  'reads the audit trail': { from: 'admin', ask: (who) => who.get(PATHS.audit) },
  'changes the settings': { from: 'admin', ask: (who) => who.post(PATHS.workspace, { lockDays: 20 }) },
  'invites a member': { from: 'lead', ask: (who) => who.post(PATHS.invite, invite({})) },
  'invites into another team': {
    from: 'admin',
    ask: (who) => who.post(PATHS.invite, invite({ team: 'marketing' })),
  },
  'invites a lead': { from: 'admin', ask: (who) => who.post(PATHS.invite, invite({ role: 'lead' })) },
  'invites an admin': { from: 'admin', ask: (who) => who.post(PATHS.invite, invite({ role: 'admin' })) },
  'withdraws a link into their team': {
    from: 'lead',
    ask: async (who) => who.post(PATHS.inviteWithdraw, { id: await openInvite() }),
  },
  'renews a link into their team': {
    from: 'lead',
    ask: async (who) => who.post(PATHS.inviteRenew, { id: await openInvite() }),
  },
  'withdraws a link for an admin': {
    from: 'admin',
    ask: async (who) => who.post(PATHS.inviteWithdraw, { id: await openInvite({ role: 'admin' }) }),
  },
  'renews a link for an admin': {
    from: 'admin',
    ask: async (who) => who.post(PATHS.inviteRenew, { id: await openInvite({ role: 'admin' }) }),
  },
  "withdraws a link for a colleague's browser": {
    from: 'admin',
    ask: async (who) => who.post(PATHS.inviteWithdraw, { id: await browserInvite() }),
  },
  'changes a colleague': {
    from: 'admin',
    ask: async (who) => who.post(PATHS.memberChange, { id: (await colleague()).id, role: 'lead' }),
  },
  'makes themselves an admin': {
    from: 'admin',
    ask: (who) => who.post(PATHS.memberChange, { id: who.id, role: 'admin' }),
  },
  'removes a colleague': {
    from: 'admin',
    ask: async (who) => who.post(PATHS.memberRemove, { id: (await colleague()).id }),
  },
  "ends a colleague's browser": {
    from: 'admin',
    code: 'gone',
    ask: async (who) => who.post(PATHS.browserEnd, { id: (await colleague()).browserId }),
  },
  'pairs another browser': { from: 'viewer', ask: (who) => who.post(PATHS.browserPair) },
  'ends their own browser': {
    from: 'viewer',
    ask: (who) => who.post(PATHS.browserEnd, { id: who.browserId }),
  },
  'leaves the team': { from: 'viewer', ask: (who) => who.post(PATHS.memberLeave) },
};

async function openInvite(more: object = {}): Promise<string> {
  const admin = await people.person('admin');
  return (await admin.link(PATHS.invite, invite(more))).id;
}
const browserInvite = async () => (await (await colleague()).link(PATHS.browserPair)).id;

const ROLES = ['viewer', 'member', 'lead', 'admin'] as const;
const cases = Object.entries(RULES).flatMap(([what, rule]) =>
  ROLES.map((role) => [role, what, rule] as const),
);

test.each(cases)('%s %s', async (role, _what, { ask, from, code = 'role' }) => {
  const who = await people.person(role);
  const allowed = ROLES.indexOf(role) >= ROLES.indexOf(from);
  const answer = await ask(who);
  expect([answer.status, answer.code]).toEqual(
    allowed ? [200, undefined] : [code === 'gone' ? 404 : 403, code],
  );
});

test("nobody, an admin neither, gets a link to a colleague's browser", async () => {
  const admin = await people.person('admin');
  const answer = await admin.post(PATHS.inviteRenew, { id: await browserInvite() });
  expect([answer.status, answer.code]).toEqual([403, 'role']);
});

test('each sees what they may act on', async () => {
  const [viewer, lead, admin] = [
    await people.person('viewer'),
    await people.person('lead', { team: 'marketing' }),
    await people.person('admin'),
  ];
  const sales = (await admin.link(PATHS.invite, invite({}))).id;
  const marketing = (await admin.link(PATHS.invite, invite({ team: 'marketing' }))).id;
  const boss = (await admin.link(PATHS.invite, invite({ team: 'marketing', role: 'admin' }))).id;
  const own = (await viewer.link(PATHS.browserPair)).id;
  const seenBy = async (who: Person) => (await who.team()).invites.map(({ id }) => id);
  expect(await seenBy(viewer)).toEqual([own]);
  expect(await seenBy(lead)).toContain(marketing);
  for (const id of [sales, boss, own]) expect(await seenBy(lead)).not.toContain(id);
  expect(await seenBy(admin)).toEqual(expect.arrayContaining([sales, marketing, boss, own]));
  const theirs = await viewer.team();
  expect(theirs.browsers.map(({ id }) => id)).toEqual([viewer.browserId]);
  expect(theirs).toMatchObject({ me: viewer.id, browserId: viewer.browserId });
  expect((await admin.team()).browsers.length).toBeGreaterThan(2);
  expect(JSON.stringify(await admin.team())).not.toMatch(/truce_|token/);
});

test('another team is out of reach', async () => {
  const others = await createPeople(database.db);
  const theirs = await others.person('member');
  await others.person('admin');
  const link = (await (await others.person('admin')).link(PATHS.invite, invite({}))).id;
  const admin = await people.person('admin');
  for (const [path, body] of [
    [PATHS.memberChange, { id: theirs.id, role: 'viewer' }],
    [PATHS.memberRemove, { id: theirs.id }],
    [PATHS.browserEnd, { id: theirs.browserId }],
    [PATHS.inviteWithdraw, { id: link }],
    [PATHS.inviteRenew, { id: link }],
  ] as const) {
    expect([path, (await admin.post(path, body)).code]).toEqual([path, 'gone']);
  }
  expect((await theirs.team()).members.map(({ id }) => id)).not.toContain(admin.id);
});
