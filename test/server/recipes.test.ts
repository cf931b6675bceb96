import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { createApp } from '../../server/app.ts';
import { openRecipes } from '../../server/recipes.ts';
import { SHIPPED_RECIPES } from '../../server/routes/shipped-recipes.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { prune } from '../../server/store/privacy/prune.ts';
import { createMember } from '../../server/store/workspace.ts';
import { RECIPES_MAX } from '../../utils/contract/recipes.ts';
import { TeamAnswer } from '../../utils/contract/team.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, openTestAccounts, type Team, wideWalls } from './team.ts';

/** Recipes that an operator puts into a folder, and what browsers say of those that no longer fit. */
let database: TestDatabase;
let folder: string;
let lines: { file?: string; reason?: string; path?: string }[];
let time = 0;
let team: Team;
let admin: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-recipes-'));
  lines = [];
  team = await createTeam(database.db);
  const id = uuid();
  await inWorkspace(database.db, team.workspaceId, (trx) =>
    createMember(trx, team.workspaceId, { id, name: 'Ada', team: 'both', role: 'admin' }),
  );
  admin = await pairDirectly(database.db, await openTestAccounts(database.db), team.workspaceId, id);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As extensions have it. */
const SHIPPED = SHIPPED_RECIPES.gmail?.at(-1) ?? 0;
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const gmail = {
  id: 'gmail',
  version: 2026_12_01_00,
  label: 'Gmail',
  kind: 'mail',
  hosts: ['mail.google.com'],
};
const put = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

