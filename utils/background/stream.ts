import type { Auth } from '../auth/auth.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type StreamHandlers = Pick<Handlers, 'stream.open' | 'stream.hear' | 'stream.end'>;

interface Parts {
  replica: Pick<Replica, 'load' | 'meta'>;
  auth: Pick<Auth, 'token'>;
  sync: Pick<Sync, 'use' | 'wake' | 'hear'>;
}

/** The stream of changes that a screen holds. */
export function streamHandlers({ replica, auth, sync }: Parts): StreamHandlers {
  /** What a stream says counts for the sign-in that it was opened for, and no other. */
  async function check(of: string): Promise<void> {
    await replica.load();
    if (of !== replica.meta.browserId) throw new Trouble('signed-out', 'of another sign-in');
  }
  return {
    async 'stream.open'({ refused }) {
      await replica.load();
      // A new copy has no place in the feed yet.
      if (replica.meta.version === undefined) await sync.wake();
      return sync.use(async () => {
        const token = await auth.token(refused);
        const { server, version, browserId } = replica.meta;
        if (server === undefined || version === undefined || browserId === undefined) {
          throw new Trouble('offline', 'not in step yet');
        }
        return { server, token, since: version, of: browserId };
      });
    },
    async 'stream.hear'({ of, ...told }) {
      await check(of);
      void sync.hear(told);
      return undefined;
    },
    /** It is asked of the server, as when a request is refused so, and obeyed at once. */
    async 'stream.end'({ of, code }) {
      await check(of);
      await sync.use(() => Promise.reject(new Trouble(code, 'so says the stream'))).catch(() => undefined);
      return undefined;
    },
  };
}
