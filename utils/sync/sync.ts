import type { Auth } from '../auth/auth.ts';
import { endOf } from '../auth/standing.ts';
import { UnderWay } from '../auth/under-way.ts';
import type { Replica } from '../replica/replica.ts';
import { REFUSED, Trouble } from '../trouble.ts';
import type { Connection, ConnectionState } from '../view.ts';
import { type Api, createApi } from './api.ts';
import { backoff } from './backoff.ts';
import { isLocked, noteLock } from './lock.ts';
import { round } from './round.ts';

/** ms between two rounds while a screen is open; aligned, so that several browsers do not drift apart. */
const POLL = 2000;
/** ms after which screens are told again that nothing has changed. */
const TELL = 10_000;

export interface SyncParts {
  replica: Replica;
  auth: Pick<Auth, 'token' | 'ask' | 'drop' | 'signOut'>;
  /** The view may have changed. */
  onChange: () => void;
  /** A round has ended while a screen is open. */
  onRound?: () => void;
  /** The copy was wiped: what lies elsewhere goes too. */
  onWiped?: () => void;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
  random?: () => number;
}

/** Keeps the copy in step: every 2 s while a screen is open, otherwise when woken. */
export class Sync {
  readonly #parts: Required<SyncParts>;
  #state: ConnectionState = 'connecting';
  #screens = 0;
  #failures = 0;
  /** When the server wants to be asked again at the earliest. */
  #notBefore = 0;
  #running: Promise<void> | undefined;
  /** What is under way with the server. */
  readonly #uses = new Set<Promise<unknown>>();
  /** How many are to change the connection's hands, one after the other; meanwhile nothing may be begun. */
  #closed = 0;
  #changing: Promise<unknown> = Promise.resolve();
  readonly #underWay: UnderWay;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;

