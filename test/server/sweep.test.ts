import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { REALM } from '../../server/store/realm.ts';
import { Command, type CommandKind, CommandsAnswer } from '../../utils/contract/command.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { COMMANDS, command, type Own } from './sweep-commands.ts';
import { idFields, swapped } from './sweep-ids.ts';
import { type Ask, AUDITED, freshIds, MIDDLEWARE, PAGES, RULES, type Rule } from './sweep-rules.ts';
import { badTokens } from './sweep-tokens.ts';
import type { Things } from './sweep-world.ts';
import { type Actor, makeActor, makeThings, makeWorld, ROLES, type Role } from './sweep-world.ts';
import { openTestAccounts, wideWalls } from './team.ts';

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const MARK = /zanzibar/i;

let database: TestDatabase;
let world: Awaited<ReturnType<typeof makeWorld>>;
let app: ReturnType<typeof createApp>;
let others: Set<string>;
let refused: Map<string, string | undefined>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld(database.db, database.url);
  const accounts = await openTestAccounts(database.db);
  const log = pino({ level: 'silent' });
  app = createApp({ db: database.db, accounts, log, clock: () => new Date() }, wideWalls());
  refused = await badTokens(database, world, accounts);
  const rows = await world.watch.dump([world.theirs, REALM]);
  others = new Set(rows.flatMap((row) => row.match(UUIDS) ?? []));
  others.delete(REALM);
});
afterAll(async () => {
  await world.watch.end();
  await database.drop();
});

/** Our own things, and pairs of what stands in a request and what of theirs is put in its place. */
async function ownThings(
  actor: Actor,
): Promise<{ own: Own; existing: [string, string][]; made: [string, string][] }> {
  const things = await makeThings(database.db, world.ours, 'ours', actor.memberId);
  const made: [string, string][] = [];
  const own = { ...things, me: actor.memberId, fresh: freshIds(world.things, made) };
  const existing = Object.entries(things).map(([key, value]): [string, string] => [
    value,
    world.things[key as keyof Things],
  ]);
  return { own, existing, made };
}

