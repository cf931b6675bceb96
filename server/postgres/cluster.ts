import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadPackage, OWN } from './program.ts';
import { checkReach, isRoot } from './user.ts';

const SUPERUSER = 'truce';
export const clusterFolder = (folder: string): string => join(folder, 'postgres');
/** Where one is made, until it is whole. */
export const freshFolder = (folder: string): string => join(folder, 'postgres.new');
const passwordFile = (folder: string): string => join(folder, 'password');

/** PostgreSQL passes through the data folder to its own; the password in it stays closed. */
export async function letThrough(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (isRoot()) await chmod(folder, (await stat(folder)).mode | 0o011);
  await checkReach(clusterFolder(folder), 'Set TRUCE_DATA to a folder elsewhere, such as /var/lib/truce');
}

/**
 * Makes the data folder ready: on the first start it creates the database in a folder beside and then
 * renames that, so that a start which was cut off leaves no half of one.
 * @returns the connection string without host and port filled in
 */
export async function prepareCluster(folder: string): Promise<{ password: string }> {
  const cluster = clusterFolder(folder);
  if (await exists(cluster)) return { password: await readPassword(folder) };
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile(folder), password, { mode: 0o600 });
  await chmod(passwordFile(folder), 0o600);
  await rename(await createCluster(folder, password), cluster);
  return { password };
}

/** A new one in a folder beside, whatever was there. @returns its folder */
export async function createCluster(folder: string, password: string, from = OWN): Promise<string> {
  const fresh = freshFolder(folder);
  await rm(fresh, { recursive: true, force: true });
  const { default: EmbeddedPostgres } = await loadPackage(from);
  const log: string[] = [];
  const instance = new EmbeddedPostgres({
    databaseDir: fresh,
    user: SUPERUSER,
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot(),
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    onLog: (line) => log.push(line),
    onError: () => {},
  });
  try {
    await instance.initialise();
  } catch (cause) {
    throw new Error(`The database could not be created in ${folder}: ${reason(log.join(''))}`, { cause });
  }
  return fresh;
}

export async function readPassword(folder: string): Promise<string> {
  try {
    return (await readFile(passwordFile(folder), 'utf8')).trim();
  } catch (cause) {
    throw new Error(
      `${passwordFile(folder)} cannot be read. It holds the password of the database beside it: ` +
        'put it back from your backup, or let the server read it.',
      { cause },
    );
  }
}

export const urlOf = (password: string, port: number, database = 'truce'): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

/** The database of ours in a cluster that runs; made on the first time. @param url of any database in it */
export async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'truce'`);
    if (rowCount === 0) await client.query('create database truce');
  } finally {
    await client.end();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const REASONS: [RegExp, string][] = [
  [/No space left on device/i, 'the disk is full. Free some space, then start again.'],
  [/Permission denied|could not change permissions/i, 'the folder is not readable and writable for it.'],
  [/Read-only file system/i, 'the file system is read-only.'],
  [/not compatible with this version/i, 'the data was written by another version of PostgreSQL.'],
  [/Address already in use/i, 'its port is taken by another program. Start again.'],
  [/could not create shared memory|could not map anonymous/i, 'the machine has not enough free memory.'],
];

/** What PostgreSQL's own start-up log says went wrong, in a sentence. */
export function reason(log: string): string {
  const known = REASONS.find(([pattern]) => pattern.test(log));
  if (known) return known[1];
  const said = /(?:FATAL|PANIC|error):\s*(.+)/i.exec(log)?.[1];
  return said ? `PostgreSQL says: ${said.trim()}` : 'PostgreSQL ended without saying why.';
}
