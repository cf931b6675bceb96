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
  | { do: 'estimate' };

/** ms as the background counts them; `age` since it began. */
export interface Told {
  ms: number;
  age: number;
  /** How many keys were known, or bytes that are used. */
  count: number;
}

const replica = new Replica(openDisk);
let clock = Date.now();

async function answer(asked: Asked): Promise<number> {
  if (asked.do === 'estimate') return (await navigator.storage.estimate()).usage ?? 0;
  await replica.load();
  if (asked.do === 'known') return (await replica.known(asked.keys)).size;
  // Later than any pause between two questions.
  clock += 100_000;
  const { tagsVersion, ...meta } = replica.meta;
  await replica.write({
    meta: { ...meta, ...(!asked.whole && tagsVersion !== undefined && { tagsVersion }), tagsStale: true },
  });
  const api = createApi(asked.server, async () => 'token');
  await fetchTags({ replica, api, now: () => clock, changed: () => undefined });
  return replica.meta.tagsVersion ?? -1;
}

chrome.runtime.onMessage.addListener((asked, _sender, give) => {
  const began = performance.now();
  answer(asked).then(
    (count) => give({ ms: performance.now() - began, age: performance.now(), count } satisfies Told),
    (error: unknown) => give({ error: String(error) }),
  );
  return true;
});
