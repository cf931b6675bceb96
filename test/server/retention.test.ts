import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runRetention } from '../../server/jobs/retention.ts';
import { prune } from '../../server/store/privacy/prune.ts';
import { pruneRealm } from '../../server/store/privacy/prune-realm.ts';
import { REALM } from '../../server/store/realm.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { Retention } from '../../utils/contract/privacy.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
});

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);
const DEFAULTS: Retention = { historyMonths: null, idleMonths: null, auditMonths: 24, feedDays: 90 };

async function set(settings: Partial<Retention>): Promise<void> {
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
  const answer = await team.request('/v1/retention', { body: { ...DEFAULTS, ...settings } });
  expect(answer.status).toBe(200);
}

const run = () => prune(database.db, team.workspaceId, new Date());
const changes = async (since: number) =>
  v.parse(ChangesAnswer, await (await team.request(`/v1/changes?since=${since}`)).json());
const cardOf = async (id: string) =>
  v.parse(CardsAnswer, await (await team.request('/v1/cards', { body: { ids: [id] } })).json()).cards[0];
const count = async (table: string) =>
  (
    await database.asOwner<{ n: string }>(`select count(*) as n from ${table} where workspace_id = $1`, [
      team.workspaceId,
    ])
  ).map(({ n }) => Number(n))[0];

async function touch(contactId: string, days: number): Promise<void> {
  const payload = {
    touchId: uuid(),
    contactId,
    kind: 'call',
    direction: 'out',
    at: ago(days).toISOString(),
  } as const;
  expect(await team.command({ kind: 'touch.log', payload })).toMatchObject({ status: 'applied' });
}

test('settings are read by everybody, and set by an admin only', async () => {
  const read = async () => v.parse(Retention, await (await team.request('/v1/retention')).json());
  expect(await read()).toEqual(DEFAULTS);
  const wanted = { historyMonths: 12, idleMonths: 36, auditMonths: 6, feedDays: 30 };
  expect((await team.request('/v1/retention', { body: wanted })).status).toBe(403);
  await set(wanted);
  expect(await read()).toEqual(wanted);
  expect((await team.request('/v1/retention', { body: { ...wanted, feedDays: 1 } })).status).toBe(400);
  const trail = await database.asOwner(
    `select detail from audit where workspace_id = $1 and action = 'workspace.changed'`,
    [team.workspaceId],
  );
  expect(trail).toEqual([{ detail: wanted }]);
});

test('nothing goes by itself but what is only bookkeeping', async () => {
  const id = await team.add('Ann Lee');
  await touch(id, 4000);
  await database.asOwner(`update contact set created_at = $2 where workspace_id = $1`, [
    team.workspaceId,
    ago(4000),
  ]);
  expect(await run()).toEqual({
    contacts: 0,
    touches: 0,
    memberships: 0,
    moves: 0,
    audit: 0,
    changes: 0,
    tags: 0,
    commands: 0,
    recipes: 0,
  });
});

test('old history goes from tables and cards; what is planned and an unsubscription stay', async () => {
  const id = await team.add('Ann Lee');
  await set({ historyMonths: 12 });
  for (const days of [10, 300, 400, 800]) await touch(id, days);
  const campaigns = ['sent', 'planned', 'unsubscribed', 'opened'].map((state) => ({ state, id: uuid() }));
  for (const { state, id: campaign } of campaigns) {
    await database.asOwner(
      `insert into campaign (workspace_id, id, name, channel) values ($1, $2, 'C', 'email')`,
      [team.workspaceId, campaign],
    );
    await database.asOwner(
      `insert into campaign_member (workspace_id, contact_id, campaign_id, state, at) values ($1, $2, $3, $4, $5)`,
      [team.workspaceId, id, campaign, state, ago(state === 'opened' ? 30 : 500)],
    );
  }
  const { version } = await changes(0);
  expect(await run()).toMatchObject({ touches: 2, memberships: 1 });
  const row = await cardOf(id);
  expect(row?.card.touchCount).toBe(2);
  expect(row?.card.memberships.map(({ state }) => state).sort()).toEqual([
    'opened',
    'planned',
    'unsubscribed',
  ]);
  expect((await changes(version)).changes).toMatchObject([{ kind: 'card', id }]);
  expect(await run()).toMatchObject({ touches: 0, memberships: 0 });
});

