import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import type { Logger } from 'pino';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { reseal } from './accounts/reseal.ts';
import { openSecretBox } from './accounts/secret-key.ts';
import { createApp } from './app.ts';
import { startFeed } from './feed/feed.ts';
import { startClocks } from './jobs/clocks.ts';
import { startRetag } from './jobs/retag.ts';
import { keepPrivate } from './keep-private.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { openRecipes } from './recipes.ts';
import { forLog } from './routes/problem.ts';
import { type Settings, urlOf } from './settings.ts';
import { sweepSignIn } from './sign-in/sweep.ts';
import type { Database } from './store/database.ts';
import { dropOldLogins, openAsApp } from './store/login.ts';
import { migrate } from './store/migrate.ts';
import { listWorkspaces } from './store/workspace.ts';
import { presetHeaders } from './walls/headers.ts';
import { limitConnections, SERVER_OPTIONS } from './walls/listen.ts';
import { DEFAULT_WALLS } from './walls/settings.ts';
import { openWalls } from './walls/walls.ts';

export interface Running {
  /** Where browsers reach it: `http://127.0.0.1:8787`, or what TRUCE_URL says. */
  url: string;
  accounts: Accounts;
  db: Database;
  databaseUrl: string;
  /** Finishes the requests in flight, then closes the database and waits for it. May be called twice. */
  stop(): Promise<void>;
}

/** How long a request that is under way may take when the server stops. */
const GRACE_MS = 10_000;

/**
 * Starts the database (unless there is one elsewhere), brings it up to date, and listens.
 * @throws with a sentence for people; whatever had been started is stopped again
 */
export async function startServer(settings: Settings, log: Logger): Promise<Running> {
  const postgres = settings.databaseUrl === undefined ? await keepPostgres(settings.folder, log) : undefined;
  const databaseUrl = settings.databaseUrl ?? postgres?.url ?? '';
  let db: Database | undefined;
  try {
    const applied = await migrate(databaseUrl);
    if (applied.length > 0) log.info({ applied }, 'database brought up to date');
    const box = await openSecretBox(settings);
    db = await openAsApp(databaseUrl, box, (words) => log.warn(words));
    const workspaces = (await listWorkspaces(databaseUrl)).map(({ id }) => id);
    const resealed = await reseal(db, box, workspaces);
    if (resealed > 0) log.info({ secrets: resealed }, 'secrets are encrypted under the new key now');
    // What is signed names the server's address, which a free port's is not before it listens.
    let app: ReturnType<typeof createApp> | undefined;
    const { walls = DEFAULT_WALLS, listen: isTold = true } = settings;
    const server = await listen((...request) => app?.fetch(...request) ?? starting(), settings);
    const { port } = server.address() as { port: number };
    const url = urlOf({ ...settings, port });
    limitConnections(server, walls.connections);
    server.prependListener('request', (_, response) => presetHeaders(response, url));
    const accounts = await openAccounts(db, box, url);
    await dropOldLogins(databaseUrl, box);
    const stopSweep = sweepSignIn(db, log);
    const { erasures, end } = await keepPrivate(db, databaseUrl, settings.folder, log);
    const feed = startFeed({ db, log }, { ...walls, listen: isTold });
    const retag = startRetag({ db, databaseUrl, clock: () => new Date() }, (error) =>
      log.error(forLog(error), 'tags were not brought up to date'),
    );
    const clocks = startClocks({ db, databaseUrl, clock: () => new Date() }, (error) =>
      log.error(forLog(error), 'the clocks of handovers were not seen to'),
    );
    const recipes = openRecipes(settings.recipes ?? join(settings.folder, 'recipes'), log);
    app = createApp(
      { db, accounts, erasures, feed, retag: retag.now, recipes, clock: () => new Date(), log },
      openWalls(walls),
      settings.company,
    );
    return {
      url,
      accounts,
      db,
      databaseUrl,
      stop: once(async () => {
        stopSweep();
        // First of all: a stream never ends by itself, and its browser finds the next server the sooner.
        await feed.stop();
        await retag.end();
        await clocks.end();
        await end();
        await stop(server, db, postgres);
      }),
    };
  } catch (error) {
    await stop(undefined, db, postgres);
    throw error;
  }
}

const once = (fn: () => Promise<void>) => {
  let running: Promise<void> | undefined;
  return () => {
    running ??= fn();
    return running;
  };
};

async function stop(server?: Server, db?: Database, postgres?: Pick<Postgres, 'stop'>): Promise<void> {
  if (server) {
    const closed = new Promise((done) => server.close(done));
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    await closed;
    clearTimeout(cut);
  }
  await db?.close();
  await postgres?.stop();
}

const starting = () => new Response('starting', { status: 503 });

function listen(
  fetch: ReturnType<typeof createApp>['fetch'],
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<Server> {
  return new Promise((ready, fail) => {
    const server = serve({ fetch, hostname: host, port, serverOptions: SERVER_OPTIONS }, () =>
      ready(server as Server),
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const closed = error.code === 'EACCES';
      const why = taken
        ? 'is taken by another program'
        : closed
          ? 'is not open to this user'
          : 'cannot be used';
      fail(new Error(`Port ${port} ${why}. Set TRUCE_PORT to another.`, { cause: error }));
    });
  });
}

/** Runs PostgreSQL, and starts it again on the same port when it ends by itself. */
async function keepPostgres(folder: string, log: Logger): Promise<Pick<Postgres, 'url' | 'stop'>> {
  let stopped = false;
  const begin = (port?: number): Promise<Postgres> =>
    startPostgres({
      folder,
      ...(port !== undefined && { port }),
      tell: (words) => log.info(words),
      onExit: () => void again(),
    });
  let current = begin();
  const { url } = await current;
  const again = async () => {
    for (let attempt = 1; !stopped; attempt += 1) {
      log.error({ attempt }, 'the database ended; starting it again');
      current = begin(Number(new URL(url).port));
      const failed = await current.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined) return;
      log.error(forLog(failed), 'the database did not start');
      await sleep(Math.min(1000 * attempt, 10_000));
    }
  };
  return {
    url,
    async stop() {
      stopped = true;
      await current.then(
        (postgres) => postgres.stop(),
        () => {},
      );
    },
  };
}
