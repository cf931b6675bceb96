import { type IsolationLevel, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { APP_ROLE } from './migrations/protect.ts';
import type { Schema } from './schema.ts';

export type Trx = Transaction<Schema>;

export interface Database {
  kysely: Kysely<Schema>;
  pool: pg.Pool;
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** bigint as number (all of ours are below 2^53), date as `YYYY-MM-DD`; the rest as pg does it. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.DATE) return (value: string) => value;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

/** Who connects, instead of the user that the address names. */
export interface Login {
  user: string;
  password: string;
}

/**
 * Opens a pool whose connections run as the app's role, in UTC. The database must have been migrated.
 * @param size most connections at a time
 */
export function openDatabase(url: string, size = 10, login?: Login): Database {
  const pool = new pg.Pool({
    connectionString: asApp(url, login),
    max: size,
    types,
    connectionTimeoutMillis: 10_000,
    application_name: 'truce',
  });
  // An idle connection that breaks is replaced on the next use; without a listener it would end the process.
  pool.on('error', () => {});
  // So would one that breaks between two queries of a transaction: the next query says so.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { kysely, pool, close: () => kysely.destroy() };
}

/** What stands behind an address's `?` goes before all else in pg; of options given twice the last one holds. */
function asApp(url: string, login: Login | undefined): string {
  const to = new URL(url);
  const ours = `-c role=${APP_ROLE} -c timezone=UTC -c idle_in_transaction_session_timeout=60s`;
  const given = to.searchParams.getAll('options');
  for (const [name, value] of Object.entries({ ...login, options: [...given, ours].join(' ') }))
    to.searchParams.set(name, value);
  return to.href;
}

/**
 * `set local` as text, since it takes no parameters and `set_config` would not reach the workers of a cluster.
 * @throws when the id is no UUID
 */
export function setWorkspace(workspaceId: string): string {
  if (!UUID.test(workspaceId)) throw new Error('[database] a workspace id must be a UUID');
  return `set local app.workspace = '${workspaceId}'`;
}

const ATTEMPTS = 5;

/**
 * Runs `fn` in a transaction that sees only this workspace. Tried again from the start when the database
 * chose it as the victim of a deadlock or a serialisation conflict, so `fn` must have no other effects.
 */
export async function inWorkspace<T>(
  db: Database,
  workspaceId: string,
  fn: (trx: Trx) => Promise<T>,
  isolation: IsolationLevel = 'read committed',
): Promise<T> {
  const set = sql.raw(setWorkspace(workspaceId));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.kysely
        .transaction()
        .setIsolationLevel(isolation)
        .execute(async (trx) => {
          await set.execute(trx);
          return fn(trx);
        });
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');
}
