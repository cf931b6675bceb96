import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuid } from 'uuid';
import { bytesOf } from '../../utils/replica/tags/tag-bytes.ts';
import { seeded } from '../series.ts';

const KEY = Buffer.alloc(32, 'k');
const KNOWN = 20_000;
/** Changes of each delta: half of them come, half go. */
const DELTA = 1000;

export interface TagsServer {
  url: string;
  /** The next keys, `known` of them in the set, that nobody has asked for yet. */
  keys(count: number, known: number): string[];
  close(): void;
}

/** Serves a set of so many tags in the server's own form, and a delta of 1,000 each time one is asked for. */
export async function serveTags(count: number): Promise<TagsServer> {
  const random = seeded(count);
  const aTag = () => Math.floor(random() * 2 ** 16) * 2 ** 32 + Math.floor(random() * 2 ** 32);
  const tagOf = (key: string) => createHmac('sha256', KEY).update(key).digest().readUIntBE(0, 6);
  const all = Float64Array.from({ length: count }, (_, n) => (n < KNOWN ? tagOf(known(n)) : aTag()));
  const bytes = Buffer.from(bytesOf(all.sort().filter((tag, n) => n === 0 || tag !== all[n - 1])));
  let version = 1;

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    if (pathname === '/v1/session') {
      const session = { workspace: { id: uuid(), name: 'Bench' }, me: uuid(), version };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...session, tagKey: KEY.toString('base64'), tagKeyNo: 1 }));
    } else if (pathname === '/v1/tags') {
      version += 1;
      const isDelta = searchParams.has('since');
      const added = Float64Array.from({ length: DELTA / 2 }, aTag).sort();
      const removed = Float64Array.from({ length: DELTA / 2 }, aTag).sort();
      const body = isDelta ? Buffer.concat([bytesOf(added), bytesOf(removed)]) : bytes;
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'truce-version': version,
        'truce-tags': isDelta ? 'delta' : 'whole',
        'truce-count': body.length / 6,
        ...(isDelta && { 'truce-added': DELTA / 2 }),
      });
      response.end(body);
    } else {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Bench</title><p>Nobody here');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let nextKnown = 0;
  let nextStranger = 0;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: (wanted, inSet) =>
      Array.from({ length: wanted }, (_, n) =>
        n < inSet ? known(nextKnown++ % KNOWN) : `email:stranger${nextStranger++}@elsewhere.example`,
      ),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const known = (n: number) => `email:person${n}@acme.example`;
