import type { Auth } from '../auth/auth.ts';
import { endOf } from '../auth/standing.ts';
import { UnderWay } from '../auth/under-way.ts';
import type { Replica } from '../replica/replica.ts';
import { REFUSED, Trouble } from '../trouble.ts';
import type { Connection, ConnectionState } from '../view.ts';
import { type Api, createApi } from './api.ts';
import { connectionOf } from './connection.ts';
import { followLive, type LiveChanges } from './follow.ts';
import { inStepSince, type Mark } from './in-step.ts';
import { isLocked, noteLock } from './lock.ts';
import { sendable } from './outbox.ts';
import { Pace } from './pace.ts';
import { noteInStep, round } from './round.ts';
import { Rounds } from './rounds.ts';
import type { Run } from './run.ts';
import { Uses } from './uses.ts';

/** ms after which screens are told again that nothing has changed. */
const TELL = 10_000;

export interface SyncParts {
  replica: Replica;
  auth: Pick<Auth, 'token' | 'ask' | 'drop' | 'signOut'>;
  /** The view may have changed. */
  onChange: () => void;
  /** Every 2 s while a screen is open. */
  onTick?: () => void;
  /** The copy was wiped: what lies elsewhere goes too. */
  onWiped?: () => void;
  /** Somebody else, or nobody, is signed in from now on. */
  onPerson?: () => void;
  fetch?: typeof globalThis.fetch;
  /** ms since epoch, as the computer's clock has it: it may be wrong, and be set. */
  now?: () => number;
  /** ms of a clock that nobody can set. */
  steady?: () => number;
  random?: () => number;
}

