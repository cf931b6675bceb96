import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Rest } from '../../utils/stream/rest.ts';

/*
 * Listens as many browsers do, and says when each event came: `node feed-listeners.ts PORT SINCE [again]`, one token
 * a line on its input. Plain sockets that read into one buffer, and a search for `id: `, so that it takes little of
 * the machine that it measures. With `again` a stream that ends is begun anew from its cursor, after the rests that a
 * browser takes.
 */

/** ms that a browser waits for a stream to begin. */
const PATIENCE = 5000;
const AT_ONCE = 50;

/** What this program says, a line of JSON each: versions as all have them, and that all are connected. */
export type Said =
  | { version: number; times: number[] }
  | { open: number; busy: number; held: number; cut: number; failed: string[] };

const now = () => performance.timeOrigin + performance.now();
const say = (said: Said) => console.log(JSON.stringify(said));

const [port = '', begin = '0', again] = import.meta.main ? process.argv.slice(2) : [];
const buffer = Buffer.alloc(64 * 1024);
const arrived = new Map<number, number[]>();
let [count, open, busy, held, cut] = [0, 0, 0, 0, 0];
let failed: string[] = [];

function note(version: number): void {
  const times = arrived.get(version) ?? [];
  arrived.set(version, times);
  times.push(now());
  if (times.length < count) return;
  arrived.delete(version);
  say({ version, times });
}

type End = Parameters<Rest['after']>[0];

class Browser {
  readonly #token: string;
  readonly #rest = new Rest(Math.random);
  #since = begin;
  #left = '';

  constructor(token: string) {
    this.#token = token;
  }

  /** Listens for as long as the program runs. @param onOpen called at each beginning */
  async listen(onOpen: () => void): Promise<void> {
    for (;;) {
      let openAt = 0;
      const end = await this.#stream(() => {
        openAt = now();
        open += 1;
        onOpen();
      });
      if (openAt > 0) open -= 1;
      if (end.why === 'busy') busy += 1;
      if (end.why === 'held') held += 1;
      if (again === undefined) throw new Error(`[bench] a stream ended: ${end.why} ${failed.join()}`);
      await sleep(this.#rest.after(end, openAt > 0 ? now() - openAt : 0));
    }
  }

  #stream(onOpen: () => void): Promise<End> {
    return new Promise((over) => {
      let begun = false;
      let [connected, isHeld] = [false, false];
      this.#left = '';
      const socket = connect({
        port: Number(port),
        host: '127.0.0.1',
        onread: {
          buffer,
          callback: (bytes) => {
            const text = buffer.toString('latin1', 0, bytes);
            if (!begun && !text.includes('event: hello')) {
              over(refusal(text));
              return false;
            }
            this.#hear(text);
            if (!begun) onOpen();
            begun = true;
            clearTimeout(patience);
            return true;
          },
        },
      });
      const patience = setTimeout(() => {
        isHeld = true;
        socket.destroy();
      }, PATIENCE);
      socket.on('connect', () => {
        connected = true;
        socket.write(
          `GET /v1/stream?since=${this.#since} HTTP/1.1\r\nHost: truce.bench\r\nAuthorization: Bearer ${this.#token}\r\n\r\n`,
        );
      });
      socket.on('end', () => socket.destroy());
      socket.on('error', () => {});
      socket.on('close', () => {
        clearTimeout(patience);
        if (connected && !begun && !isHeld) cut += 1;
        over({ why: begun ? 'cut' : isHeld ? 'held' : 'unreached' });
      });
    });
  }

  /** Takes whole events; what follows the last one waits for its rest. */
  #hear(text: string): void {
    const all = this.#left + text;
    const end = all.lastIndexOf('\n\n');
    this.#left = all.slice(end + 2);
    for (const [, id = ''] of all.slice(0, Math.max(0, end)).matchAll(/\nid: (\d+)\n/g)) {
      this.#since = id;
      note(Number(id));
    }
  }
}

function refusal(text: string): End {
  const status = text.slice(9, 12);
  const seconds = Number(/^retry-after: (\d+)/im.exec(text)?.[1] ?? 0);
  if (status === '429' || status === '503') return { why: 'busy', retryAfter: seconds * 1000 };
  failed.push(status);
  return { why: 'refused', code: undefined };
}

if (import.meta.main) {
  let input = '';
  for await (const chunk of process.stdin) {
    input += String(chunk);
    if (input.endsWith('\n\n')) break;
  }
  const tokens = input.trim().split('\n');
  count = tokens.length;
  const onOpen = () => {
    if (open < count) return;
    say({ open, busy, held, cut, failed });
    [busy, held, cut, failed] = [0, 0, 0, []];
  };
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(
      tokens
        .slice(from, from + AT_ONCE)
        .map(
          (token) =>
            new Promise<void>((begun, fail) =>
              new Browser(token).listen(() => [begun(), onOpen()]).catch(fail),
            ),
        ),
    );
  }
}
