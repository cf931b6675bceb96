import type { Replica } from '../replica/replica.ts';
import { Trouble } from '../trouble.ts';
import type { Connection, ConnectionState } from '../view.ts';
import { type Api, createApi } from './api.ts';
import { backoff } from './backoff.ts';
import { round } from './round.ts';

/** ms between two rounds while a screen is open; aligned, so that several browsers do not drift apart. */
const POLL = 2000;
/** ms after which screens are told again that nothing has changed. */
const TELL = 10_000;

export interface SyncParts {
  replica: Replica;
  /** The view may have changed. */
  onChange: () => void;
  /** A round has ended while a screen is open. */
  onRound?: () => void;
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
  #running: Promise<void> | undefined;
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
      ...parts,
    };
  }

  get connection(): Connection {
    const { server, workspace, me, inStepAt } = this.#parts.replica.meta;
    return {
      state: server === undefined ? 'unset' : this.#state,
      ...(server !== undefined && { server }),
      ...(workspace !== undefined && { workspace }),
      ...(me !== undefined && { me }),
      ...(inStepAt !== undefined && { inStepAt }),
    };
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

  /** Takes a new server or token, and answers how it went. */
  async connect(server: string, token: string): Promise<Connection> {
    const { replica, onChange } = this.#parts;
    await this.#rest();
    // Without version and key, the next round starts over; whose copy it is, it will see then.
    const { workspaceId, workspace, me, inStepAt } = replica.meta;
    await replica.write({
      meta: {
        server,
        token,
        ...(workspaceId !== undefined && { workspaceId }),
        ...(workspace !== undefined && { workspace }),
        ...(me !== undefined && { me }),
        ...(inStepAt !== undefined && { inStepAt }),
      },
    });
    this.#state = 'connecting';
    onChange();
    await this.wake();
    return this.connection;
  }

  /** Forgets server, token and everything that came from there. What waits in the outbox stays. */
  async forget(): Promise<void> {
    await this.#rest();
    await this.#parts.replica.write({ clear: true });
    this.#state = 'unset';
    this.#parts.onChange();
  }

  /** One request outside the rounds. Throws `Trouble`, after noting what it says of the connection. */
  async use<T>(work: (api: Api) => Promise<T>): Promise<T> {
    const { replica, fetch } = this.#parts;
    await replica.load();
    const { server, token } = replica.meta;
    if (server === undefined || token === undefined) {
      throw new Trouble('unset', 'not connected yet');
    }
    try {
      return await work(createApi(server, token, fetch));
    } catch (error) {
      if (server === replica.meta.server && token === replica.meta.token) this.#fail(error);
      throw error;
    }
  }

  /** Waits until no round is under way: it would go on with what it knew of the connection. */
  async #rest(): Promise<void> {
    await this.#parts.replica.load();
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    const { replica, now, onChange } = this.#parts;
    while (this.#again) {
      this.#again = false;
      try {
        await replica.load();
        if (replica.meta.server === undefined) {
          this.#set('unset');
          return;
        }
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

  #fail(error: unknown): void {
    const code = error instanceof Trouble ? error.code : 'offline';
    if (code === 'invalid') return;
    this.#failures += 1;
    this.#set(code === 'denied' || code === 'strange' ? code : 'offline');
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
    if (this.#screens === 0 || this.#running || this.#state === 'unset') return;
    const { now, random } = this.#parts;
    const wait = this.#failures > 0 ? backoff(this.#failures, random) : POLL - (now() % POLL);
    this.#timer = setTimeout(() => void this.wake(), wait);
  }
}
