import { findPostgres } from './postgres.ts';
import { readSettings } from './settings.ts';

/** Prints the address of the running server's database, for `pg_dump` and `psql`. It holds the password. */
const { databaseUrl, folder } = readSettings(process.env);
const url = databaseUrl ?? (await findPostgres(folder));
if (url === undefined) {
  process.stderr.write(`No database runs on ${folder}. Start the server first.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${url}\n`);
}
