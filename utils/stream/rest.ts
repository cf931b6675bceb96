import { backoff } from '../sync/backoff.ts';
import type { End } from './read.ts';

/** ms that a stream has to last for its end to be no failure. */
const LASTING = 60_000;
/** ms of chance before a first new try, so that all browsers of a server that starts again do not come at once. */
const SPREAD = 250;
/** ms after which a stream is tried again where it is held back: at first, and at most. */
const HELD_FIRST = 30_000;
const HELD_LONGEST = 600_000;
/** ms after which nobody who is signed out, or was sent away, is asked about. */
const REFUSED = 60_000;

/** How long to rest between two streams: not at all after a first cut, then ever longer. */
export class Rest {
  readonly #random: () => number;
  #failures = 0;
  #held = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** @param lasted ms from the stream's beginning to its end; 0 where it did not begin */
  after(end: End | { why: 'nobody' } | { why: 'bye' }, lasted: number): number {
    if (lasted > 0) this.#held = 0;
    if (lasted >= LASTING) this.#failures = 0;
    if (end.why === 'stopped') return 0;
    if (end.why === 'nobody' || end.why === 'bye') return REFUSED;
    if (end.why === 'held') {
      this.#held += 1;
      const full = Math.min(HELD_LONGEST, HELD_FIRST * 2 ** (this.#held - 1));
      return Math.round(full * (0.5 + this.#random() / 2));
    }
    this.#failures += 1;
    // A token that has run out is as good as a first cut.
    if (this.#failures === 1 && end.why !== 'busy') return Math.round(SPREAD * this.#random());
    const wait = backoff(Math.max(1, this.#failures - 1), this.#random);
    return end.why === 'busy' ? Math.max(end.retryAfter, wait) : wait;
  }
}