async function call(route: string, ask: Ask, token: string | undefined) {
  const [method = '', path = ''] = route.split(' ');
  const query = ask.query ? `?${new URLSearchParams(ask.query)}` : '';
  const answer = await app.request(`${path}${query}`, {
    method,
    headers: { ...ask.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(method === 'POST' && { body: JSON.stringify(ask.body ?? {}) }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { things } = world;
  const tag = Buffer.alloc(6);
  tag.writeUIntBE(Number(things.tag), 0, 6);
  const said = JSON.stringify(ask);
  const text = bytes.toString('latin1');
  const leaked = [
    ...(MARK.test(text.replaceAll(things.email, '')) ? ['a word of theirs'] : []),
    ...(bytes.includes(tag) ? ['a tag of theirs'] : []),
    ...(text.match(UUIDS) ?? []).filter((id) => others.has(id) && !said.includes(id)),
  ];
  return { status: answer.status, text, leaked };
}

/** Calls, and says what went wrong: an answer that holds something of theirs, or a change of theirs. */
async function tried(route: string, ask: Ask, token: string | undefined) {
  const answer = await call(route, ask, token);
  expect(answer.leaked, `${route} ${JSON.stringify(ask)}`).toEqual([]);
  expect(await world.watch.hash([world.theirs, REALM]), `${route} changed theirs`).toBe(theirHash);
  return answer;
}
let theirHash = '';

const mayPass = (rule: Rule, role: Role) => rule.roles === 'anyone' || rule.roles.includes(role);

async function sweep(
  route: string,
  rule: Rule,
  judge?: (text: string, isForeign: boolean) => void,
): Promise<void> {
  theirHash = await world.watch.hash([world.theirs, REALM]);
  const shared = world.actors.get('admin');
  if (!shared) throw new Error('no admin');
  for (const role of ROLES) {
    const actor = rule.spare
      ? await makeActor(database.db, world.ours, role)
      : (world.actors.get(role) ?? shared);
    const { own, existing, made } = await ownThings(actor);
    const ask = rule.ask?.(own) ?? {};
    const text = JSON.stringify(ask);
    const places = [...existing, ...made].filter(([mine]) => text.includes(mine));
    const isOld = (pair: [string, string]) => existing.includes(pair);
    if (rule.ask && rule.foreign !== undefined)
      expect(places.length, `${route} names nothing`).toBeGreaterThan(0);
    const before = await world.watch.hash([world.ours]);
    for (const pairs of [places, ...(places.length > 1 ? places.map((pair) => [pair]) : [])]) {
      if (pairs.length === 0) continue;
      const foreign = await tried(route, swapped(ask, pairs), actor.token);
      const where = `${route} as ${role} with theirs for ${pairs.map(([mine]) => mine)}`;
      if (!mayPass(rule, role)) {
        expect([403, 404], where).toContain(foreign.status);
        continue;
      }
      const wanted =
        typeof rule.foreign === 'object' ? rule.foreign : { status: rule.foreign, body: undefined };
      expect(foreign.status, where).toBe(wanted.status);
      if (wanted.body !== undefined) expect(JSON.parse(foreign.text), where).toEqual(wanted.body);
      judge?.(foreign.text, pairs.some(isOld));
    }
    const answer = await tried(route, ask, actor.token);
    expect([route, role, answer.status]).toEqual([route, role, mayPass(rule, role) ? 200 : 403]);
    if (!mayPass(rule, role))
      expect(await world.watch.hash([world.ours]), `${route} as ${role}`).toBe(before);
    else judge?.(answer.text, false);
  }
  if (rule.roles === 'anyone') return;
  const { own, existing, made } = await ownThings(shared);
  const ask = rule.ask?.(own) ?? {};
  const before = await world.watch.hash([world.ours]);
  for (const [who, token] of refused) {
    for (const each of [ask, swapped(ask, [...existing, ...made])]) {
      expect([route, who, (await tried(route, each, token)).status]).toEqual([route, who, 401]);
    }
  }
  expect(await world.watch.hash([world.ours]), `${route} without a token`).toBe(before);
}

test('every route has a rule, and every rule a route', () => {
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(routes)].sort()).toEqual([...Object.keys(RULES), ...PAGES].sort());
  const rest = app.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path);
  expect(rest.filter((path) => !MIDDLEWARE.includes(path))).toEqual([]);
});

test('the other tenant and the realm have rows in every table, and hashing them sees a change', async () => {
  const { watch, theirs, things } = world;
  const tables = await database.asOwner<{ n: number }>(
    `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely_%'`,
  );
  for (const id of [theirs, REALM]) {
    const held = new Set((await watch.dump([id])).map((row) => row.split(' ')[0]));
    expect(held.size).toBe(tables[0]?.n);
  }
  const before = await watch.hash([theirs, REALM]);
  await database.asOwner('update task set done_at = now() where id = $1', [things.task]);
  expect(await watch.hash([theirs, REALM])).not.toBe(before);
});

describe('no way across by', () => {
  test.for(Object.keys(RULES))('%s', async (route) => {
    const rule = RULES[route];
    if (rule) await sweep(route, rule);
  });

  test.for(Object.keys(COMMANDS) as CommandKind[])('the command %s', async (kind) => {
    const rule: Rule = {
      roles: RULES['POST /v1/commands']?.roles ?? [],
      ask: (own) => ({ body: { commands: [command(kind, own)] } }),
      foreign: 200,
    };
    await sweep('POST /v1/commands', rule, (text, isForeign) => {
      const [result] = v.parse(CommandsAnswer, JSON.parse(text)).results;
      // What is new may have any id; what is not must be there, and is not. Under a command's id that a viewer had
      // used before, the first answer comes again.
      if (isForeign) {
        // A stage that is not there contradicts an agreement.
        const reason = expect.stringMatching(/^(?:gone|role|contradicts)$/);
        expect(result).toMatchObject({ status: 'refused', reason });
      }
      if (result?.status === 'refused') expect(result.contactIds).toBeUndefined();
    });
  });
});

test('what was done along the way has left its line in the audit trail, with who did it', async () => {
  const rows = await database.asOwner<{ action: string; nobody: boolean }>(
    `select action, bool_or(member_id is null) as nobody from audit where workspace_id = $1 group by 1`,
    [world.ours],
  );
  for (const action of AUDITED) expect(rows).toContainEqual({ action, nobody: false });
});

test('every kind of command is walked, with every id that it can name', async () => {
  const kinds = Command.options.map(({ entries }) => [entries.kind.literal, idFields(entries)] as const);
  expect(kinds.map(([kind]) => kind).sort()).toEqual(Object.keys(COMMANDS).sort());
  const admin = world.actors.get('admin');
  const { own } = await ownThings(admin ?? { memberId: '', browserId: '', token: '' });
  for (const [kind, fields] of kinds) {
    expect(fields.length).toBeGreaterThan(1);
    const text = JSON.stringify(command(kind as CommandKind, own));
    expect(
      fields.filter((field) => !text.includes(`"${field}":`)),
      kind,
    ).toEqual([]);
  }
});

test('the sweep sees a way across where there is one', async () => {
  const { theirs, things, watch } = world;
  theirHash = await watch.hash([theirs, REALM]);
  const accounts = await openTestAccounts(database.db);
  const member = { id: things.member, team: 'sales', role: 'admin' } as const;
  // A door that takes everybody for the other tenant's admin.
  const open = {
    ...accounts,
    tokens: {
      ...accounts.tokens,
      verify: async () => ({ workspaceId: theirs, memberId: member.id, browserId: things.browser }),
    },
    memberships: { ...accounts.memberships, standing: async () => ({ member, origin: null }) },
  };
  const log = pino({ level: 'silent' });
  const whole = app;
  app = createApp({ db: database.db, accounts: open, log, clock: () => new Date() }, wideWalls());
  try {
    for (const path of ['shared', 'team', 'tags', 'session'])
      await expect(tried(`GET /v1/${path}`, {}, 'x'), path).rejects.toThrow('to deeply equal []');
    const own = { ...things, me: '', fresh: freshIds(things, []) };
    const ask = { body: { commands: [command('note.pin', own)] } };
    await expect(tried('POST /v1/commands', ask, 'x')).rejects.toThrow('changed theirs');
  } finally {
    app = whole;
  }
});
