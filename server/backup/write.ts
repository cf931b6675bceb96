import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { setWorkspace } from '../store/database.ts';
import { REALM } from '../store/realm.ts';
import { FORMAT, HEAD_BYTES, type Header, writeHead } from './header.ts';
import { BackupRefusal, whyNotWritten } from './refusal.ts';
import { listMigrations, listTables, STEADY, type Table } from './tables.ts';

/**
 * Writes every row of a database, as of one moment, to a new file that only this user can read. Under its
 * name there is a whole backup or nothing. Work on the database goes on meanwhile.
 * @param url of the owner of the tables, or of a superuser
 * @throws BackupRefusal when there is nothing of ours in the database, or the file cannot be written
 */
export async function writeBackup(url: string, path: string): Promise<Header> {
  const target = resolve(path);
  if (await stat(target).catch(() => undefined)) {
    throw new BackupRefusal(`${path} is there already. Name a new file.`);
  }
  const client = new pg.Client({ connectionString: url, application_name: 'truce backup' });
  // A connection that breaks fails the query under way; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`begin transaction isolation level repeatable read, read only; ${STEADY}`);
    const source = await describe(client);
    return await writeFile(client, source, target);
  } finally {
    await client.end();
  }
}

interface Source extends Pick<Header, 'createdAt' | 'postgres' | 'migrations'> {
  tables: Table[];
  /** Undefined where row-level security is passed by: all at once. */
  workspaces: string[] | undefined;
}

async function describe(client: pg.Client): Promise<Source> {
  const migrations = await listMigrations(client);
  if (migrations.length === 0) throw new BackupRefusal('There is nothing of Truce in this database.');
  const { rows } = await client.query<{ postgres: string; at: Date; passes: boolean; owns: boolean }>(`
    select current_setting('server_version') as postgres, now() as at,
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as passes,
      (select pg_get_userbyid(relowner) = current_user from pg_class where oid = to_regclass('workspace')) as owns`);
  const [about] = rows;
  if (!about) throw new Error('[backup] the database says nothing of itself');
  if (!about.passes && !about.owns) {
    throw new BackupRefusal('This user does not own the tables, so it cannot see every row. Use the owner.');
  }
  // With this, PostgreSQL refuses to leave rows out without a word.
  if (about.passes) await client.query('set local row_security = off');
  return {
    createdAt: about.at.toISOString(),
    postgres: about.postgres.split(' ')[0] ?? about.postgres,
    migrations,
    tables: await listTables(client),
    workspaces: about.passes ? undefined : await listAll(client),
  };
}

/** Row-level security is forced on the owner too, who may list the workspaces and then sees one at a time. */
async function listAll(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select workspace_id as id from workspace order by 1');
  return [REALM, ...rows.map(({ id }) => id).filter((id) => id !== REALM)];
}

async function writeFile(client: pg.Client, source: Source, target: string): Promise<Header> {
  const part = `${target}.part`;
  try {
    await rm(part, { force: true });
    const file = await open(part, 'wx', 0o600);
    let header: Header;
    try {
      header = await fill(file, client, source);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
    await syncFolder(dirname(target));
    return header;
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw whyNotWritten(target, error);
  }
}

async function fill(file: FileHandle, client: pg.Client, source: Source): Promise<Header> {
  const hash = createHash('sha256');
  let bytes = 0;
  const tables: Header['tables'] = [];
  await pipeline(
    rowsOf(client, source, tables),
    createGzip({ level: 3 }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        await writeAt(file, chunk, HEAD_BYTES + bytes);
        bytes += chunk.length;
      }
    },
  );
  const { createdAt, postgres, migrations } = source;
  const sha256 = hash.digest('hex');
  const header: Header = { format: FORMAT, createdAt, postgres, migrations, tables, bytes, sha256 };
  await writeHead(file, header);
  return header;
}

/** A disk that is nearly full takes a part, and says so at the next one. */
async function writeAt(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/** As a script for psql has it: a line that names table and columns, the rows, and a line `\.`. */
async function* rowsOf(client: pg.Client, source: Source, counted: Header['tables']): AsyncGenerator<Buffer> {
  for (const { name, columns } of source.tables) {
    const table = pg.escapeIdentifier(name);
    const list = columns.map(pg.escapeIdentifier).join(', ');
    let rows = 0;
    yield Buffer.from(`COPY ${table} (${list}) FROM stdin;\n`);
    for (const workspace of source.workspaces ?? [undefined]) {
      if (workspace !== undefined) await client.query(setWorkspace(workspace));
      const where = workspace === undefined ? '' : ` where workspace_id = '${workspace}'`;
      const copy = client.query(copyTo(`copy (select ${list} from ${table}${where}) to stdout`));
      for await (const chunk of copy) yield chunk;
      // The rows may be here before the server has said how many there were; after its next answer it has.
      await client.query('select');
      rows += copy.rowCount;
    }
    yield Buffer.from('\\.\n');
    counted.push({ name, rows });
  }
}

/** So that the name, too, survives a loss of power; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
