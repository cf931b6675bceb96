import { readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pg from 'pg';
import { restoreBackup } from '../backup/restore.ts';
import { listMigrations } from '../backup/tables.ts';
import { writeBackup } from '../backup/write.ts';
import { clusterFolder, createCluster, createDatabase, readPassword, urlOf } from './cluster.ts';
import { end, freePort, launch } from './launch.ts';
import { findProgram, majorOf, OWN, packageOf } from './program.ts';

/** The last release of each, for those who still have data of it: what `npm install` is told. */
const LAST: Record<number, string> = { 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' };

/**
 * Data that an older major of PostgreSQL has written is brought into a new cluster, which takes the old one's
 * place only when it is whole; the old one stays beside it as `postgres-17`. Killed at any moment, the next
 * start does it again from the old one.
 * @throws with a sentence for people; the old data is as it was
 */
export async function carryOver(folder: string, tell: (words: string) => void): Promise<void> {
  const cluster = clusterFolder(folder);
  const ready = join(folder, 'postgres.ready');
  // Between the two renames of a swap: what is ready is all there is.
  if ((await isThere(ready)) && !(await isThere(cluster))) await rename(ready, cluster);
  await rm(ready, { recursive: true, force: true });
  const written = await writtenBy(cluster);
  const file = join(folder, 'carry-over.backup');
  await rm(file, { force: true });
  if (written === undefined) return;
  const own = await majorOf(await findProgram(OWN));
  if (written === own) return;
  if (written > own) throw new Error(newer(cluster, written, own));
  const program = await findProgram(packageOf(written)).catch((cause) => {
    throw new Error(missing(cluster, written, own), { cause });
  });
  tell(`The database is of PostgreSQL ${written}. Carrying it over to ${own}; this may take some minutes.`);
  const kept = await freeName(join(folder, `postgres-${written}`));
  // The old one runs to the end: as long as it does, no other server can begin the same.
  const password = await readPassword(folder);
  const port = await freePort();
  const old = await launch(program, cluster, port);
  try {
    const full = await hasData(urlOf(password, port, 'postgres'), urlOf(password, port));
    if (full) await writeBackup(urlOf(password, port), file);
    const fresh = await createCluster(folder, password);
    await fill(fresh, password, full ? file : undefined);
    await rename(fresh, ready);
  } finally {
    await end(old);
  }
  if ((await writtenBy(cluster)) !== written)
    throw new Error(`Another server uses the data folder ${folder}.`);
  await rename(cluster, kept);
  await rename(ready, cluster);
  await rm(file, { force: true });
  tell(
    `The database is of PostgreSQL ${own} now. The old one is kept in ${basename(kept)}: delete it when all is well.`,
  );
}

async function fill(fresh: string, password: string, file: string | undefined): Promise<void> {
  const port = await freePort();
  const child = await launch(await findProgram(OWN), fresh, port);
  try {
    await createDatabase(urlOf(password, port, 'postgres'));
    if (file !== undefined) await restoreBackup(urlOf(password, port), file, { moved: true });
  } finally {
    await end(child);
  }
}

/** The first start may have been cut off before there was a table. */
async function hasData(admin: string, url: string): Promise<boolean> {
  await createDatabase(admin);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await listMigrations(client)).length > 0;
  } finally {
    await client.end();
  }
}

/** Major version of a cluster's data; undefined when there is none. */
async function writtenBy(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function freeName(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!(await isThere(name))) return name;
  }
}

const newer = (cluster: string, written: number, own: number) =>
  `The data in ${cluster} was written by PostgreSQL ${written}, and this server brings ${own}. ` +
  'Run the newer server again, or restore a backup from before it (docs/upgrading.md).';

const missing = (cluster: string, written: number, own: number) =>
  `The data in ${cluster} was written by PostgreSQL ${written}, and this server brings ${own}. To carry it over, ` +
  `install the old one beside it and start again:\n\n  npm install --no-save ` +
  `${packageOf(written)}@npm:${OWN}@${LAST[written] ?? `${written}`}\n`;
