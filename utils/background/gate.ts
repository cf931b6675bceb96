import type { Replica } from '../replica/replica.ts';
import { isShut } from '../shut.ts';
import type { Sync } from '../sync/sync.ts';

interface Parts {
  replica: Pick<Replica, 'load'>;
  sync: Pick<Sync, 'connection'>;
  /** The pages may be read again: nothing of them was taken meanwhile. */
  onOpen: () => void;
}

/** Whether what pages show is taken at all: not while nothing of a team may be shown beside it. */
export class Gate {
  readonly #parts: Parts;
  #open: boolean | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Looks again, which is due before and after anything that may open or shut it; answers whether it is open. */
  async look(): Promise<boolean> {
    const { replica, sync, onOpen } = this.#parts;
    await replica.load();
    const before = this.#open;
    this.#open = !isShut(sync.connection);
    if (before === false && this.#open) onOpen();
    return this.#open;
  }

  /** The same when nobody waits for it; a copy that cannot be opened is told of elsewhere. */
  note(): void {
    this.look().catch(() => undefined);
  }
}
