import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endBrowser } from '../../server/store/browser.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { redeemInvite } from '../../server/store/join.ts';
import { hashToken } from '../../server/store/token.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import type { NewLink } from '../../utils/contract/team.ts';
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

/** Somebody opens a link and says who they are. */
const redeem = ({ link }: NewLink, email = `${uuid()}@acme.example`) =>
  inWorkspace(database.db, people.workspaceId, (trx) =>
    redeemInvite(trx, people.workspaceId, hashToken(link.split('#')[1] ?? ''), {
      grantId: uuid(),
      browserName: 'Test browser',
      now: new Date(),
      name: 'Zed',
      email,
    }),
  );
const open = async () => (await admin.team()).invites.map(({ id }) => id);
const withdrawals = async () =>
  (await people.audit(admin)).filter(({ action }) => action === 'invite.withdrawn');

test('with their role somebody loses the links that reach beyond it, and keeps the others', async () => {
  const bob = await people.person('admin');
  const boss = await bob.link(PATHS.invite, { team: 'both', role: 'admin' });
  const foreign = await bob.link(PATHS.invite, { team: 'marketing', role: 'member' });
  const fine = await bob.link(PATHS.invite, { team: 'sales', role: 'member' });
  const own = await bob.link(PATHS.browserPair);
  const ours = await admin.link(PATHS.invite, { team: 'both', role: 'admin' });
  await admin.post(PATHS.memberChange, { id: bob.id, role: 'lead' });
  expect((await open()).sort()).toEqual([fine.id, own.id, ours.id].sort());
  expect(await redeem(boss)).toBe('withdrawn');
  expect(await redeem(foreign)).toBe('withdrawn');
  await admin.post(PATHS.memberChange, { id: bob.id, team: 'marketing' });
  expect((await open()).sort()).toEqual([own.id, ours.id].sort());
  expect(await withdrawals()).toHaveLength(3);
  expect(await redeem(own)).toMatchObject({ memberId: bob.id });
});

test('a link reaches no further than its maker when it is used', async () => {
  const bob = await people.person('admin');
  const link = await bob.link(PATHS.invite, { team: 'sales', role: 'admin' });
  await database.asOwner(`update member set role = 'viewer' where id = $1`, [bob.id]);
  expect(await redeem(link)).toBe('withdrawn');
  await database.asOwner(`update member set role = 'admin' where id = $1`, [bob.id]);
  expect(await redeem(link)).toMatchObject({ memberId: expect.any(String) });
});

test.each(['admin', 'reuse', 'owner'] as const)('what a browser made ends with it: %s', async (reason) => {
  const bob = await people.person('admin');
  const spare = await bob.link(PATHS.browserPair);
  const invitation = await bob.link(PATHS.invite, { team: 'sales', role: 'admin' });
  const ours = await admin.link(PATHS.invite, { team: 'sales', role: 'member' });
  await inWorkspace(database.db, people.workspaceId, (trx) =>
    endBrowser(trx, people.workspaceId, bob.browserId, { reason, by: admin.id }),
  );
  expect(await redeem(spare)).toBe('withdrawn');
  expect(await redeem(invitation)).toBe('withdrawn');
  expect(await open()).toEqual([ours.id]);
  expect(await withdrawals()).toHaveLength(2);
});

test('whoever signs out leaves their invitations standing, and no link to a browser', async () => {
  const bob = await people.person('admin');
  const spare = await bob.link(PATHS.browserPair);
  const invitation = await bob.link(PATHS.invite, { team: 'sales', role: 'member' });
  expect((await bob.post(PATHS.signOut)).status).toBe(200);
  expect(await redeem(spare)).toBe('withdrawn');
  expect(await redeem(invitation)).toMatchObject({ memberId: expect.any(String) });
});

test('a browser that was ended makes no more links while another server still lets it in', async () => {
  const bob = await people.person('admin');
  const there = people.elsewhere(
    bob,
    anotherServer(database.db, () => 0),
  );
  expect((await there.get(PATHS.team)).status).toBe(200);
  await admin.post(PATHS.browserEnd, { id: bob.browserId });
  expect((await there.get(PATHS.team)).status).toBe(200);
  expect((await there.post(PATHS.browserPair)).code).toBe('role');
});
