import * as v from 'valibot';
import { beforeEach, expect, test, vi } from 'vitest';
import { Recipes } from '../../../utils/background/recipes.ts';
import type { Recipe } from '../../../utils/contract/recipe.ts';
import { StaleReport } from '../../../utils/contract/recipes.ts';
import type { Meta } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { Api } from '../../../utils/sync/api.ts';
import type { ServedAnswer } from '../../../utils/sync/recipe-api.ts';
import { Trouble } from '../../../utils/trouble.ts';
import type { Connection } from '../../../utils/view.ts';

const HOUR = 3_600_000;
const team: Meta = { server: 'https://t.example', workspaceId: 'w', me: 'm', browserId: 'b' };
const mail: Recipe = {
  ...{ id: 'mail', version: 2026_11_23_00, label: 'Mail', kind: 'mail' },
  hosts: ['mail.example.org'],
};
const marked: Recipe = { ...mail, id: 'marked', hosts: [], marks: ['#app'] };
const newer = { ...mail, version: 2026_11_24_00 };

let disk: ReturnType<typeof memoryDisk>;
let time: number;
/** What the server serves, or why it does not. */
let served: ServedAnswer | Trouble;
let told: unknown[];
let asked: (string | undefined)[];
let connection: Connection;
const onNewer = vi.fn();
beforeEach(() => {
  disk = memoryDisk();
  [time, told, asked] = [1_000_000_000_000, [], []];
  served = { etag: '"1"', recipes: [] };
  connection = { state: 'online', inStepAt: 1 };
  onNewer.mockClear();
});

const api = {
  recipes: {
    async read(etag?: string) {
      asked.push(etag);
      if (served instanceof Trouble) throw served;
      return etag === served.etag ? undefined : served;
    },
    async tell(report: unknown) {
      if (served instanceof Trouble) throw served;
      told.push(report);
      return { done: true };
    },
  },
} as unknown as Api;

/** A background that has just started on what is on disk. */
async function start(meta = team) {
  const replica = new Replica(async () => disk);
  await replica.load();
  if (!replica.meta.server) await replica.write({ meta });
  const sync = {
    get connection() {
      return connection;
    },
    use: <T>(work: (given: Api) => Promise<T>) => work(api),
  };
  const recipes = new Recipes({
    ...{ replica, sync, onNewer, onChange: () => undefined },
    ...{ shipped: [mail, marked], now: () => time },
  });
  const versions = async () => (await recipes.all()).map(({ version }) => version);
  return { recipes, replica, versions };
}

test('asked for when signed in, then once an hour, with the tag of what is held', async () => {
  served = { etag: '"1"', recipes: [newer] };
  const { recipes, versions } = await start();
  await recipes.tend();
  expect(await versions()).toEqual([newer.version, marked.version]);
  expect(onNewer).toHaveBeenCalledExactlyOnceWith(new Set(['mail']));
  time += HOUR - 1;
  await recipes.tend();
  expect(asked).toEqual([undefined]);
  time += 1;
  await recipes.tend();
  expect(asked).toEqual([undefined, '"1"']);
  expect(onNewer).toHaveBeenCalledOnce();
});

test('they are there at the next start, also without the server', async () => {
  served = { etag: '"1"', recipes: [newer] };
  await (await start()).recipes.tend();
  connection = { state: 'offline' };
  const again = await start();
  expect(await again.versions()).toEqual([newer.version, marked.version]);
  await again.recipes.tend();
  expect(asked).toHaveLength(1);
});

test('what the server has taken away goes, and pages are read as before', async () => {
  served = { etag: '"1"', recipes: [newer] };
  const { recipes, versions } = await start();
  await recipes.tend();
  served = { etag: '"2"', recipes: [] };
  time += HOUR;
  await recipes.tend();
  expect(await versions()).toEqual([mail.version, marked.version]);
  expect(onNewer).toHaveBeenCalledTimes(2);
});

test('an answer that brings nothing new writes nothing and reads no page again', async () => {
  const { recipes, replica } = await start();
  await recipes.tend();
  await recipes.markStale('mail', mail.version);
  const write = vi.spyOn(replica, 'write');
  time += 60_000;
  await recipes.tend();
  expect(asked).toEqual([undefined, '"1"', '"1"']);
  expect(write).not.toHaveBeenCalled();
  expect(onNewer).not.toHaveBeenCalled();
});

test('nothing of a team stays when its copy goes', async () => {
  served = { etag: '"1"', recipes: [newer] };
  const { recipes, replica, versions } = await start();
  await recipes.tend();
  await recipes.markStale('mail', newer.version);
  await replica.write({ clear: true });
  expect(await versions()).toEqual([mail.version, marked.version]);
  expect(await recipes.staleness('mail', newer.version)).toBeUndefined();
  expect(await disk.recipes()).toBeUndefined();
  // The next one in is served anew.
  await replica.write({ meta: { ...team, browserId: 'c' } });
  await recipes.tend();
  expect(asked.at(-1)).toBeUndefined();
});

