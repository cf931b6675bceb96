import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations/index.ts';
import { HEAD_BYTES, type Header, readBackup } from './header.ts';
import { BackupRefusal } from './refusal.ts';
import { readSections, type Section } from './sections.ts';
import { listMigrations, listTables, STEADY, type Table } from './tables.ts';

/**
 * Fills an empty database with a backup and brings it up to date. The rows go in all together or not at all,
 * each table counted against the backup.
 * @param url of the user who is to own the tables
 * @param moved the database only changes its place: nothing was written since the backup
 * @throws BackupRefusal when the file cannot be used, or the database is not empty
 */
export async function restoreBackup(url: string, path: string, { moved = false } = {}): Promise<Header> {
  const header = await readBackup(path);
  const known = Object.keys(migrations).sort();
  if (header.migrations.some((name, index) => name !== known[index])) {
    throw new BackupRefusal(`${path} was made by a newer Truce. Update this server, then restore.`);
  }
  const client = new pg.Client({ connectionString: url, application_name: 'truce restore' });
  // A connection that breaks fails the query under way; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await checkEmpty(client, header);
    await migrate(url, header.migrations.at(-1));
    await load(client, path, header, moved);
    await migrate(url);
    await client.query('analyze');
  } finally {
    await client.end();
  }
  return header;
}

const NOT_EMPTY =
  'This database is not empty, and a restore never mixes two. Name a new one: with the embedded database ' +
  'stop the server and set TRUCE_DATA to a new folder (or move the old one away); with DATABASE_URL create a database.';

async function checkEmpty(client: pg.Client, header: Header): Promise<void> {
  const { rows } = await client.query<{ tables: number; ours: boolean }>(`
    select count(*)::int as tables, bool_or(relname = 'workspace') as ours from pg_class
    where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
      and relname not like 'kysely\\_%'`);
  if (!rows[0]?.tables) return;
  const applied = await listMigrations(client);
  if (!rows[0].ours || applied.length === 0) throw new BackupRefusal(NOT_EMPTY);
  await checkNoWorkspace(client);
  // What a restore that was cut off has left may be gone on with; tables are not turned back.
  if (applied.length > header.migrations.length) throw new BackupRefusal(NOT_EMPTY);
}

async function checkNoWorkspace(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from workspace limit 1');
  if (rowCount !== 0) throw new BackupRefusal(NOT_EMPTY);
}

async function load(client: pg.Client, path: string, header: Header, moved: boolean): Promise<void> {
  await client.query(`begin; ${STEADY}`);
  // A server that starts at this moment waits, and then finds its team.
  await client.query('lock table workspace in access exclusive mode');
  await checkNoWorkspace(client);
  const tables = await listTables(client);
  const names = tables.map(({ name }) => pg.escapeIdentifier(name));
  await client.query(`truncate ${names.join(', ')}`);
  // Row-level security knows no COPY into a table: the owner lets itself in for this transaction.
  const forced = tables.filter((table) => table.forced).map(({ name }) => pg.escapeIdentifier(name));
  for (const name of forced) await client.query(`alter table ${name} no force row level security`);
  const counted = await loadTables(client, path, tables);
  for (const { name, rows } of header.tables) {
    if (counted.get(name) !== rows) {
      throw new BackupRefusal(
        `${path}: ${counted.get(name) ?? 0} of ${rows} rows of "${name}" went in. Nothing was kept.`,
      );
    }
  }
  if (!moved) await client.query(ANOTHER_LIFE);
  for (const name of forced) await client.query(`alter table ${name} force row level security`);
  await client.query('commit');
}

/**
 * Browsers hold versions from after the backup, whose numbers this database would give out again for something
 * else. So it goes on above all that the one before can have given, at the milliseconds since 1970 (no workspace
 * writes a thousand times a second for long), and whoever comes with a version of before starts over. Cards too:
 * a browser keeps the one with the higher version.
 */
const ANOTHER_LIFE = `
  update workspace set (version, tag_floor, feed_floor) =
    (select v, v, v from (select greatest(version + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint)) n (v));
  update card set version = w.version from workspace w where w.workspace_id = card.workspace_id`;

async function loadTables(client: pg.Client, path: string, tables: Table[]): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  const body = createReadStream(path, { start: HEAD_BYTES });
  await pipeline(body, createGunzip(), async (text: AsyncIterable<Buffer>) => {
    for await (const section of readSections(text)) {
      const table = tables.find(({ name }) => name === section.table);
      if (!table || section.columns.some((name) => !table.columns.includes(name))) {
        throw new BackupRefusal(
          `${path}: this server has no place for "${section.table}". Nothing was kept.`,
        );
      }
      counted.set(section.table, await copyIn(client, section));
    }
  });
  return counted;
}

async function copyIn(client: pg.Client, { table, columns, rows }: Section): Promise<number> {
  const list = columns.map(pg.escapeIdentifier).join(', ');
  const copy = client.query(copyFrom(`copy ${pg.escapeIdentifier(table)} (${list}) from stdin`));
  await pipeline(rows, copy);
  return copy.rowCount;
}
