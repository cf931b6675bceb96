import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { migrations } from './migrations/index.ts';
import { whyNot } from './why-not.ts';

/** Connects as the owner of the tables, who alone may change them. Requests never run as this user. */
export function openOwner(url: string): Kysely<unknown> {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => {});
  // One that breaks between two queries would end the process: the next query says so.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Brings the database up to date, each migration in full or not at all; servers that start together take turns.
 * @param to the last migration to apply, where it is not to be today's
 * @returns the names of the migrations that were applied
 * @throws with a sentence for people: out of reach, not let in, too old, made by a newer Truce
 */
export async function migrate(url: string, to?: string): Promise<string[]> {
  const owner = openOwner(url);
  try {
    await checkVersion(owner);
    const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => migrations } });
    const { error, results } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
    if (error !== undefined) throw error;
    return (results ?? []).map((result) => result.migrationName);
  } catch (cause) {
    throw cause instanceof Unfit ? cause : new Error(whyNot(cause), { cause });
  } finally {
    await owner.destroy();
  }
}

const OLDEST = 15;

class Unfit extends Error {}

async function checkVersion(owner: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ number: string }>`
    select current_setting('server_version_num') as number`.execute(owner);
  const version = Math.floor(Number(rows[0]?.number) / 10_000);
  if (version < OLDEST)
    throw new Unfit(`The database is PostgreSQL ${version}. Truce needs version ${OLDEST} or later.`);
}
