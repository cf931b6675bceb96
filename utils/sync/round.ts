import type { Replica } from '../replica/replica.ts';
import { follow } from './follow.ts';
import { push } from './outbox.ts';
import { passed } from './passed.ts';
import type { Run } from './run.ts';
import { fetchSession } from './session.ts';
import { startOver } from './start-over.ts';
import { fetchTags } from './tags.ts';

/** ms between two notes on disk that the copy is in step, when nothing else is written. */
const NOTE_EVERY = 30_000;

/**
 * Brings the copy into step. Each part is written whole, so that it may end anywhere:
 * 1. a copy that is new, or of another life of the server, starts over from the snapshots;
 * 2. what waits in the outbox is sent;
 * 3. changes are read from the copy's version on, and what they touch and we hold is fetched again; the
 *    version moves in the transaction that brings it;
 * 4. whoever called notes that the copy is in step, which unlocks it;
 * 5. what has changed in the set of tags is fetched, at most every 5 s, or all of it where there is none: it can
 *    take minutes, so what was asked before it is in step by then no more.
 */
export async function round(run: Run, inStep?: () => Promise<void>): Promise<void> {
  const { replica, api, now, changed } = run;
  if (replica.meta.version === undefined || !replica.shared) await startOver(run);
  else await fetchSession(run);
  await completeShared(run);
  await push(replica, api, now, changed);
  await follow(run);
  await inStep?.();
  await fetchTags(run);
}

const completed = new WeakSet<Replica>();

/** A version before this one left out what it did not know. Once: an older server has none of it. */
async function completeShared({ replica, api }: Run): Promise<void> {
  if (replica.shared?.types !== undefined || completed.has(replica)) return;
  completed.add(replica);
  await replica.write({ shared: await api.shared() });
}

const notedAt = new WeakMap<Replica, number>();

/** Notes that the copy is in step, on disk now and then; a locked one opens. */
export async function noteInStep(replica: Replica, at: number): Promise<void> {
  const { locked, away, ...meta } = replica.meta;
  replica.meta = { ...meta, inStepAt: at };
  if (!locked && !away && !passed(notedAt.get(replica), at, NOTE_EVERY)) return;
  notedAt.set(replica, at);
  await replica.write({ meta: replica.meta });
}
