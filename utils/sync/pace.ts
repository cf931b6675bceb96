import { backoff } from './backoff.ts';

/** ms between two looks at what is due while a screen is open; aligned, so that several browsers do not drift apart. */
const POLL = 2000;
/** ms between two rounds while changes come by themselves: for what is in no change, like the team's name. */
const SELDOM = 600_000;
/** ms that a server can ask to be left alone at most. */
const LONGEST = 60_000;

interface Clocks {
  /** ms since epoch. */
  now: () => number;
  /** ms of a clock that nobody can set. */
  steady: () => number;
  random: () => number;
}

/** When the next round is due. */
export class Pace {
  readonly #clocks: Clocks;
  screens = 0;
  /** Changes come by themselves. */
  live = false;
  failures = 0;
  /** When the server wants to be asked again at the earliest. */
  #notBefore = Number.NEGATIVE_INFINITY;
  #roundAt = Number.NEGATIVE_INFINITY;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  succeeded(): void {
    this.failures = 0;
    this.#roundAt = this.#clocks.steady();
  }

  failed(retryAfter: number): void {
    this.failures += 1;
    this.#notBefore = this.#clocks.steady() + Math.min(retryAfter, LONGEST);
  }

  /** ms until the next look. */
  wait(): number {
    const { now, steady, random } = this.#clocks;
    const wait = this.failures > 0 ? backoff(this.failures, random) : POLL - (now() % POLL);
    return Math.max(wait, this.#notBefore - steady());
  }

  /** Whether a look has to ask the server. `wanted`: something is known to be missing. */
  due(wanted: boolean): boolean {
    if (!this.live || wanted || this.failures > 0) return true;
    return this.#clocks.steady() - this.#roundAt >= SELDOM;
  }
}