  constructor(parts: SyncParts) {
    this.#parts = {
      // Looked up at each call, so that it is the one of the moment.
      fetch: (...input) => globalThis.fetch(...input),
      now: Date.now,
      random: Math.random,
      onRound: () => undefined,
      onWiped: () => undefined,
      ...parts,
    };
    this.#underWay = new UnderWay(this.#parts.fetch);
  }

  get connection(): Connection {
    const { server, workspace, me, inStepAt, ended, lockDays } = this.#parts.replica.meta;
    return {
      state: this.#shownState(),
      ...(server !== undefined && { server }),
      ...(workspace !== undefined && { workspace }),
      ...(me !== undefined && { me }),
      ...(inStepAt !== undefined && { inStepAt }),
      ...(ended?.reason !== undefined && { reason: ended.reason }),
      ...(lockDays !== undefined && { lockDays }),
    };
  }

  /** Nothing of the copy may be shown until its server has been met. */
  get locked(): boolean {
    return isLocked(this.#parts.replica.meta, this.#parts.now());
  }

  /** Polls while there are any. */
  setScreens(count: number): void {
    const opened = count > this.#screens;
    this.#screens = count;
    if (opened) void this.wake();
    else this.#schedule();
  }

  /** Starts a round now, or one more after the one that runs. Resolves when it is over, in step or not. */
  wake(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#screens > 0) this.#parts.onRound();
      this.#schedule();
    });
    return this.#running;
  }

  /** Lets `job` put another person or server in place, while nothing is under way, and begins with that. */
  async change(job: () => Promise<void>): Promise<void> {
    await this.#alone(job);
    this.#failures = 0;
    this.#state = 'connecting';
    this.#parts.onChange();
    while (this.#running) await this.#running;
    await this.wake();
  }

  /** Signs out, and empties this device of everything that came from there or was to go there; then says so there. */
  async forget(): Promise<void> {
    const { auth, onWiped, onChange } = this.#parts;
    let tell: () => Promise<void> = () => Promise.resolve();
    const gone = this.#alone(async () => {
      tell = await auth.signOut();
    });
    this.#underWay.breakOff();
    await gone;
    this.#state = 'unset';
    onWiped();
    onChange();
    await tell();
  }

  /** One request outside the rounds. Throws `Trouble`, after noting what it says of the connection. */
  async use<T>(work: (api: Api) => Promise<T>): Promise<T> {
    const { replica, auth } = this.#parts;
    await replica.load();
    const { server, ended } = replica.meta;
    if (server === undefined) throw new Trouble('unset', 'not connected yet');
    if (ended || this.#closed > 0) throw new Trouble('signed-out', 'not signed in');
    const underWay = this.#underWay;
    const api = createApi(server, (refused) => underWay.wait(auth.token(refused)), underWay.fetch);
    const job = work(api);
    this.#uses.add(job);
    try {
      return await job;
    } catch (error) {
      this.#uses.delete(job);
      throw await this.#judge(error);
    } finally {
      this.#uses.delete(job);
    }
  }

  #shownState(): ConnectionState {
    const { server, ended } = this.#parts.replica.meta;
    if (server === undefined) return 'unset';
    if (ended) return ended.state === 'removed' ? 'removed' : 'signed-out';
    return this.locked ? 'locked' : this.#state;
  }

  /** Runs a job, after those before it, while no request is under way: one would go on with what it knew. */
  #alone(job: () => Promise<void>): Promise<void> {
    this.#closed += 1;
    const mine = this.#changing.then(async () => {
      try {
        await this.#parts.replica.load();
        while (this.#uses.size > 0) await Promise.allSettled(this.#uses);
        await job();
      } finally {
        this.#closed -= 1;
      }
    });
    this.#changing = mine.catch(() => undefined);
    return mine;
  }

  async #run(): Promise<void> {
    const { replica, now, onChange } = this.#parts;
    while (this.#again) {
      this.#again = false;
      try {
        await replica.load();
        const { server, ended } = replica.meta;
        if (server === undefined || ended || this.#closed > 0) return;
        if (await noteLock(replica, now())) onChange();
        await this.use((api) => round({ replica, api, now, changed: onChange }));
        this.#failures = 0;
        this.#set('online');
        if (now() - this.#toldAt >= TELL) this.#tell();
      } catch (error) {
        // Noted by `use`; the next round is on its way.
        if (!(error instanceof Trouble)) globalThis.reportError?.(error);
        return;
      }
    }
  }

  /** What a failure says of the connection. One that ends it is asked for its reason first, and obeyed. */
  async #judge(error: unknown): Promise<unknown> {
    if (!(error instanceof Trouble) || (error.code !== 'ended' && error.code !== 'removed')) {
      this.#fail(error);
      return error;
    }
    const { auth, replica, onWiped, onChange } = this.#parts;
    if (this.#closed > 0 || replica.meta.ended) return error;
    const { browserId } = replica.meta;
    const end = await auth.ask().catch((answer: unknown) => answer);
    if (!(end instanceof Trouble) || (end.code !== 'ended' && end.code !== 'removed')) {
      this.#fail(end);
      return end;
    }
    await this.#alone(async () => {
      // Signed in anew meanwhile: then it was about the browser that this one was before.
      if (replica.meta.browserId !== browserId) return;
      if (await auth.drop(endOf(end, replica.meta), browserId)) onWiped();
    });
    onChange();
    return end;
  }

  #fail(error: unknown): void {
    const code = error instanceof Trouble ? error.code : 'offline';
    if (this.#closed > 0 || REFUSED.includes(code)) return;
    this.#failures += 1;
    if (error instanceof Trouble) this.#notBefore = this.#parts.now() + error.retryAfter;
    const known = code === 'denied' || code === 'strange' || code === 'signed-out';
    this.#set(known ? code : 'offline');
  }

  #set(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = this.#parts.now();
    this.#parts.onChange();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { now, random, replica } = this.#parts;
    const { server, ended } = replica.meta;
    if (this.#screens === 0 || this.#running || server === undefined || ended) return;
    const wait = this.#failures > 0 ? backoff(this.#failures, random) : POLL - (now() % POLL);
    this.#timer = setTimeout(() => void this.wake(), Math.max(wait, this.#notBefore - now()));
  }
}
