import { connect, type Socket } from 'node:net';

/*
 * Listens as many browsers do, and says when each event came: `node feed-listeners.ts PORT SINCE`, one token a line
 * on its input. Plain sockets and a search for `id: `, so that it takes little of the machine that it measures.
 */

const [port = '', since = '0'] = process.argv.slice(2);
const AT_ONCE = 50;
const now = () => performance.timeOrigin + performance.now();

const arrived = new Map<number, number[]>();
let count = 0;

function note(text: string, at: number): void {
  for (const [, id] of text.matchAll(/\nid: (\d+)\n/g)) {
    const version = Number(id);
    const times = arrived.get(version) ?? [];
    arrived.set(version, times);
    times.push(at);
    if (times.length < count) continue;
    arrived.delete(version);
    console.log(JSON.stringify({ version, times }));
  }
}

function open(token: string): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `GET /v1/stream?since=${since} HTTP/1.1\r\nHost: truce.bench\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      );
    });
    let begun = false;
    socket.setEncoding('latin1').on('data', (text) => {
      note(String(text), now());
      if (begun) return;
      begun = String(text).includes('event: hello');
      if (begun) done(socket);
      else fail(new Error(`[bench] ${String(text).slice(0, 200)}`));
    });
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('[bench] a stream ended')));
  });
}

let input = '';
for await (const chunk of process.stdin) {
  input += String(chunk);
  if (input.endsWith('\n\n')) break;
}
const tokens = input.trim().split('\n');
count = tokens.length;
for (let from = 0; from < tokens.length; from += AT_ONCE) {
  await Promise.all(tokens.slice(from, from + AT_ONCE).map(open));
}
console.log(JSON.stringify({ open: count }));
