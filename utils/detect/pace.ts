/** Of a page's time, in the long run. Readings, reports and what they are told of changes all count. */
const SHARE = 0.03;
/** What may be taken at once after a quiet time, in ms: some ten messages opened one after the other. */
const SAVED_MAX = 150;

/**
 * How much of a page's time is ours. A page that keeps still has all it needs read at once; one that never does is
 * read ever more seldom, whatever each reading costs.
 */
export class Pace {
  #saved = SAVED_MAX;
  #at = performance.now();

  /** Takes so many ms. */
  spend(ms: number): void {
    this.#saved = this.#now() - ms;
  }

  /** Lets a debt go: nobody waits for the price of reading a page for the first time. */
  forgive(): void {
    this.#saved = Math.max(0, this.#now());
  }

  /** How long nothing should be done, in ms; 0 when there is time. */
  get wait(): number {
    return Math.max(0, -this.#now() / SHARE);
  }

  #now(): number {
    const at = performance.now();
    this.#saved = Math.min(SAVED_MAX, this.#saved + (at - this.#at) * SHARE);
    this.#at = at;
    return this.#saved;
  }
}
