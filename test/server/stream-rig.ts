import { get, type IncomingMessage } from 'node:http';
import { serve } from '@hono/node-server';
import pino from 'pino';
import { createApp } from '../../server/app.ts';
import { DEFAULT_FEED, type FeedSettings, startFeed } from '../../server/feed/feed.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { Change } from '../../utils/contract/change.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { openTestAccounts, wideWalls } from './team.ts';

export interface Heard {
  event: string;
  id?: string;
  data: { since: number; version: number; changes: Change[]; reset?: boolean; code?: string };
}

export interface Stream {
  status: number;
  headers: IncomingMessage['headers'];
  /** All that was heard so far, without heartbeats. */
  heard: Heard[];
  /** Waits for an event that this holds for, also among those that were heard. */
  find(isIt: (heard: Heard) => boolean): Promise<Heard>;
  /** Waits until everything up to this version was heard. */
  reached(version: number): Promise<void>;
  /** How it ended: in order, or cut off. */
  over: Promise<'end' | 'cut'>;
  pause(): void;
  resume(): void;
  leave(): void;
}

/** Opens a stream as a browser does, over a connection of its own. */
export function openStream(url: string, token: string, since: number): Promise<Stream> {
  return new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${token}` };
    const asking = get(`${url}${PATHS.stream}?since=${since}`, { headers, agent: false }, (answer) => {
      const heard: Heard[] = [];
      const waiting = new Set<() => void>();
      let text = '';
      let isOver: 'end' | 'cut' | undefined;
      const wake = () => {
        for (const look of waiting) look();
      };
      const over = new Promise<'end' | 'cut'>((ended) => {
        answer.on('end', () => ended('end'));
        answer.on('error', () => ended('cut'));
        answer.on('close', () => ended(answer.complete ? 'end' : 'cut'));
      });
      void over.then((how) => {
        isOver = how;
        wake();
      });
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
          const [event, id] = [field('event'), field('id')];
          if (event === undefined) continue;
          heard.push({ event, ...(id !== undefined && { id }), data: JSON.parse(field('data') ?? 'null') });
        }
        wake();
      });
      const until = <T>(look: () => T | undefined) =>
        new Promise<T>((found, lost) => {
          const again = () => {
            const it = look();
            if (it === undefined && isOver === undefined) return;
            waiting.delete(again);
            if (it === undefined) lost(new Error(`the stream is over (${isOver}), and it did not come`));
            else found(it);
          };
          waiting.add(again);
          again();
        });
      done({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        heard,
        over,
        find: (isIt) => until(() => heard.find(isIt)),
        reached: async (version) => {
          await until(() =>
            heard.some(({ event, data }) => event === 'changes' && data.version >= version)
              ? true
              : undefined,
          );
        },
        pause: () => answer.pause(),
        resume: () => answer.resume(),
        leave: () => asking.destroy(),
      });
    });
    asking.on('error', fail);
  });
}

export interface Server {
  url: string;
  /** Lines of its log. */
  lines: Record<string, unknown>[];
  feed: ReturnType<typeof startFeed>;
  stop(): Promise<void>;
}

/** A server of its own on this database: pool, LISTEN connection, socket. */
export async function startOne(databaseUrl: string, settings: Partial<FeedSettings> = {}): Promise<Server> {
  const db = openDatabase(databaseUrl);
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info', base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const accounts = await openTestAccounts(db);
  const feed = startFeed({ db, log }, { ...DEFAULT_FEED, ...settings });
  const app = createApp({ db, accounts, feed, log, clock: () => new Date() }, wideWalls());
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    feed,
    async stop() {
      await feed.stop();
      await new Promise((closed) => server.close(closed));
      await db.close();
    },
  };
}

/** Versions of the records that events told of, the last one of each; fails when there is a gap between them. */
export function gathered(
  heard: readonly Heard[],
  since: number,
): { version: number; last: Map<string, number> } {
  const last = new Map<string, number>();
  let version = since;
  for (const { event, id, data } of heard) {
    if (event !== 'changes') continue;
    if (data.since > version) throw new Error(`nothing was said of ${version} to ${data.since}`);
    if (id !== String(data.version)) throw new Error(`id ${id} of an event up to ${data.version}`);
    let before = data.since;
    for (const change of data.changes) {
      if (change.version < before || change.version > data.version) throw new Error('not in order');
      before = change.version;
      last.set(`${change.kind} ${change.id}`, change.version);
    }
    version = Math.max(version, data.version);
  }
  return { version, last };
}
