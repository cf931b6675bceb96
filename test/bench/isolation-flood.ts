import { Agent, request } from 'node:http';

/** Asks without a pause, 200 at a time, until its input ends: `node isolation-flood.ts PORT TOKEN… `, with tags. */
const [port = '', body = '', ...tokens] = process.argv.slice(2);
const AT_ONCE = 200;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const seen: Record<string, number> = {};

function ask(n: number): Promise<void> {
  return new Promise((done) => {
    const headers = {
      authorization: `Bearer ${tokens[n % tokens.length]}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const asking = request({ agent, port, method: 'POST', path: '/v1/lookup', headers }, (answer) => {
      const status = String(answer.statusCode);
      seen[status] = (seen[status] ?? 0) + 1;
      answer.resume().on('end', done);
    });
    asking.on('error', () => done());
    asking.end(body);
  });
}

async function forEver(n: number): Promise<void> {
  for (;;) await ask(n);
}

for (let n = 0; n < AT_ONCE; n += 1) void forEver(n);
process.stdin
  .on('end', () => {
    console.log(JSON.stringify(seen));
    process.exit(0);
  })
  .resume();
