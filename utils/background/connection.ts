import type { SignIn } from '../auth/sign-in.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type Connections = Pick<Handlers, 'sign-in.start' | 'sign-in.stop' | 'connection.forget'>;

/** `preset`: the server that this browser's administrator has set. */
export function connectionHandlers(
  sync: Pick<Sync, 'forget'>,
  signIn: Pick<SignIn, 'start' | 'stop'>,
  preset: () => Promise<string | undefined>,
): Connections {
  return {
    async 'sign-in.start'({ server: typed, ...rest }) {
      const server = serverOf(typed);
      const set = await preset();
      if (set !== undefined && set !== server) throw new Trouble('preset', 'not the server that is set');
      void signIn.start({ server, ...rest });
      return undefined;
    },
    async 'sign-in.stop'() {
      await signIn.stop();
      return undefined;
    },
    async 'connection.forget'() {
      await signIn.stop();
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
