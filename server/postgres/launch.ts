import { type ChildProcess, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { reason } from './cluster.ts';
import { checkReach, postgresUser } from './user.ts';

const FLAGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'max_wal_size=2GB',
  'random_page_cost=1.1',
  'jit=off',
  // Its log would otherwise quote rows and statements.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
];

/** An eighth of the memory that this machine or container has; used up only as far as there is data. */
function sharedBuffers(): string {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return `shared_buffers=${Math.min(4096, Math.max(64, Math.floor(bytes / 8 / 2 ** 20)))}MB`;
}

/** Where the build has it: what was in memory at the last stop is read again after a start. */
async function prewarm(program: string): Promise<string[]> {
  const libraries = await readdir(join(program, '../../lib/postgresql')).catch(() => []);
  return libraries.some((name) => name.startsWith('pg_prewarm.'))
    ? ['shared_preload_libraries=pg_prewarm']
    : [];
}

/** What programs need of a system. Our own secrets are not for the database, nor for what a query may run in it. */
const NEEDED = ['PATH', 'TZ', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

function environment(): Record<string, string> {
  const given = NEEDED.map((name): [string, string] => [name, process.env[name] ?? '']);
  return { ...Object.fromEntries(given.filter(([, value]) => value !== '')), LC_ALL: 'C' };
}

/** Another PostgreSQL is on the data, or what is left of one: it may be gone in a moment. */
export class Occupied extends Error {}

const OCCUPIED = /lock file "[^"]*" already exists|pre-existing shared memory block/;

/**
 * Runs PostgreSQL on a cluster that is there, until it takes connections.
 * @throws with a sentence for people; `Occupied`
 */
export async function launch(program: string, cluster: string, port: number): Promise<ChildProcess> {
  const user = await postgresUser();
  await checkReach(program, 'Move this project to a folder that is open to it');
  const args = [
    '-D',
    cluster,
    '-p',
    String(port),
    ...[...FLAGS, sharedBuffers(), ...(await prewarm(program))].flatMap((flag) => ['-c', flag]),
  ];
  // In a process group of its own: Ctrl-C is for the server, which stops PostgreSQL last.
  const child = spawn(program, args, {
    ...user,
    detached: true,
    cwd: cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
  });
  // Should this process end without stopping it in order, do not leave it behind.
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  child.once('exit', () => process.removeListener('exit', interrupt));
  await new Promise<void>((ready, fail) => {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (log.length < 20_000) log += chunk;
      if (log.includes('ready to accept connections')) ready();
    });
    child.once('error', (cause) => fail(new Error('PostgreSQL could not be started.', { cause })));
    child.once('close', () => {
      const words = `The database in ${cluster} did not start: ${reason(log)}`;
      fail(OCCUPIED.test(log) ? new Occupied(words) : new Error(words));
    });
  });
  return child;
}

/** A fast shutdown; waits until everything is written and the process is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  await gone;
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(address)));
    });
  });
}
