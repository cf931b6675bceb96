import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { findPostgres, startPostgres } from '../postgres.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Header } from './header.ts';
import { BackupRefusal } from './refusal.ts';
import { restoreBackup } from './restore.ts';
import { writeBackup } from './write.ts';

const HELP = `npm run backup -- FILE     everything in the database, to a new file; the server may run
npm run restore -- FILE    the same back, into an empty database; the server must not run

The database is the server's: DATABASE_URL, or the one in TRUCE_DATA. The key that encrypts secrets is not in
the file: keep secret.key or TRUCE_SECRET_KEY elsewhere (docs/server.md).`;

const KEY =
  'Before the server starts, give it the secret key of that time: the file secret.key in the data folder, or TRUCE_SECRET_KEY.';

async function main(): Promise<void> {
  const { positionals, values } = parse();
  const [task, file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const settings = readSettings(process.env);
  if (task === 'backup') {
    const header = await withDatabase(settings, (url) => writeBackup(url, file));
    console.log(`${file}: ${told(header)}. Keep the secret key apart from it (docs/server.md).`);
    return;
  }
  // Not only then to make a database in vain.
  if (!(await stat(file).catch(() => undefined))) throw new BackupRefusal(`There is no file ${file}.`);
  const header = await withDatabase(settings, (url) => restoreBackup(url, file));
  console.log(`Restored ${told(header)}, as of ${header.createdAt}.\n${KEY}`);
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  } catch (cause) {
    throw new BackupRefusal(HELP, { cause });
  }
}

/** The one that DATABASE_URL names, that a running server keeps, or one started for as long as it takes. */
async function withDatabase<T>(settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  const running = settings.databaseUrl ?? (await findPostgres(settings.folder));
  if (running !== undefined) return work(running);
  const own = await startPostgres({ folder: settings.folder });
  try {
    return await work(own.url);
  } finally {
    await own.stop();
  }
}

function told({ tables }: Header): string {
  const rows = tables.reduce((all, table) => all + table.rows, 0);
  return `${rows} rows of ${tables.length} tables`;
}

/** What the database says may quote a row; its code is enough. */
function sentence(error: unknown): string {
  if (error instanceof pg.DatabaseError) return `Stopped: the database refused it (${error.code}).`;
  return error instanceof Error ? error.message : 'Stopped.';
}

// An ordered end stops a database of its own.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

await main().catch((error: unknown) => {
  console.error(sentence(error));
  process.exitCode = 1;
});
