import type { Replica } from '../replica/replica.ts';
import { isShut } from '../shut.ts';
import type { Sync } from '../sync/sync.ts';
import { warm } from '../sync/warm.ts';
import { Trouble } from '../trouble.ts';

/** What the copy needs and nobody waits for: which cards were seen is noted, own ones are fetched, too many go. */
export class Tending {
  readonly #replica: Replica;
  readonly #sync: Pick<Sync, 'use' | 'connection'>;
  #running = false;

  constructor(replica: Replica, sync: Pick<Sync, 'use' | 'connection'>) {
    this.#replica = replica;
    this.#sync = sync;
  }

  /** One turn, unless one is under way. */
  async tend(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#turn();
    } catch (error) {
      // Noted by `use`: the next turn goes on.
      if (!(error instanceof Trouble)) globalThis.reportError?.(error);
    } finally {
      this.#running = false;
    }
  }

  async #turn(): Promise<void> {
    const [replica, sync] = [this.#replica, this.#sync];
    await replica.load();
    // A screen may have noted it after the copy was wiped.
    if (isShut(sync.connection)) replica.seen.clear();
    const seen = replica.seen.due(Date.now());
    if (seen.length > 0) await replica.write({ seen });
    if (sync.connection.state !== 'online') return;
    await sync.use((api) => warm({ replica, api, now: Date.now }));
    await replica.evict();
  }
}
