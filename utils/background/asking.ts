import type { Replica } from '../replica/replica.ts';
import { lookup } from '../sync/cards.ts';
import type { Sync } from '../sync/sync.ts';

/**
 * Asks the server who is behind a known key, once for each state of the tag set: somebody may share an
 * address with a contact that is held. Strangers' keys never get here.
 */
export class Asking {
  readonly #replica: Replica;
  readonly #sync: Sync;
  #state: string | undefined;
  readonly #answered = new Set<string>();
  readonly #asking = new Set<string>();

  constructor(replica: Replica, sync: Sync) {
    this.#replica = replica;
    this.#sync = sync;
  }

  answered(key: string): boolean {
    this.#turn();
    return this.#answered.has(key);
  }

  /** Resolves to whether something new has come. Out of reach, nothing is asked; the next view tries again. */
  async ask(keys: Iterable<string>): Promise<boolean> {
    this.#turn();
    const { state } = this.#sync.connection;
    if (state !== 'online' && state !== 'connecting') return false;
    const open = [...keys].filter((key) => !this.#answered.has(key) && !this.#asking.has(key));
    if (open.length === 0) return false;
    for (const key of open) this.#asking.add(key);
    const asOf = this.#state;
    try {
      await this.#sync.use((api) => lookup(this.#replica, api, open, Date.now));
      if (asOf === this.#now()) for (const key of open) this.#answered.add(key);
      return true;
    } catch {
      // Noted by `use`: the connection's state says it on screen.
      return false;
    } finally {
      for (const key of open) this.#asking.delete(key);
    }
  }

  #turn(): void {
    const state = this.#now();
    if (state === this.#state) return;
    this.#state = state;
    this.#answered.clear();
  }

  /** Whoever was looked up may be among the cards that were dropped to make room. */
  #now(): string {
    const { meta, evictions } = this.#replica;
    return `${meta.tagsVersion} ${evictions}`;
  }
}