/** Keeps the copy in step: by what is told of changes, every 2 s while a screen is open, otherwise when woken. */
export class Sync {
  readonly #parts: Required<SyncParts>;
  #state: ConnectionState = 'connecting';
  readonly #pace: Pace;
  readonly #rounds: Rounds;
  readonly #uses = new Uses();
  readonly #underWay: UnderWay;
  #mark: Mark | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(parts: SyncParts) {
    this.#parts = {
      // Looked up at each call, so that it is the one of the moment.
      fetch: (...input) => globalThis.fetch(...input),
      now: Date.now,
      steady: () => performance.now(),
      random: Math.random,
      onTick: () => undefined,
      onWiped: () => undefined,
      onPerson: () => undefined,
      ...parts,
    };
    this.#underWay = new UnderWay(this.#parts.fetch);
    this.#pace = new Pace(this.#parts);
    this.#rounds = new Rounds({
      pace: this.#pace,
      ready: () => this.#ready(),
      round: () => this.#bring((run) => round(run, () => this.#stamp()).then(() => this.#online())),
      apply: (told) => this.#bring((run) => followLive(run, told)),
      inStep: () => this.#bring(() => this.#inStep()),
      need: () => this.#need(),
      onTick: () => this.#parts.onTick(),
    });
  }

  get connection(): Connection {
    const { now, steady, replica } = this.#parts;
    const inStepAt = inStepSince(replica.meta, this.#mark, now(), steady());
    return connectionOf(replica.meta, this.locked ? 'locked' : this.#state, inStepAt);
  }

  /** Nothing of the copy may be shown until its server has been met. */
  get locked(): boolean {
    return isLocked(this.#parts.replica.meta, this.#parts.now());
  }

  /** Polls while there are any. */
  setScreens(count: number): void {
    this.#rounds.setScreens(count);
  }

  /** Whether changes are told from now on: then nothing is asked for that they say. */
  setLive(live: boolean): void {
    this.#rounds.setLive(live);
  }

  /** The server was heard while changes are told: there were none that have not come. */
  beat(): void {
    if (this.#rounds.current) void this.#bring(() => this.#inStep()).catch(() => undefined);
  }

  /** Takes what a stream tells, to be applied between two rounds; what it leaves out is read in one. */
  hear(told: LiveChanges): Promise<void> {
    return this.#rounds.hear(told);
  }

  /** Starts a round now, or one more after the one that runs. Resolves when it is over, in step or not. */
  wake(): Promise<void> {
    return this.#rounds.wake();
  }

  /** Lets `job` put another person or server in place, while nothing is under way, and begins with that. */
  async change(job: () => Promise<void>): Promise<void> {
    await this.#alone(job);
    this.#pace.failures = 0;
    this.#state = 'connecting';
    this.#parts.onChange();
    this.#parts.onPerson();
    while (this.#rounds.running) await this.#rounds.running;
    await this.wake();
  }

  /** Signs out, and empties this device of everything that came from there or was to go there; then says so there. */
  async forget(): Promise<void> {
    const { auth, onWiped, onPerson, onChange } = this.#parts;
    let tell: () => Promise<void> = () => Promise.resolve();
    const gone = this.#alone(async () => {
      tell = await auth.signOut();
    });
    this.#underWay.breakOff();
    await gone;
    this.#state = 'unset';
    onWiped();
    onPerson();
    onChange();
    await tell();
  }

  /** One request outside the rounds. Throws `Trouble`, after noting what it says of the connection. */
  async use<T>(work: (api: Api) => Promise<T>): Promise<T> {
    const { replica, auth, now } = this.#parts;
    await replica.load();
    const { server, ended } = replica.meta;
    if (server === undefined) throw new Trouble('unset', 'not connected yet');
    if (ended || this.#uses.closed) throw new Trouble('signed-out', 'not signed in');
    const underWay = this.#underWay;
    const api = createApi(server, (refused) => underWay.wait(auth.token(refused)), underWay.fetch, now);
    try {
      return await this.#uses.run(work(api));
    } catch (error) {
      throw await this.#judge(error);
    }
  }

  /** Runs a job while no request is under way. */
  #alone(job: () => Promise<void>): Promise<void> {
    return this.#uses.alone(async () => {
      await this.#parts.replica.load();
      await job();
    });
  }

  async #ready(): Promise<boolean> {
    const { replica, now, onChange } = this.#parts;
    await replica.load();
    if (this.#need() === 'rest' || this.#uses.closed) return false;
    if (await noteLock(replica, now())) onChange();
    return true;
  }

  #need(): 'rest' | 'want' | 'nothing' {
    const { server, ended, tagsStale, tagKeyStale } = this.#parts.replica.meta;
    if (server === undefined || ended) return 'rest';
    const wants = tagsStale || tagKeyStale || sendable(this.#parts.replica).length > 0;
    return wants ? 'want' : 'nothing';
  }

  #bring<T>(job: (run: Run) => Promise<T>): Promise<T> {
    const { replica, now, onChange, onTick } = this.#parts;
    return this.use((api) => job({ replica, api, now, changed: onChange, alive: onTick }));
  }

  async #inStep(): Promise<void> {
    await this.#stamp();
    this.#online();
  }

  /** The copy is in step now. */
  async #stamp(): Promise<void> {
    const { locked } = this;
    this.#mark = { at: this.#parts.now(), steady: this.#parts.steady() };
    await noteInStep(this.#parts.replica, this.#mark.at);
    if (locked) this.#tell();
  }

  #online(): void {
    if (this.#state !== 'online') this.#set('online');
    else if (this.#parts.steady() - this.#toldAt >= TELL) this.#tell();
  }

  /** What a failure says of the connection. One that ends it is asked for its reason first, and obeyed. */
  async #judge(error: unknown): Promise<unknown> {
    if (!(error instanceof Trouble) || (error.code !== 'ended' && error.code !== 'removed')) {
      this.#fail(error);
      return error;
    }
    const { auth, replica, onWiped, onPerson, onChange } = this.#parts;
    if (this.#uses.closed || replica.meta.ended) return error;
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
    onPerson();
    onChange();
    return end;
  }

  #fail(error: unknown): void {
    const { code, retryAfter } =
      error instanceof Trouble ? error : { code: 'offline' as const, retryAfter: 0 };
    if (this.#uses.closed || REFUSED.includes(code)) return;
    this.#pace.failed(retryAfter);
    const known = code === 'denied' || code === 'strange' || code === 'signed-out';
    this.#set(known ? code : 'offline');
  }

  #set(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = this.#parts.steady();
    this.#parts.onChange();
  }
}
