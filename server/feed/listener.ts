import type { ServerResponse } from 'node:http';
import { BEAT, bye, type Farewell, HELLO, type Piece } from './encode.ts';

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

/** One open stream. The same bytes go to all, straight to Node's socket: nothing else is held for a listener. */
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

  /** Bytes that wait for the reader. */
  get #unsent(): number {
    return (this.#response.socket ?? this.#response).writableLength;
  }

  send({ bytes, chunk }: Piece): void {
    if (this.closed) return;
    const { socket, chunkedEncoding } = this.#response;
    // What waits from before, that is: one event may be larger, and who reads takes it.
    if (this.#unsent > UNSENT_MAX) this.cut();
    // Node would make a chunk of four writes for each. A client of HTTP/1.0, as many proxies are, knows no chunks.
    else if (socket && chunkedEncoding) socket.write(chunk);
    else this.#response.write(bytes);
  }

  /** Resolves when there is room for more, or never will be. */
  room(): Promise<void> {
    const out = this.#response.socket ?? this.#response;
    if (this.closed || !out.writableNeedDrain) return Promise.resolve();
    return new Promise((done) => {
      const over = () => {
        out.off('drain', over);
        this.#response.off('close', over);
        done();
      };
      out.on('drain', over);
      this.#response.on('close', over);
    });
  }

  /** A sign of life; who has not read for long is cut off. @param now ms of any clock that only goes forward */
  beat(now: number): void {
    if (this.#unsent === 0) {
      this.#waitsSince = undefined;
      this.send(BEAT);
    } else if (this.#waitsSince === undefined) this.#waitsSince = now;
    else if (now - this.#waitsSince >= UNSENT_FOR) this.cut();
  }

  end(code?: Farewell): void {
    if (this.closed) return;
    // Whoever does not read would not let it end.
    if (this.#unsent > 0) this.cut();
    else if (code === undefined) this.#response.end();
    else this.#response.end(bye(code));
  }

  cut(): void {
    this.#response.destroy();
  }
}
