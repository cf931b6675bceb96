/** No single step takes longer; a computer that slept in the middle of one did not. */
const STEP_MAX = 500;
/** So much may be taken after a quiet time, however small the share: one message, in one of many frames. */
const LEAST = 20;
/** But no more than its share of so many ms: a hundred frames that all change would have saved too much together. */
const LEAST_REACH = 50_000;

/**
 * How much of something is ours in the long run. A page that keeps still has all it needs read at once; one that
 * never does is read ever more seldom, whatever each reading costs.
 */
export class Pace {
  readonly #share: () => number;
  readonly #reach: number;
  #saved: number;
  #at = performance.now();

  /**
   * @param share for each ms; of a page's time, if nothing else is said: readings and what they are told of changes.
   *   It may change
   * @param reach what of this many ms was not taken may be taken at once: some ten messages opened one after the other
   */
  constructor(share: number | (() => number) = 0.04, reach = 5000) {
    this.#share = typeof share === 'number' ? () => share : share;
    this.#reach = reach;
    this.#saved = this.#most(this.#share());
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
    return Math.max(0, -this.#now() / this.#share());
  }

  /** Whether so much is no more than its share of so many ms. */
  covers(much: number, within: number): boolean {
    return much <= this.#share() * within;
  }

  #now(): number {
    const at = performance.now();
    const share = this.#share();
    this.#saved = Math.min(this.#most(share), this.#saved + (at - this.#at) * share);
    this.#at = at;
    return this.#saved;
  }

  /** What is saved at most. */
  #most(share: number): number {
    return Math.max(share * this.#reach, Math.min(LEAST, share * LEAST_REACH));
  }
}
