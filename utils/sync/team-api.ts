import type * as v from 'valibot';
import { readAs } from '../contract/base.ts';
import { PATHS, Problem } from '../contract/routes.ts';
import {
  AuditAnswer,
  Done,
  type LinkWanted,
  NewLink,
  TeamAnswer,
  type TeamChange,
} from '../contract/team.ts';
import { type ErrorCode, Trouble } from '../trouble.ts';

const CHANGES: Record<TeamChange['kind'], string> = {
  'member.change': PATHS.memberChange,
  'member.remove': PATHS.memberRemove,
  'member.leave': PATHS.memberLeave,
  'pairing.end': PATHS.browserEnd,
  'invite.withdraw': PATHS.inviteWithdraw,
  'workspace.change': PATHS.workspace,
  'tag-key.change': PATHS.tagKey,
};
const LINKS: Record<LinkWanted['kind'], string> = {
  'invite.make': PATHS.invite,
  'invite.renew': PATHS.inviteRenew,
  'pairing.link': PATHS.browserPair,
};

/** The server's words for why the team stays as it is, and ours. */
const REFUSALS: Record<string, ErrorCode> = {
  gone: 'gone',
  'last-admin': 'lastAdmin',
  'already-member': 'member',
  address: 'mail',
  domain: 'domain',
  'free-mail': 'freeMail',
  'domain-taken': 'domainTaken',
};

interface Calls {
  get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T>;
  send(path: string, body: unknown): Promise<Response>;
  read<T>(response: Response, schema: v.GenericSchema<unknown, T>): Promise<T>;
}

/** What the team page asks of the server. Throws `Trouble`, also one of `REFUSALS`. */
export function teamCalls({ get, send, read }: Calls) {
  async function ask<T>(path: string, body: object, schema: v.GenericSchema<unknown, T>): Promise<T> {
    const response = await send(path, body);
    if (response.ok) return read(response, schema);
    const problem = readAs(Problem, await response.json().catch(() => undefined));
    const code = REFUSALS[problem?.error.code ?? ''];
    throw new Trouble(code ?? 'strange', 'the team stays as it is');
  }
  return {
    read: () => get(PATHS.team, TeamAnswer),
    /** Newest first; from before this row on. */
    audit: (before?: string) =>
      get(before === undefined ? PATHS.audit : `${PATHS.audit}?before=${before}`, AuditAnswer),
    change: ({ kind, ...body }: TeamChange) => ask(CHANGES[kind], body, Done),
    link: ({ kind, ...body }: LinkWanted) => ask(LINKS[kind], body, NewLink),
  };
}
