import type { ServerResponse } from 'node:http';
import { BEAT, bye, type Farewell, HELLO } from './encode.ts';

/** Of a stream, and of the same answer without one. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  // nginx holds answers back unless it is told not to.
  'x-accel-buffering': 'no',
};

/** Bytes that wait for a reader, and ms for which some may: who is slower is cut off, and comes again from its cursor. */
const UNSENT_MAX = 1024 * 1024;
const UNSENT_FOR = 30_000;

/** One open stream. The same bytes go to all, straight to Node's response: nothing else is held for a listener. */
export class Listener {
  readonly browserId: string;
  readonly #response: ServerResponse;
  #waitsSince: number | undefined;

  /** Begins the stream. @param onClose called once, when it is over for whatever reason */
  constructor(browserId: string, response: ServerResponse, onClose: (listener: Listener) => void) {
    this.browserId = browserId;
    this.#response = response;
    response.once('close', () => onClose(this));
    // What a socket says that is gone; without a listener it would end the process.
    response.on('error', () => {});
    // Nothing comes after a stream, so that the connection's end is its own.
    response.shouldKeepAlive = false;
    response.writeHead(200, STREAM_HEADERS);
    response.write(HELLO);
  }

  get closed(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  send(bytes: Buffer): void {
    if (this.closed) return;
    // What waits from before, that is: one event may be larger, and who reads takes it.
    if (this.#response.writableLength > UNSENT_MAX) this.cut();
    else this.#response.write(bytes);
  }

  /** Resolves when there is room for more, or never will be. */
  room(): Promise<void> {
    const response = this.#response;
    if (this.closed || !response.writableNeedDrain) return Promise.resolve();
    return new Promise((done) => {
      const over = () => {
        response.off('drain', over).off('close', over);
        done();
      };
      response.on('drain', over).on('close', over);
    });
  }

  /** A sign of life; who has not read for long is cut off. @param now ms of any clock that only goes forward */
  beat(now: number): void {
    if (this.#response.writableLength === 0) {
      this.#waitsSince = undefined;
      this.send(BEAT);
    } else if (this.#waitsSince === undefined) this.#waitsSince = now;
    else if (now - this.#waitsSince >= UNSENT_FOR) this.cut();
  }

  end(code?: Farewell): void {
    if (this.closed) return;
    // Whoever does not read would not let it end.
    if (this.#response.writableLength > 0) this.cut();
    else if (code === undefined) this.#response.end();
    else this.#response.end(bye(code));
  }

  cut(): void {
    this.#response.destroy();
  }
}
