import pino from 'pino';
import { createFirstTeam } from './first-team.ts';
import { readSettings } from './settings.ts';
import { type Running, startServer } from './start.ts';
import { listWorkspaces } from './store/workspace.ts';
import { connectLink } from './token.ts';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: null });
  let server: Running | undefined;
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      // Before it listens there is nothing to finish; the database is stopped as the process ends.
      if (!server) process.exit(1);
      server.stop().then(() => process.exit(0), fail);
    });
  }
  server = await startServer(settings, log);
  const isNew = (await listWorkspaces(server.databaseUrl)).length === 0;
  const token = isNew ? await createFirstTeam(server.db) : undefined;
  log.info({ url: server.url }, 'listening');
  if (token !== undefined) {
    console.log(
      `\nA new team is ready. In the extension's options, paste this link\n\n  ${connectLink(server.url, token)}\n\n` +
        `or enter\n\n  server  ${server.url}\n  token   ${token}\n\n` +
        'The token is shown this once. It lets a browser read and change everything: keep it to yourself.\n' +
        'Another one: npm run token\n',
    );
  }
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : 'The server could not be started.');
  process.exit(1);
}

main().catch(fail);
