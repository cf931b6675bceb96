import { Trouble } from '../trouble.ts';
import type { LiveChanges } from './follow.ts';
import type { Pace } from './pace.ts';

interface Parts {
  pace: Pace;
  /** Whether there is a server to be in step with. */
  ready: () => Promise<boolean>;
  /** One round, after which the copy is in step. Throws when it did not end well, after telling the pace. */
  round: () => Promise<void>;
  /** Applies what was told. Resolves to whether nothing is missing; throws as `round` does. */
  apply: (told: LiveChanges[]) => Promise<boolean>;
  /** Notes that the copy is in step. */
  inStep: () => Promise<void>;
  /** `rest`: nobody is there to be asked; `want`: something is known to be missing. */
  need: () => 'rest' | 'want' | 'nothing';
  /** Every 2 s while a screen is open. */
  onTick: () => void;
}

/** Events that wait for a round to end; when more come, it is cheaper to read what they say in another round. */
const TOLD_MAX = 50;

/** Rounds and what is told between them, one at a time; and the next one when it is due. */
export class Rounds {
  readonly #parts: Parts;
  #running: Promise<void> | undefined;
  #again = false;
  /** Told, and not applied yet. */
  #told: LiveChanges[] = [];
  /** A round has ended well since changes are told: from there on nothing is missing. */
  #caughtUp = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get running(): Promise<void> | undefined {
    return this.#running;
  }

  /** Everything that there was is here: who hears the server now knows that the copy is in step. */
  get current(): boolean {
    const { live, failures } = this.#parts.pace;
    return live && this.#caughtUp && failures === 0 && !this.#running;
  }

  setScreens(count: number): void {
    const { pace } = this.#parts;
    const opened = count > pace.screens;
    pace.screens = count;
    if (opened) void this.wake();
    else this.#schedule();
  }

  /** One round is made either way: for what was before, or came since. */
  setLive(live: boolean): void {
    const { pace } = this.#parts;
    if (pace.live === live) return;
    pace.live = live;
    this.#caughtUp = false;
    void this.wake();
  }

  /** Starts a round now, or one more after the one that runs. Resolves when it is over, in step or not. */
  wake(): Promise<void> {
    this.#again = true;
    return this.#start();
  }

  /** Applies what is told, after what was told before. */
  hear(told: LiveChanges): Promise<void> {
    this.#told.push(told);
    if (this.#told.length > TOLD_MAX) {
      this.#told = [];
      this.#again = true;
    }
    return this.#start();
  }

  #start(): Promise<void> {
    this.#running ??= this.#run().then(() => {
      this.#running = undefined;
      this.#tick();
      // Wished for as the last one ended.
      return this.#again || this.#told.length > 0 ? this.#start() : undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#again || this.#told.length > 0) {
        if (!(await this.#parts.ready())) break;
        if (this.#again) await this.#round();
        else await this.#apply();
      }
    } catch (error) {
      // Otherwise noted by whoever threw it.
      if (!(error instanceof Trouble)) globalThis.reportError?.(error);
    }
    // After a failure the next round is on its way, and brings what was told.
    this.#again = false;
    this.#told = [];
  }

  async #round(): Promise<void> {
    const { pace, round } = this.#parts;
    this.#again = false;
    const { live } = pace;
    await round();
    this.#caughtUp = live && pace.live;
    pace.succeeded();
  }

  async #apply(): Promise<void> {
    if (!(await this.#parts.apply(this.#told.splice(0)))) this.#again = true;
    else if (this.#caughtUp) await this.#parts.inStep();
  }

  #tick(): void {
    if (this.#parts.pace.screens > 0) this.#parts.onTick();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { pace, need } = this.#parts;
    if (pace.screens === 0 || this.#running || need() === 'rest') return;
    this.#timer = setTimeout(() => {
      if (pace.due(need() === 'want')) void this.wake();
      else this.#tick();
    }, pace.wait());
  }
}
