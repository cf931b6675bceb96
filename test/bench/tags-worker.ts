import { type IDBPDatabase, openDB } from 'idb';
import { importTagKey, tagOf } from '../../utils/contract/match-key.ts';
import { openDisk } from '../../utils/replica/open.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { fetchTags } from '../../utils/sync/tags.ts';

/** What of the browser's functions it calls. */
declare const chrome: {
  runtime: {
    onMessage: {
      addListener(on: (asked: Asked, sender: unknown, answer: (given: unknown) => void) => boolean): void;
    };
  };
};

/** What a page asks of the bench's background. */
export type Asked =
  | { do: 'known'; keys: string[] }
  /** Brings the set up to date: what has changed, or all of it. */
  | { do: 'fetch'; server: string; whole: boolean }
  | { do: 'estimate' }
  /** How many sets lie on disk, in place or not. */
  | { do: 'files' }
  /** What shows how busy the machine is: nothing at all, 50 bare HMACs, and one empty answer of IndexedDB. */
  | { do: 'nothing' | 'hmacs' | 'get' };

/** ms as the background counts them; `age` since it began. */
export interface Told {
  ms: number;
  age: number;
  /** How many keys were known, or bytes that are used. */
  count: number;
}

const EMPTY = 'bench';

const replica = new Replica(openDisk);
let clock = Date.now();

async function answer(asked: Asked): Promise<number> {
  switch (asked.do) {
    case 'nothing':
      return 0;
    case 'hmacs':
      return hmacs();
    case 'get':
      return get();
    case 'estimate':
      return (await navigator.storage.estimate()).usage ?? 0;
    case 'files':
      return files();
    case 'known':
      await replica.load();
      return (await replica.known(asked.keys)).size;
    case 'fetch':
      await replica.load();
      return fetchFrom(asked.server, asked.whole);
  }
}

async function fetchFrom(server: string, whole: boolean): Promise<number> {
  // Later than any pause between two questions.
  clock += 100_000;
  const { tagsVersion, ...meta } = replica.meta;
  await replica.write({
    meta: { ...meta, ...(!whole && tagsVersion !== undefined && { tagsVersion }), tagsStale: true },
  });
  const api = createApi(server, async () => 'token');
  await fetchTags({ replica, api, now: () => clock, changed: () => undefined });
  return replica.meta.tagsVersion ?? -1;
}

async function files(): Promise<number> {
  const names: string[] = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
  return names.filter((name) => name.startsWith('tags-')).length;
}

let anyKey: Promise<CryptoKey> | undefined;

async function hmacs(): Promise<number> {
  anyKey ??= importTagKey(btoa('b'.repeat(32)));
  const key = await anyKey;
  const random = Math.random();
  return (await Promise.all(Array.from({ length: 50 }, (_, n) => tagOf(key, `email:${n}@${random}.example`))))
    .length;
}

let empty: Promise<IDBPDatabase> | undefined;

async function get(): Promise<number> {
  empty ??= openDB(EMPTY, 1, { upgrade: (database) => void database.createObjectStore(EMPTY) });
  return (await (await empty).get(EMPTY, 'all')) === undefined ? 0 : 1;
}

// As the shipped background does.
replica.load().catch(() => undefined);

chrome.runtime.onMessage.addListener((asked, _sender, give) => {
  const began = performance.now();
  answer(asked).then(
    (count) => give({ ms: performance.now() - began, age: performance.now(), count } satisfies Told),
    (error: unknown) => give({ error: String(error) }),
  );
  return true;
});
