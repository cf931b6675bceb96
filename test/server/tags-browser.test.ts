import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runRetag } from '../../server/jobs/retag.ts';
import { TagKeyAnswer } from '../../utils/contract/tags.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { round } from '../../utils/sync/round.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { addPeople } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

/** The browser's set of tags against the real server. */
let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
  await addPeople(database.db, team.workspaceId, 100);
});

const DAY = 24 * 3_600_000;
const person = (n: number) => `email:p${n}@many.example`;
const ASKED = [
  ...Array.from({ length: 100 }, (_, n) => person(n + 1)),
  'email:ann@acme.example',
  'domain:acme.example',
];

function browser() {
  const asked: string[] = [];
  const replica = new Replica(async () => memoryDisk());
  let clock = Date.now();
  const api = createApi(
    'http://server.test',
    async () => team.token,
    async (input, init) => {
      const { pathname, search } = new URL(String(input));
      asked.push(pathname + search.replace(/since=\d+/, 'since'));
      return team.request(pathname + search, { headers: Object.fromEntries(new Headers(init?.headers)) });
    },
  );
  return {
    replica,
    asked,
    known: async () => (await replica.known(ASKED)).size,
    meet() {
      clock += 10_000;
      return round({ replica, api, now: () => clock, changed: () => undefined });
    },
  };
}

test('the whole set at first, and then only what has changed; a company is known by its domain', async () => {
  const one = browser();
  await one.meet();
  expect(await one.known()).toBe(100);
  await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  await one.meet();
  expect(await one.replica.known(ASKED.slice(100))).toEqual(new Set(ASKED.slice(100)));
  expect(one.asked.filter((path) => path.startsWith('/v1/tags'))).toEqual([
    '/v1/tags?key=1',
    '/v1/tags?key=1&since',
  ]);
});

test('an admin changes the key: at no moment is anybody unknown, in a browser that is there or comes back', async () => {
  const [here, back, late] = [browser(), browser(), browser()];
  for (const each of [here, back, late]) await each.meet();
  const { keyNo } = v.parse(TagKeyAnswer, await (await team.request('/v1/tag-key', { body: {} })).json());
  const counts: number[] = [];
  const meet = async (one: typeof here) => {
    let over = false;
    const met = one.meet().finally(() => {
      over = true;
    });
    while (!over) {
      counts.push(await one.known());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await met;
    counts.push(await one.known());
  };
  await meet(here);
  const now = new Date();
  const job = (clock: Date) => ({ db: database.db, databaseUrl: database.url, clock: () => clock });
  await runRetag(job(now));
  await meet(here);
  expect(here.replica.meta.tagKeyNo).toBe(keyNo);
  await runRetag(job(new Date(now.getTime() + DAY + 1000)));
  await meet(back);
  expect(back.replica.meta.tagKeyNo).toBe(keyNo);
  // Its feed has forgotten meanwhile that there is a new key.
  await late.replica.write({
    meta: { ...late.replica.meta, version: here.replica.meta.version ?? 0, tagsStale: true },
  });
  await meet(late);
  expect(late.replica.meta.tagKeyNo).toBe(keyNo);
  expect(counts.length).toBeGreaterThan(6);
  expect(new Set(counts)).toEqual(new Set([100]));
});
