import type { Change } from '../contract/change.ts';
import type { Batch } from '../replica/disk.ts';
import { writtenAbout } from '../replica/erased.ts';
import { queuedHere } from '../replica/own.ts';
import { refetch } from './cards.ts';
import type { Run } from './run.ts';
import { startOver } from './start-over.ts';

/** Reads the changes from the copy's version on, and fetches again what they touch and we hold. */
export async function follow(run: Run): Promise<void> {
  const { replica, api, now, changed } = run;
  for (;;) {
    const answer = await api.changes(replica.meta.version ?? 0);
    if (answer.reset) return startOver(run);
    if (answer.changes.length > 0) {
      const batch = await fetchChanged(run, answer.changes);
      const tagsStale = replica.meta.tagsStale || answer.changes.some(({ kind }) => kind === 'tags');
      const meta = { ...replica.meta, version: answer.version, tagsStale, inStepAt: now() };
      await replica.write({ ...batch, meta });
      changed();
    } else if (answer.version !== replica.meta.version) {
      await replica.write({ meta: { ...replica.meta, version: answer.version } });
    }
    if (!answer.more) return;
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
  const sharedToo = changes.some(({ kind }) => kind === 'stage' || kind === 'member' || kind === 'campaign');
  return sharedToo ? { ...batch, shared: await api.shared() } : batch;
}
