import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOver } from './postgres/carry-over.ts';
import {
  clusterFolder,
  createDatabase,
  freshFolder,
  letThrough,
  prepareCluster,
  readPassword,
  urlOf,
} from './postgres/cluster.ts';
import { end, freePort, launch, Occupied } from './postgres/launch.ts';
import { findRunning, isAlive, stopProcess } from './postgres/left-over.ts';
import { findProgram, OWN } from './postgres/program.ts';

export interface Postgres {
  url: string;
  pid: number;
  /** Waits until everything is written and the process is gone. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a data folder; the first start creates it. One left over from a server that was
 * killed is stopped first; data that an older PostgreSQL has written is carried over.
 * @param options.tell called with a sentence when that takes a while
 * @param options.port a free one by default
 * @param options.onExit called when it ends although nobody stopped it
 * @throws with a sentence for people: folder full, closed, in use
 */
export async function startPostgres(options: {
  folder: string;
  port?: number;
  tell?: (words: string) => void;
  onExit?: () => void;
}): Promise<Postgres> {
  const folder = resolve(options.folder);
  const cluster = clusterFolder(folder);
  await checkFolder(folder);
  const program = await findProgram(OWN).catch((cause: unknown) => {
    throw new Error('There is no PostgreSQL in this installation. Set DATABASE_URL to one of your own.', {
      cause,
    });
  });
  await letThrough(folder);
  await clearLeftOver(folder);
  await writeFile(ownerFile(folder), String(process.pid));
  await carryOver(folder, options.tell ?? (() => {}));
  const { password } = await prepareCluster(folder);
  const port = options.port ?? (await freePort());
  const child = await launchAlone(program, cluster, port);
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
      await end(child);
    },
  };
}

/** How often it is tried where another one is on the data, and ms between. */
const ATTEMPTS = 6;
const AGAIN = 500;

/** A server that was killed may have started one a moment before, of which nothing was to be seen yet. */
async function launchAlone(program: string, cluster: string, port: number): ReturnType<typeof launch> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(program, cluster, port);
    } catch (error) {
      if (!(error instanceof Occupied) || attempt === ATTEMPTS) throw error;
      await sleep(AGAIN);
      const running = await findRunning(cluster);
      // That of a server which lives: of two that start at the same moment, this one is late.
      if (running && running.parent !== 1 && isAlive(running.parent)) throw error;
      if (running) await stopProcess(running.pid);
    }
  }
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
  const owner = Number(await readFile(ownerFile(folder), 'utf8').catch(() => '0'));
  for (const cluster of [clusterFolder(folder), freshFolder(folder)]) {
    const running = await findRunning(cluster);
    if (running === undefined) continue;
    if (running.parent === owner && isAlive(owner)) {
      throw new Error(
        `Another server (process ${owner}) uses the data folder ${folder}. ` +
          'Stop it first, or set TRUCE_DATA to another folder.',
      );
    }
    await stopProcess(running.pid);
  }
}