test('contacts that nobody did anything about go; who must not be contacted stays', async () => {
  const people = {
    idle: await team.add('Idle I', { email: 'idle@acme.example' }),
    noted: await team.add('Noted N'),
    barred: await team.add('Barred B'),
    tasked: await team.add('Tasked T'),
    touched: await team.add('Touched T'),
  };
  await set({ idleMonths: 12 });
  await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId: people.noted, text: 'x' } });
  await team.command({
    kind: 'task.add',
    payload: { taskId: uuid(), contactId: people.tasked, text: 'x', dueOn: '2020-01-01' },
  });
  await touch(people.touched, 100);
  await touch(people.idle, 500);
  await database.asOwner(
    `update contact set created_at = $2, do_not_contact = (id = $3), provenance = jsonb_build_object('name', jsonb_build_object('source', 'csv', 'at', $4::text)) where workspace_id = $1`,
    [team.workspaceId, ago(900), people.barred, ago(800).toISOString()],
  );
  expect(await run()).toMatchObject({ contacts: 1 });
  const left = await database.asOwner<{ id: string }>('select id from contact where workspace_id = $1', [
    team.workspaceId,
  ]);
  expect(left.map(({ id }) => id).sort()).toEqual(
    [people.noted, people.barred, people.tasked, people.touched].sort(),
  );
  // Nobody asked for it, so a source that still has them may bring them again.
  const again = { contactId: uuid(), name: 'Idle I', email: 'idle@acme.example' };
  expect(await team.command({ kind: 'contact.add', payload: again })).toMatchObject({ status: 'applied' });
});

test('the feed is cut at its old end, and whoever was away longer starts over', async () => {
  for (const name of ['Ada A', 'Ben B', 'Cleo C']) await team.add(name);
  const { version: old } = await changes(0);
  await database.asOwner('update change set at = $2 where workspace_id = $1', [team.workspaceId, ago(100)]);
  await team.add('Dan D');
  const { version } = await changes(old);
  await database.asOwner(
    `insert into change (workspace_id, version, kind, id, at) select $1, 0, 'card', gen_random_uuid(), $2 from generate_series(1, 1200)`,
    [team.workspaceId, ago(200)],
  );
  expect((await run()).changes).toBeGreaterThan(1200);
  expect(await changes(old - 1)).toMatchObject({ reset: true });
  expect((await changes(old)).changes.length).toBeGreaterThan(0);
  expect(await changes(old)).toMatchObject({ version });
});

test('results of commands are kept as long as a browser may give them again', async () => {
  const id = await team.add('Ann Lee');
  await database.asOwner('update workspace set lock_days = 200 where workspace_id = $1', [team.workspaceId]);
  await database.asOwner('update command set created_at = $2 where workspace_id = $1', [
    team.workspaceId,
    ago(150),
  ]);
  expect(await run()).toMatchObject({ commands: 0 });
  await database.asOwner('update command set created_at = $2 where workspace_id = $1', [
    team.workspaceId,
    ago(201),
  ]);
  expect(await run()).toMatchObject({ commands: 1 });
  expect((await cardOf(id))?.id).toBe(id);
});

test('the audit trail is kept for two years', async () => {
  await set({});
  await set({});
  const [first] = await database.asOwner<{ id: string }>(
    'select id from audit where workspace_id = $1 order by id',
    [team.workspaceId],
  );
  await database.asOwner('update audit set at = $2 where id = $1', [first?.id, ago(735)]);
  const before = (await count('audit')) ?? 0;
  expect(await run()).toMatchObject({ audit: 1 });
  expect(await count('audit')).toBe(before - 1);
});

test("the server's own trail ends too, and strangers cannot fill it or push out what others did", async () => {
  const add = (action: string, days: number, count: number) =>
    database.asOwner(
      `insert into audit (workspace_id, id, at, action)
        select $1, id, $2, $3 from unnest($4::uuid[]) id`,
      [REALM, ago(days), action, Array.from({ length: count }, () => uuid())],
    );
  const left = async () =>
    (
      await database.asOwner<{ line: string }>(
        `select action || ' ' || count(*) as line from audit where workspace_id = $1 group by action order by 1`,
        [REALM],
      )
    ).map(({ line }) => line);
  await database.asOwner('delete from audit where workspace_id = $1', [REALM]);
  await add('secret.rotated', 735, 1);
  await add('secret.rotated', 700, 2);
  await add('sign-in.refused', 735, 1100);
  await add('sign-in.refused', 1, 1200);
  const [last] = await database.asOwner<{ id: string }>('select max(id::text) as id from audit');
  expect(await pruneRealm(database.db, new Date(), { refusals: 30 })).toBe(1101 + 1170);
  expect(await left()).toEqual(['secret.rotated 2', 'sign-in.refused 30']);
  expect((await database.asOwner('select from audit where id::text = $1', [last?.id])).length).toBe(1);
  await add('sign-in.refused', 735, 1);
  const job = { db: database.db, databaseUrl: database.url, clock: () => new Date(), onPruned: () => {} };
  await runRetention(job);
  expect(await left()).toEqual(['secret.rotated 2', 'sign-in.refused 30']);
});

test('of several servers that start together one goes through a workspace, once', async () => {
  await team.add('Ann Lee');
  await database.asOwner('update command set created_at = $1', [ago(500)]);
  const told: string[] = [];
  const job = {
    db: database.db,
    databaseUrl: database.url,
    clock: () => new Date(),
    onPruned: (workspaceId: string) => told.push(workspaceId),
  };
  await Promise.all(Array.from({ length: 4 }, () => runRetention(job)));
  await runRetention(job);
  expect(told.filter((id) => id === team.workspaceId)).toEqual([team.workspaceId]);
});
