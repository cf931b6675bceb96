/** When a card was last in front of somebody. */
export interface Seen {
  id: string;
  /** ms since epoch. */
  at: number;
}

/** ms between two notes on disk; one that is lost with the background costs a card a little of its rank. */
const EVERY = 60_000;

/** Collects which cards are seen, so that looking costs no write each time. */
export class SeenCards {
  readonly #at = new Map<string, number>();
  #notedAt = Number.NEGATIVE_INFINITY;

  note(ids: Iterable<string>, at: number): void {
    for (const id of ids) this.#at.set(id, at);
  }

  /** What was seen is gone. */
  clear(): void {
    this.#at.clear();
  }

  /** What is to be written now: once a minute all that was seen in it. */
  due(now: number): Seen[] {
    // A clock that was set back must not stop it.
    if (this.#at.size === 0 || (now >= this.#notedAt && now - this.#notedAt < EVERY)) return [];
    const seen = [...this.#at].map(([id, at]) => ({ id, at }));
    this.#at.clear();
    this.#notedAt = now;
    return seen;
  }
}
