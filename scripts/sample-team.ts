import pino from 'pino';
import { pairDirectly } from '../server/accounts/accounts.ts';
import { createSample } from '../server/sample/sample.ts';
import { type Running, startServer } from '../server/start.ts';
import type { Member } from '../utils/contract/member.ts';

export interface SampleTeam {
  server: Running;
  workspaceId: string;
  members: Member[];
  /** Access for one more browser of a member. */
  token(member?: Member): Promise<string>;
  stop(): Promise<void>;
}

/** The server with the sample team in it. `databaseUrl` takes the place of its own PostgreSQL in `folder`. */
export async function startSampleTeam(options: {
  folder: string;
  port: number;
  databaseUrl?: string;
  logLevel?: string;
}): Promise<SampleTeam> {
  const logLevel = options.logLevel ?? 'warn';
  const { folder, port, databaseUrl } = options;
  const here = { host: '127.0.0.1', url: undefined, secretKeys: [] };
  const settings = { ...here, folder, port, databaseUrl, logLevel };
  const server = await startServer(settings, pino({ level: logLevel }));
  try {
    const { workspaceId, members } = await createSample(server.db, new Date());
    return {
      server,
      workspaceId,
      members,
      token: (member = members[0]) => pairDirectly(server.db, server.accounts, workspaceId, member?.id ?? ''),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The address of the options page that connects a browser. */
export function connectPath(server: string, token: string): string {
  return `options.html#connect=${new URLSearchParams({ server, token })}`;
}
