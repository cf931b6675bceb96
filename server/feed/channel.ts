import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangesAnswer } from '../../utils/contract/change.ts';
import { changesEvent, type Farewell, type Piece } from './encode.ts';
import type { Listener } from './listener.ts';

export interface ChannelParts {
  /** A page of the feed. `live`: for all who listen, rather than for one who joins. */
  read(since: number, live: boolean): Promise<ChangesAnswer>;
  /** Those of these browsers that are not let in any more. */
  gone(browserIds: string[]): Promise<{ id: string; code: Farewell }[]>;
  onError(error: unknown): void;
  /** ms without a read that succeeded, after which nobody is told any longer that they are in step. */
  giveUp: number;
}

/** All changes in (since, version] as one event. */
interface Event {
  since: number;
  version: number;
  piece: Piece;
}

interface Page extends Event {
  /** Whether it says anything. */
  isNew: boolean;
  more: boolean;
}

/** What was sent last is kept, so many events and bytes of it: who comes back soon costs no read. */
const RECENT_MAX = 100;
const RECENT_BYTES = 64 * 1024;
/** ms after which a read that failed is tried again. */
const AGAIN = 1000;
/** ms in which those who join are gathered, to be looked at once more. */
const GATHER = 1000;
/** ms: after events were sent it rests as long as that took, so that a flood of changes leaves half of the processor. */
const REST_MAX = 500;

/** The feed of one workspace in this process: one read and one encoding for all who listen. */
export class Channel {
  readonly #parts: ChannelParts;
  /** Every stream, by browser, oldest first; also those that are still catching up. */
  readonly #streams = new Map<string, Listener[]>();
  #size = 0;
  /** Those who have all that was read, and get what comes. */
  readonly #live = new Set<Listener>();
  readonly #pages = new Map<number, Promise<Page>>();
  /** How far it was read; undefined before the first listener has caught up. */
  #version: number | undefined;
  #recent: Event[] = [];
  #running: Promise<void> | undefined;
  #again = false;
  /** Since when no read succeeds, of a clock that nobody can set. */
  #failingSince: number | undefined;
  /** Browsers that have joined, until it is certain that they may: their standing may have been up to 30 s old. */
  readonly #joined = new Set<string>();

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  get empty(): boolean {
    return this.#streams.size === 0;
  }

  get size(): number {
    return this.#size;
  }

  streams(): Listener[] {
    return [...this.#streams.values()].flat();
  }

  /** @returns the browser's streams, oldest first */
  streamsOf(browserId: string): readonly Listener[] {
    return this.#streams.get(browserId) ?? [];
  }

  leave(listener: Listener): void {
    this.#live.delete(listener);
    this.#size -= 1;
    const left = this.streamsOf(listener.browserId).filter((other) => other !== listener);
    if (left.length > 0) this.#streams.set(listener.browserId, left);
    else this.#streams.delete(listener.browserId);
  }

  /**
   * Sends what happened after `since`, page by page, and then what happens. From the look at how far the channel
   * has read to becoming live nothing is awaited, so that there is no gap between the two.
   */
  async join(listener: Listener, since: number): Promise<void> {
    this.#streams.set(listener.browserId, [...this.streamsOf(listener.browserId), listener]);
    this.#size += 1;
    if (this.#joined.size === 0) setTimeout(() => void this.#checkJoined(), GATHER).unref();
    this.#joined.add(listener.browserId);
    try {
      for (let at = since; !listener.closed; ) {
        const missed = this.#sentSince(at);
        if (missed) {
          for (const sent of missed) listener.send(sent.piece);
          this.#live.add(listener);
          return;
        }
        const page = await this.#page(at);
        if (listener.closed) return;
        if (page.isNew) listener.send(page.piece);
        at = page.version;
        if (!page.more && (this.#version ?? 0) <= at) {
          this.#version ??= at;
          this.#live.add(listener);
          // What was told of meanwhile could not be read yet.
          void this.pull();
          return;
        }
        // Nothing new, although more was read here: the database has gone back to another life.
        if (!page.isNew && !page.more) await this.pull();
        await listener.room();
      }
    } catch (error) {
      this.#parts.onError(error);
      // It comes again from its cursor.
      listener.end();
    }
  }

  /** A transaction was committed as this version. */
  tell(version: number): void {
    if (this.#version === undefined || version > this.#version) void this.pull();
  }

  /** Reads what is new and sends it to all. Resolves when all that was there at the call was read, or could not be. */
  pull(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Sends those away who are not let in any more. */
  check(): Promise<void> {
    return this.#sendAway([...this.#streams.keys()]);
  }

  #checkJoined(): Promise<void> {
    const joined = [...this.#joined];
    this.#joined.clear();
    return this.#sendAway(joined);
  }

  async #sendAway(browserIds: string[]): Promise<void> {
    try {
      for (const { id, code } of await this.#parts.gone(browserIds)) {
        for (const listener of this.streamsOf(id)) listener.end(code);
      }
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  async #run(): Promise<void> {
    while (this.#again && !this.empty) {
      this.#again = false;
      try {
        await this.#readOn();
        this.#failingSince = undefined;
      } catch (error) {
        this.#parts.onError(error);
        this.#failingSince ??= performance.now();
        // They poll, and are told the truth by that.
        if (performance.now() - this.#failingSince > this.#parts.giveUp)
          for (const one of this.streams()) one.end();
        await sleep(AGAIN, undefined, { ref: false });
        this.#again = true;
      }
    }
  }

  async #readOn(): Promise<void> {
    for (let more = true; more && this.#version !== undefined; ) {
      const since = this.#version;
      const page = await this.#parts.read(since, true);
      more = page.more;
      if (page.version === since && !page.reset) return;
      const event = { since, version: page.version, piece: changesEvent(since, page) };
      this.#version = page.version;
      this.#keep(event, page.reset === true);
      const began = performance.now();
      for (const listener of this.#live) listener.send(event.piece);
      const took = performance.now() - began;
      if (page.changes.some(({ kind }) => kind === 'member')) void this.check();
      if (took > 1) await sleep(Math.min(took, REST_MAX), undefined, { ref: false });
    }
  }

  #keep(event: Event, isReset: boolean): void {
    if (isReset) this.#recent = [];
    else this.#recent.push(event);
    let bytes = this.#recent.reduce((sum, kept) => sum + kept.piece.chunk.length, 0);
    while (this.#recent.length > RECENT_MAX || bytes > RECENT_BYTES) {
      bytes -= this.#recent.shift()?.piece.chunk.length ?? 0;
    }
  }

  /** The events after `since` where they are all still here. */
  #sentSince(since: number): Event[] | undefined {
    if (this.#version === undefined || since > this.#version) return undefined;
    if (since === this.#version) return [];
    const first = this.#recent[0];
    if (!first || since < first.since) return undefined;
    return this.#recent.filter(({ version }) => version > since);
  }

  /** Those who join at the same version share a read. */
  #page(since: number): Promise<Page> {
    const under = this.#pages.get(since) ?? this.#readPage(since);
    this.#pages.set(since, under);
    return under;
  }

  async #readPage(since: number): Promise<Page> {
    try {
      const page = await this.#parts.read(since, false);
      const isNew = page.version !== since || page.reset === true;
      return { since, version: page.version, piece: changesEvent(since, page), isNew, more: page.more };
    } finally {
      this.#pages.delete(since);
    }
  }
}
