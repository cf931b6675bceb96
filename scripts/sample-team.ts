import pino from 'pino';
import { pairDirectly } from '../server/accounts/accounts.ts';
import { createSample } from '../server/sample/sample.ts';
import type { Settings } from '../server/settings.ts';
import { type Running, startServer } from '../server/start.ts';
import { inWorkspace } from '../server/store/database.ts';
import { addInvite, inviteLink } from '../server/store/invite.ts';
import type { Member } from '../utils/contract/member.ts';

export interface SampleTeam {
  server: Running;
  workspaceId: string;
  members: Member[];
  /** The link by which one more browser of a member comes in. */
  invite(member?: Member): Promise<string>;
  /** An access token of a browser that was paired without its person, for requests without a browser. */
  token(member?: Member): Promise<string>;
  stop(): Promise<void>;
}

/** The server with the sample team in it. `databaseUrl` takes the place of its own PostgreSQL in `folder`. */
export async function startSampleTeam(options: {
  folder: string;
  port: number;
  /** Where browsers reach it, if not where it listens. */
  url?: string;
  databaseUrl?: string;
  company?: Settings['company'];
  walls?: NonNullable<Settings['walls']>;
  logLevel?: string;
  /** Folder of recipes that are served. */
  recipes?: string;
  /** Takes the server's log in place of the terminal. */
  logTo?: pino.DestinationStream;
}): Promise<SampleTeam> {
  const logLevel = options.logLevel ?? 'warn';
  const { folder, port, databaseUrl, url, company, walls, recipes } = options;
  const here = {
    host: '127.0.0.1',
    url,
    secretKeys: [],
    ...(company && { company }),
    ...(walls && { walls }),
    ...(recipes !== undefined && { recipes }),
  };
  const settings = { ...here, folder, port, databaseUrl, logLevel };
  const log = options.logTo ? pino({ level: logLevel }, options.logTo) : pino({ level: logLevel });
  const server = await startServer(settings, log);
  try {
    const { workspaceId, members } = await createSample(server.db, new Date());
    return {
      server,
      workspaceId,
      members,
      async invite(member = members[0]) {
        if (!member) throw new Error('the sample team has no members');
        const { id: memberId, team, role } = member;
        const { token } = await inWorkspace(server.db, workspaceId, (trx) =>
          addInvite(trx, workspaceId, { memberId, team, role, now: new Date() }),
        );
        return inviteLink(server.url, token);
      },
      token: (member = members[0]) => pairDirectly(server.db, server.accounts, workspaceId, member?.id ?? ''),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The page of the options with an invitation in its form; the person still has to sign in. */
export const invitePath = (link: string): string =>
  `options.html#${new URLSearchParams({ invitation: link })}`;
