import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface User {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so a root's server runs it as the user `postgres`. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** The ids of the user `postgres`; undefined when there is none, or when we need none. */
export async function postgresUser(): Promise<User | undefined> {
  if (!isRoot()) return undefined;
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return undefined;
  }
}

/**
 * @throws when the user `postgres` could not enter a folder above `path`, as under a home that is closed
 */
export async function checkReach(path: string, what: string): Promise<void> {
  if (!isRoot()) return;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) {
      throw new Error(
        `PostgreSQL does not run as root, so it runs as the user "postgres", and ${folder} is closed to that ` +
          `user. ${what}, or run the server as an ordinary user.`,
      );
    }
    if (folder === dirname(folder)) return;
  }
}
