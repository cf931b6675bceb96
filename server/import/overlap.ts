import { normalName } from '../../utils/contract/match-key.ts';
import { guessDomain } from './batch/company.ts';
import type { Row } from './row.ts';

/** Everything by which rows of another batch could be about the same person, company or campaign. */
export function keysOf(rows: readonly Row[]): Set<string> {
  const keys = new Set<string>();
  const add = (kind: string, value: string | undefined) => {
    if (value !== undefined && value !== '') keys.add(`${kind} ${value}`);
  };
  for (const row of rows) {
    add('record', row.recordId);
    for (const email of row.emails) add('email', email);
    add('linkedin', row.linkedin);
    for (const key of row.profiles ?? []) add('profile', key);
    add('company', row.company?.recordId);
    add('name', row.company?.name && normalName(row.company.name));
    add('domain', row.company?.domain);
    add('domain', guessDomain(row));
    add('campaign', row.membership?.externalId);
  }
  return keys;
}

/**
 * Does two pieces of work at a time where they have no key in common, else one after the other: the order of
 * a file matters only among rows that are about the same.
 */
export class TwoAtATime {
  #running: { keys: Set<string>; done: Promise<void> }[] = [];

  /** Resolves when the work has begun. @throws what earlier work threw */
  async begin(keys: Set<string>, work: () => Promise<void>): Promise<void> {
    while (this.#running.length > 1 || this.#running.some((other) => !other.keys.isDisjointFrom(keys)))
      await Promise.race(this.#running.map(({ done }) => done));
    const entry = { keys, done: Promise.resolve() };
    entry.done = work().then(() => {
      this.#running = this.#running.filter((other) => other !== entry);
    });
    // Whoever waits next hears of it.
    entry.done.catch(() => {});
    this.#running.push(entry);
  }

  /** Waits for all of it. @throws what any of it threw, once none is under way */
  async end(): Promise<void> {
    const ends = await Promise.allSettled(this.#running.map(({ done }) => done));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
