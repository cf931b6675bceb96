import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { CONTACT_THREADS } from './mailbox/mails/contacts.ts';
import { STRANGER_THREADS } from './mailbox/mails/strangers.ts';
import type { Thread } from './mailbox/types.ts';
import { TEAM } from './team.ts';

export interface Mailbox {
  /** `http://127.0.0.1:<port>/`; a thread is at `#<id>`. */
  url: string;
  close(): Promise<void>;
}

/** All threads, the newest first. */
export const THREADS: Thread[] = [...CONTACT_THREADS, ...STRANGER_THREADS].sort(
  (a, b) => newest(a) - newest(b),
);

function newest(thread: Thread): number {
  return Math.min(...thread.mails.map((mail) => mail.ago));
}

/** Whose mailbox it is: the sample's first member. */
export const ACCOUNT = { name: TEAM.raj.name, address: TEAM.raj.email };

const FILES = [
  ['/', 'page.html', 'text/html; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
] as const;

/**
 * A web mail page to try Truce on: an ordinary page that knows nothing of it. On loopback only.
 * @param port 0 for a free one
 */
export async function serveMailbox(port: number): Promise<Mailbox> {
  const app = new Hono();
  for (const [path, file, type] of FILES) {
    const body = await readFile(new URL(`mailbox/${file}`, import.meta.url), 'utf8');
    app.get(path, (context) =>
      context.body(body, 200, { 'content-type': type, 'cache-control': 'no-store' }),
    );
  }
  app.get('/mails.json', (context) => context.json({ account: ACCOUNT, threads: THREADS }));
  return new Promise((listening, fail) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port: taken }) =>
      listening({
        url: `http://127.0.0.1:${taken}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.once('error', fail);
  });
}