/** A server over the folder; each request finds it as it is then. */
async function serve() {
  const accounts = await openTestAccounts(database.db);
  const recipes = openRecipes(folder, log, () => {
    time += 60_000;
    return time;
  });
  const app = createApp({ db: database.db, accounts, log, recipes, clock: () => new Date() }, wideWalls());
  const ask = (path: string, token = team.token, headers = {}, body?: unknown) =>
    app.request(path, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  return {
    ask,
    list: async () => {
      const { recipes: all } = v.parse(
        v.object({ recipes: v.array(v.looseObject({ id: v.string(), version: v.number() })) }),
        await (await ask('/v1/recipes')).json(),
      );
      return all.map(({ id, version }) => `${id} ${version}`);
    },
    stale: (id: string, version: number, token?: string) =>
      ask('/v1/recipes/stale', token, {}, { id, version }),
    team: async (token: string) => v.parse(TeamAnswer, await (await ask('/v1/team', token)).json()),
  };
}

test('what lies in the folder is served, and what is put there later, without a restart', async () => {
  const server = await serve();
  expect(await server.list()).toEqual([]);
  await put('gmail.json', gmail);
  await put('notes.txt', 'no recipe');
  expect(await server.list()).toEqual(['gmail 2026120100']);
  await put('gmail.json', `\uFEFF${JSON.stringify({ ...gmail, version: 2026_12_01_01 })}`);
  expect(await server.list()).toEqual(['gmail 2026120101']);
  await rm(join(folder, 'gmail.json'));
  expect(await server.list()).toEqual([]);
  await rm(folder, { recursive: true });
  expect(await server.list()).toEqual([]);
  expect(lines.filter(({ file }) => file)).toEqual([]);
});

test('a bad file is named with its reason, once, and left out; the rest is served', async () => {
  await put('gmail.json', gmail);
  await put('broken.json', '{"id": "broken",');
  await put('other.json', { ...gmail, id: 'gmail' });
  await put('typed.json', {
    ...gmail,
    id: 'typed',
    sender: [{ selector: '.a', adress: 'title', seen: '2026-11' }],
  });
  await put('when.json', { ...gmail, id: 'when', message: [{ selector: '.a', seen: 'November' }] });
  await put('nowhere.json', { ...gmail, id: 'nowhere', hosts: [] });
  await put('huge.json', { ...gmail, id: 'huge', label: 'x'.repeat(70_000) });
  await mkdir(join(folder, 'folder.json'));
  const server = await serve();
  expect(await server.list()).toEqual(['gmail 2026120100']);
  await server.list();
  const told = Object.fromEntries(lines.flatMap(({ file, reason }) => (file ? [[file, reason]] : [])));
  expect(told).toEqual({
    'broken.json': expect.stringContaining('not JSON'),
    'huge.json': 'it is larger than 64 kB',
    'nowhere.json': expect.stringContaining('marks: without hosts'),
    'other.json': 'id: the file of this recipe has to be called gmail.json',
    'typed.json': 'sender.0.adress: there is no such field',
    'when.json': expect.stringMatching(/^message\.0\.seen: /),
  });
  expect(lines.filter(({ file }) => file)).toHaveLength(6);
});

test('no more are served than a browser takes', async () => {
  for (let n = 0; n < RECIPES_MAX + 3; n += 1) await put(`a${n}.json`, { ...gmail, id: `a${n}` });
  expect(await (await serve()).list()).toHaveLength(RECIPES_MAX);
  expect(lines.filter(({ file }) => file)).toHaveLength(3);
});

test('asked with the tag of what it has, a browser gets 304 and nothing with it', async () => {
  await put('gmail.json', gmail);
  const server = await serve();
  const first = await server.ask('/v1/recipes');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  for (const held of [etag, `W/${etag}`, `"x", ${etag}`]) {
    const again = await server.ask('/v1/recipes', team.token, { 'if-none-match': held });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  }
  await put('gmail.json', { ...gmail, version: 2026_12_01_01 });
  const now = await server.ask('/v1/recipes', team.token, { 'if-none-match': etag });
  expect([now.status, now.headers.get('etag') === etag]).toEqual([200, false]);
  expect((await server.ask('/v1/recipes', 'nobody')).status).toBe(401);
});

test('the admin sees which version no longer fits, since when and how often; others see nothing of it', async () => {
  const server = await serve();
  expect((await server.team(admin)).staleRecipes).toEqual([]);
  for (let n = 0; n < 2; n += 1) expect((await server.stale('gmail', SHIPPED)).status).toBe(200);
  const { staleRecipes } = await server.team(admin);
  expect(staleRecipes).toEqual([
    { id: 'gmail', version: SHIPPED, reports: 2, since: expect.any(String), last: expect.any(String) },
  ]);
  expect(await server.team(team.token)).not.toHaveProperty('staleRecipes');
  const rows = await database.asOwner('select * from recipe_stale where workspace_id = $1', [
    team.workspaceId,
  ]);
  expect(rows.map((row) => Object.keys(row).sort())).toEqual([
    ['first_at', 'last_at', 'recipe', 'reports', 'version', 'workspace_id'],
  ]);
  const other = await createTeam(database.db);
  const seen = await inWorkspace(database.db, other.workspaceId, (trx) =>
    trx.selectFrom('recipe_stale').selectAll().execute(),
  );
  expect(seen).toEqual([]);
});

test('it is over when a newer one is served, and while it is', async () => {
  const server = await serve();
  await server.stale('gmail', SHIPPED);
  await put('gmail.json', gmail);
  expect((await server.team(admin)).staleRecipes).toEqual([]);
  // Of a browser that had not heard of it yet.
  await server.stale('gmail', SHIPPED);
  expect((await server.team(admin)).staleRecipes).toEqual([]);
  await server.stale('gmail', gmail.version);
  await server.stale('gmail', SHIPPED);
  expect((await server.team(admin)).staleRecipes).toMatchObject([{ version: gmail.version, reports: 1 }]);
  await rm(join(folder, 'gmail.json'));
  const { staleRecipes = [] } = await server.team(admin);
  expect(staleRecipes.map(({ version, reports }) => [version, reports])).toEqual([
    [SHIPPED, 3],
    [gmail.version, 1],
  ]);
});

test('a newer one that browsers do not take mends nothing', async () => {
  const server = await serve();
  await put('gmail.json', { ...gmail, hosts: ['bank.example'] });
  await server.stale('gmail', SHIPPED);
  await database.asOwner('update recipe_stale set last_at = $2 where workspace_id = $1', [
    team.workspaceId,
    new Date(Date.now() + 61_000),
  ]);
  expect((await server.team(admin)).staleRecipes).toMatchObject([{ version: SHIPPED }]);
});

test('nothing but a recipe and its version is taken', async () => {
  const server = await serve();
  const odd = [{ id: 'gmail' }, { id: 'No Recipe', version: SHIPPED }, { id: 'gmail', version: 1 }, []];
  for (const body of odd)
    expect((await server.ask('/v1/recipes/stale', team.token, {}, body)).status).toBe(400);
  const more = { id: 'gmail', version: SHIPPED, url: 'https://mail.google.com/mail/u/0/#inbox/secret' };
  await server.ask('/v1/recipes/stale', team.token, {}, more);
  const text = JSON.stringify(
    await database.asOwner('select * from recipe_stale where workspace_id = $1', [team.workspaceId]),
  );
  expect(text).not.toContain('secret');
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('nobody can hide what is true behind what is not: only what browsers can have is taken', async () => {
  const server = await serve();
  await put('gmail.json', gmail);
  const made: [string, number][] = [
    ...[...Array(210).keys()].map((n): [string, number] => [`a${n}`, SHIPPED]),
    ['gmail', 2999_12_31_99],
    ['gmail', SHIPPED - 1],
    ['gmail', gmail.version + 1],
    ['outlook', gmail.version],
    ['constructor', SHIPPED],
  ];
  for (const [id, version] of made) {
    const { status } = await server.stale(id, version);
    expect([id, version, status]).toEqual([id, version, 404]);
  }
  expect((await server.team(admin)).staleRecipes).toEqual([]);
  await rm(join(folder, 'gmail.json'));
  expect((await server.stale('gmail', SHIPPED)).status).toBe(200);
  expect((await server.stale('gmail', gmail.version)).status, 'no longer served').toBe(404);
  expect((await server.team(admin)).staleRecipes).toMatchObject([{ id: 'gmail', version: SHIPPED }]);
});

test('what nobody has said for as long as the feed is kept goes', async () => {
  const server = await serve();
  await server.stale('gmail', SHIPPED);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  expect(await prune(database.db, team.workspaceId, inDays(80))).toMatchObject({ recipes: 0 });
  expect(await prune(database.db, team.workspaceId, inDays(100))).toMatchObject({ recipes: 1 });
  expect((await server.team(admin)).staleRecipes).toEqual([]);
});
