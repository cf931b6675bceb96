import pino from 'pino';
import { createFirstTeam } from './first-team.ts';
import { readSettings } from './settings.ts';
import { type Running, startServer } from './start.ts';
import { isFreeMail } from './store/free-mail.ts';
import { inviteLink } from './store/invite.ts';
import { listWorkspaces } from './store/workspace.ts';

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
  const token = isNew
    ? await createFirstTeam(server.db, {
        name: 'My team',
        joinDomains: (settings.company?.domains ?? []).filter((domain) => !isFreeMail(domain)),
      })
    : undefined;
  log.info({ url: server.url }, 'listening');
  if (token !== undefined) {
    console.log(
      `\nA new team is ready. This link makes you its admin:\n\n  ${inviteLink(server.url, token)}\n\n` +
        'It is good for one browser and three days. Another one: npm run invite\n',
    );
  }
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : 'The server could not be started.');
  process.exit(1);
}

main().catch(fail);
