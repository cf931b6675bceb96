import type { Batch } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';

/** For each fetch that is under way: ids of what has changed since it began. */
const underWay = new WeakMap<Replica, Set<Set<string>>>();
const ALL = '*';

/**
 * Brings what is fetched beside the rounds, and fetches anew what changed meanwhile: the rounds, which heard of it,
 * ask only for what is held.
 */
export async function beside(replica: Replica, fetch: () => Promise<Batch>): Promise<void> {
  const all = underWay.get(replica) ?? new Set();
  underWay.set(replica, all);
  for (let isLate = true; isLate; ) {
    const passed = new Set<string>();
    all.add(passed);
    try {
      const batch = await fetch();
      const { cards = [], companies = [], named = [] } = batch;
      const ids = [ALL, ...[...cards, ...companies, ...named].map(({ id }) => id)];
      await replica.write(batch, false, () => {
        isLate = ids.some((id) => passed.has(id));
        return isLate;
      });
    } finally {
      all.delete(passed);
    }
  }
}

/** To be called before it is looked what is held. Without `ids`: anything may have changed. */
export function notePassed(replica: Replica, ids = [ALL]): void {
  for (const passed of underWay.get(replica) ?? []) for (const id of ids) passed.add(id);
}
