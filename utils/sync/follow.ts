import type { Change } from '../contract/change.ts';
import type { Batch } from '../replica/disk.ts';
import { writtenAbout } from '../replica/erased.ts';
import { queuedHere } from '../replica/own.ts';
import { notePassed } from './beside.ts';
import { refetch } from './cards.ts';
import type { Run } from './run.ts';
import { startOver } from './start-over.ts';

/** Kinds of what is synced whole. */
const SHARED: ReadonlySet<Change['kind']> = new Set([
  ...(['stage', 'definition', 'proposal', 'agreement', 'member', 'campaign'] as const),
]);

/** What a stream tells: all changes in (since, version], in commit order. `reset` as in `ChangesAnswer`. */
export interface LiveChanges {
  since: number;
  version: number;
  changes: Change[];
  reset?: boolean;
}

/** Reads the changes from the copy's version on, and fetches again what they touch and we hold. */
export async function follow(run: Run): Promise<void> {
  const { replica, api } = run;
  for (;;) {
    const answer = await api.changes(replica.meta.version ?? 0);
    if (answer.reset) return startOver(run);
    await apply(run, answer.version, answer.changes);
    if (!answer.more) return;
  }
}

/**
 * Brings what is told into the copy, all of it at once; what is known already does nothing.
 * @returns whether nothing is missing: after false, the changes have to be read
 */
export async function followLive(run: Run, told: LiveChanges[]): Promise<boolean> {
  const known = run.replica.meta.version;
  if (known === undefined) return false;
  let version = known;
  let whole = true;
  const fresh = new Map<string, Change>();
  for (const event of told) {
    whole = event.reset !== true && event.since <= version;
    if (!whole) break;
    if (event.version <= version) continue;
    for (const change of event.changes) {
      if (change.version > version) fresh.set(`${change.kind} ${change.id}`, change);
    }
    version = event.version;
  }
  await apply(run, version, [...fresh.values()]);
  return whole;
}

/** The version moves in the transaction that brings what changed up to it. */
async function apply(run: Run, version: number, changes: Change[]): Promise<void> {
  const { replica, changed } = run;
  if (changes.length > 0) {
    notePassed(
      replica,
      changes.map(({ id }) => id),
    );
    const batch = await fetchChanged(run, changes);
    const has = (kind: Change['kind']) => changes.some((change) => change.kind === kind);
    const tagsStale = replica.meta.tagsStale || has('tags');
    const tagKeyStale = replica.meta.tagKeyStale || has('key');
    await replica.write({ ...batch, meta: { ...replica.meta, version, tagsStale, tagKeyStale } });
    changed();
  } else if (version !== replica.meta.version) {
    await replica.write({ meta: { ...replica.meta, version } });
  }
}

async function fetchChanged({ replica, api, now }: Run, changes: Change[]): Promise<Batch> {
  const of = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).map(({ id }) => id);
  const changed = of('card');
  const held = new Set(changed.length > 0 ? await replica.cardIds() : []);
  // Of somebody who was erased, a half-typed note may be here without the card.
  const about = changed.length > 0 ? writtenAbout(queuedHere(replica), await replica.draftForms()) : held;
  const wanted = changed.filter((id) => held.has(id) || about.has(id) || replica.unreadable.has(id));
  const companyIds = [...(await replica.companies(of('company'))).keys()];
  for (const companyId of companyIds) {
    // Its people's match keys hang on it.
    wanted.push(...(await replica.cardsOfCompany(companyId)).map(({ id }) => id));
  }
  const batch = await refetch(replica, api, wanted, now, companyIds);
  const sharedToo = changes.some(({ kind }) => SHARED.has(kind));
  return sharedToo ? { ...batch, shared: await api.shared() } : batch;
}
