import type { Mine } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';
import { Trouble } from '../trouble.ts';
import { beside } from './beside.ts';
import { isLookingUp, refetch } from './cards.ts';
import { sendable } from './outbox.ts';
import { passed } from './passed.ts';
import type { Run } from './run.ts';

/** ms after which it is asked again who is one's own: where anything has changed since, and in any case. */
const SOON = 3_600_000;
const LATEST = 24 * 3_600_000;
const BATCH = 100;
const BATCHES_PER_TURN = 5;

type Parts = Pick<Run, 'replica' | 'api' | 'now'>;

/** Contacts that were asked for, by the list that named them: whoever is not there is not asked for again. */
const asked = new WeakMap<Mine, Set<string>>();

/**
 * Fetches some of the user's own contacts that are not held yet, so that a day without the server is useful. It gives
 * way to whatever a page or its reader needs, and goes on from what is held, whenever it was ended.
 */
export async function warm(run: Parts): Promise<void> {
  const { replica, api, now } = run;
  if (replica.storage !== 'ok' || replica.meta.me === undefined || isWanted(replica)) return;
  const mine = await readMine(run);
  const tried = asked.get(mine) ?? new Set();
  asked.set(mine, tried);
  const open = mine.ids.filter((id) => !tried.has(id));
  if (open.length === 0) return;
  const held = new Set(await replica.cardIds());
  for (const id of open) if (held.has(id)) tried.add(id);
  const missing = open.filter((id) => !held.has(id));
  for (let turn = 0; turn < BATCHES_PER_TURN && !isWanted(replica); turn += 1) {
    const ids = missing.splice(0, BATCH);
    if (ids.length === 0) return;
    await beside(replica, () => refetch(replica, api, ids, now));
    for (const id of ids) tried.add(id);
  }
}

/** Somebody waits for a card, or something for the server. */
const isWanted = (replica: Replica): boolean => isLookingUp(replica) || sendable(replica).length > 0;

async function readMine({ replica, api, now }: Parts): Promise<Mine> {
  const before = await replica.mine();
  const { me = '', version = 0 } = replica.meta;
  if (before?.me === me && !passed(before.at, now(), before.version === version ? LATEST : SOON))
    return before;
  const mine: Mine = { me, ids: await askMine(api), at: now(), version };
  await replica.write({ mine });
  return mine;
}

/** A server of before does not know: then there are none until tomorrow. */
async function askMine(api: Run['api']): Promise<string[]> {
  try {
    return await api.mine();
  } catch (error) {
    if (error instanceof Trouble && error.code === 'strange') return [];
    throw error;
  }
}
