import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../server/postgres.ts';
import { migrate } from '../../server/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL with a migrated database `truce_template` that test files copy. */
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL for the run: a fresh embedded one, or the one that TRUCE_TEST_DATABASE_URL names. What has to
 * outlive a crash is tested on clusters of its own: the embedded one does not wait for the disk.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TRUCE_TEST_DATABASE_URL;
  const folder = given === undefined ? await mkdtemp(join(tmpdir(), 'truce-test-')) : undefined;
  const postgres = folder === undefined ? undefined : await startPostgres({ folder });
  const url = given ?? postgres?.url ?? '';
  if (postgres) {
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
      await query(url, `alter system set ${name} = off`);
    await query(url, 'select pg_reload_conf()');
  }
  await query(url, 'drop database if exists truce_template');
  await query(url, 'create database truce_template');
  await migrate(databaseOf(url, 'truce_template'));
  project.provide('postgresUrl', url);
  return async () => {
    await postgres?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

export function databaseOf(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
