import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../server/store/database.ts';

export interface TestDatabase {
  url: string;
  db: Database;
  /** Runs SQL as the owner, past row-level security. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A database of the test file's own: migrated, unless `empty`. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const admin = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template1' : 'truce_template';
  await once(admin, `create database ${name} template ${template}`);
  const at = new URL(admin);
  at.pathname = `/${name}`;
  const url = at.href;
  const db = openDatabase(url);
  return {
    url,
    db,
    asOwner: (text, values) => once(url, text, values),
    async drop() {
      await db.close();
      await once(admin, `drop database ${name} with (force)`);
    },
  };
}

async function once<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
