import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import pino from 'pino';
import { openAccounts } from '../../server/accounts/accounts.ts';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { createApp } from '../../server/app.ts';
import { cards } from '../../server/routes/cards.ts';
import type { Deps, Env } from '../../server/routes/types.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { SERVER_OPTIONS } from '../../server/walls/listen.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { openWalls } from '../../server/walls/walls.ts';

/** One key for the bench's processes. */
export const BENCH_BOX = secretBox([Buffer.alloc(32, 7)]);
export const BENCH_URL = 'http://truce.bench';

const log = pino({ level: 'silent' });
const MANY = 1_000_000;

/** The server as it is. @param limited with the limits of a server that nothing was set for */
async function whole(url: string, limited: boolean) {
  const db = openDatabase(url);
  const accounts = await openAccounts(db, BENCH_BOX, BENCH_URL);
  const walls = openWalls(limited ? DEFAULT_WALLS : { ...DEFAULT_WALLS, person: MANY, workspace: MANY });
  return createApp({ db, accounts, log, clock: () => new Date() }, walls);
}

/** The same route alone: no token, limits or headers, as the owner whom row-level security does not hold. */
function bare(url: string, workspaceId: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const connect = async () => {
    const client = await pool.connect();
    const query = async (given: string | { text: string; rowMode: 'array' }) => {
      if (typeof given === 'string') return client.query(given);
      // Without `set local`, which makes a transaction of two statements.
      const text = given.text.replace(/^set local [^;]*;/, '');
      return [await client.query({ ...given, text })];
    };
    return heldBy(client, query);
  };
  const db = { pool: { connect } } as unknown as Database;
  const app = new Hono<Env>();
  const device = { workspaceId, browserId: '', member: { id: '', team: 'sales', role: 'member' } } as const;
  app.use(async (c, next) => {
    c.set('device', device);
    await next();
  });
  app.route('/', cards({ db } as Deps));
  return app;
}

/** One object for each connection, so that what was prepared on it is known. */
const wrapped = new WeakMap<pg.PoolClient, object>();
function heldBy(client: pg.PoolClient, query: unknown): object {
  const known = wrapped.get(client) ?? { query, release: (error?: boolean) => client.release(error) };
  wrapped.set(client, known);
  return known;
}

/** `node isolation-server.ts whole|limited|bare DATABASE WORKSPACE` prints its port. */
if (import.meta.main) {
  const [kind = '', url = '', workspaceId = ''] = process.argv.slice(2);
  const app = kind === 'bare' ? bare(url, workspaceId) : await whole(url, kind === 'limited');
  const server = serve(
    { fetch: app.fetch, port: 0, hostname: '127.0.0.1', serverOptions: SERVER_OPTIONS },
    () => {
      console.log((server.address() as { port: number }).port);
    },
  );
  process.stdin.on('end', () => process.exit(0)).resume();
}
