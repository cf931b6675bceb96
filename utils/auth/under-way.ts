import { Trouble } from '../trouble.ts';

/** What is under way with a server, to be broken off when its person leaves: then nobody waits for its answer. */
export class UnderWay {
  #stop = new AbortController();
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const signals = [this.#stop.signal, init?.signal].filter((signal) => signal instanceof AbortSignal);
    return this.#fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };

  /** Rejects with `Trouble` (`offline`) when it is broken off first; the work itself goes on. */
  wait<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#stop;
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
  }

  /** What begins after this is another matter. */
  breakOff(): void {
    this.#stop.abort(new Trouble('offline', 'broken off'));
    this.#stop = new AbortController();
  }
}
