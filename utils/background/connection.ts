import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type Connections = Pick<Handlers, 'connection.set' | 'connection.forget'>;

export function connectionHandlers(sync: Sync): Connections {
  return {
    'connection.set': async ({ server, token }) => sync.connect(serverOf(server), tokenOf(token)),
    async 'connection.forget'() {
      await sync.forget();
      return undefined;
    },
  };
}

/** Where the extension's policy lets it go without TLS (`connect-src`). */
const HERE = /^(localhost|127\.0\.0\.1)$/;

/** Base address without a slash at its end. Throws `Trouble` when it is none. */
export function serverOf(typed: string): string {
  const text = typed.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new Trouble('address', 'no web address');
  }
  if (url.protocol === 'http:' && !HERE.test(url.hostname)) {
    throw new Trouble('plain', 'not without TLS');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function tokenOf(typed: string): string {
  const token = typed.trim();
  // Anything else can't travel in a header.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Trouble('token', 'no token');
  }
  return token;
}
