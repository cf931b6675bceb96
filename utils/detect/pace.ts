/** No single step takes longer; a computer that slept in the middle of one did not. */
const STEP_MAX = 500;

/**
 * How much of something is ours in the long run. A page that keeps still has all it needs read at once; one that
 * never does is read ever more seldom, whatever each reading costs.
 */
export class Pace {
  readonly #share: number;
  readonly #most: number;
  #saved: number;
  #at = performance.now();

  /**
   * @param share for each ms; of a page's time, if nothing else is said: readings and what they are told of changes
   * @param most may be taken at once after a quiet time: some ten messages opened one after the other
   */
  constructor(share = 0.04, most = 200) {
    this.#share = share;
    this.#most = most;
    this.#saved = most;
  }

  /** Takes so much, in ms where it is time. */
  spend(much: number): void {
    this.#saved = this.#now() - Math.min(much, STEP_MAX);
  }

  /** Lets a debt go: nobody waits for the price of reading a page for the first time. */
  forgive(): void {
    this.#saved = Math.max(0, this.#now());
  }

  /** How long nothing should be done, in ms; 0 when there is time. */
  get wait(): number {
    return Math.max(0, -this.#now() / this.#share);
  }

  #now(): number {
    const at = performance.now();
    this.#saved = Math.min(this.#most, this.#saved + (at - this.#at) * this.#share);
    this.#at = at;
    return this.#saved;
  }
}