test('a page gets those of its host, else those that go by marks', async () => {
  const { recipes } = await start();
  const ids = async (url: string) => (await recipes.at(url)).map(({ id }) => id);
  expect(await ids('https://mail.example.org/mail/#inbox')).toEqual(['mail']);
  expect(await ids('https://elsewhere.example/')).toEqual(['marked']);
  expect(await ids('')).toEqual(['marked']);
});

test('one that goes stale is told once, asked for at once, then each minute until there is another', async () => {
  const { recipes, versions } = await start();
  await recipes.tend();
  await recipes.markStale('mail', mail.version);
  expect(await recipes.staleness('mail', mail.version)).toBe('told');
  await recipes.markStale('mail', mail.version);
  expect([told, asked.length]).toEqual([[{ id: 'mail', version: mail.version }], 2]);
  time += 59_999;
  await recipes.tend();
  expect(asked).toHaveLength(2);
  // Another start remembers that it was told.
  const again = await start();
  await again.recipes.tend();
  expect([told.length, asked.length]).toEqual([1, 3]);
  served = { etag: '"2"', recipes: [newer] };
  time += 60_000;
  await recipes.tend();
  expect(await versions()).toEqual([newer.version, marked.version]);
  expect(await recipes.staleness('mail', newer.version)).toBeUndefined();
  time += 60_000;
  await recipes.tend();
  expect(asked, 'seldom again').toHaveLength(4);
  await recipes.markStale('mail', newer.version);
  expect(told).toHaveLength(2);
});

test('of served ones three a day are told, and a fourth is no reason to ask often', async () => {
  const { recipes } = await start();
  const serve = (n: number) => {
    served = { etag: `"s${n}"`, recipes: [{ ...newer, version: newer.version + n }] };
    time += HOUR;
    return recipes.tend();
  };
  await recipes.tend();
  await recipes.markStale('mail', mail.version);
  for (const n of [1, 2, 3, 4]) {
    await serve(n);
    await recipes.markStale('mail', newer.version + n);
  }
  const versions = () => told.map((report) => v.parse(StaleReport, report).version);
  const three = [mail.version, newer.version + 1, newer.version + 2, newer.version + 3];
  expect(versions()).toEqual(three);
  expect(await recipes.staleness('mail', newer.version + 4), 'it is said here').toBe('stale');
  const before = asked.length;
  time += 2 * 60_000;
  await recipes.tend();
  await (await start()).recipes.tend();
  expect(asked.length).toBe(before);
  // What is shipped is told whenever it is stale.
  await recipes.markStale('marked', marked.version);
  expect(versions()).toEqual([...three, marked.version]);
  time += 24 * HOUR;
  await recipes.tend();
  expect(versions()).toEqual([...three, marked.version, newer.version + 4]);
});

test('offline it waits to be told', async () => {
  const { recipes } = await start();
  connection = { state: 'offline' };
  await recipes.markStale('mail', mail.version);
  expect([told, asked]).toEqual([[], []]);
  const again = await start();
  expect(await again.recipes.staleness('mail', mail.version)).toBe('stale');
  connection = { state: 'online' };
  await again.recipes.tend();
  expect(await again.recipes.staleness('mail', mail.version)).toBe('told');
  expect(told).toEqual([{ id: 'mail', version: mail.version }]);
});

test('a version that is no longer used cannot go stale', async () => {
  const { recipes } = await start();
  await recipes.markStale('mail', 2026_01_01_00);
  await recipes.markStale('bank', mail.version);
  expect(told).toEqual([]);
});

test('a server that serves none, and one that breaks off, are asked again in time', async () => {
  served = new Trouble('strange', 'no such path');
  const { recipes, versions } = await start();
  await recipes.tend();
  await recipes.tend();
  expect([asked.length, await versions()]).toEqual([1, [mail.version, marked.version]]);
  await recipes.markStale('mail', mail.version);
  expect(await recipes.staleness('mail', mail.version)).toBe('stale');
  served = new Trouble('offline', 'gone');
  time += 60_000;
  await recipes.tend();
  served = { etag: '"1"', recipes: [] };
  time += 60_000;
  await recipes.tend();
  expect(told).toEqual([{ id: 'mail', version: mail.version }]);
});

test('what lies on disk is judged again: an update may ship something newer', async () => {
  await disk.write({
    recipes: { at: time, served: [newer, { ...newer, id: 'bank' }, { ...marked, version: 1 }], stale: [] },
  });
  expect(await (await start()).versions()).toEqual([newer.version, marked.version]);
});
