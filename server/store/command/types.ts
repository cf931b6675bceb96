import type { Command, CommandOf, Refusal } from '../../../utils/contract/command.ts';
import type { Contradiction } from '../../../utils/contract/contradiction.ts';
import type { Member } from '../../../utils/contract/member.ts';
import type { Changed } from '../change.ts';
import type { Trx } from '../database.ts';

/** Who gives a command, where, and when the server takes it to have been given. */
export interface Scope {
  trx: Trx;
  workspaceId: string;
  member: Pick<Member, 'id' | 'team' | 'role'>;
  /** The author's time, but never later than the server's. */
  at: Date;
  /** The server's time. */
  now: Date;
}

/** What a command changed; cards, companies and tags are rebuilt from it. */
export interface Effect {
  contactIds: string[];
  companyIds?: string[];
  /** What else the feed is told of. */
  changes?: Changed[];
  /** A name, an identity or a company changed. */
  retag?: boolean;
}

/** Returned before anything is written. */
export interface Refused {
  refused: Refusal;
  contactIds?: string[];
  contradiction?: Contradiction;
}

export type Apply<K extends Command['kind']> = (
  scope: Scope,
  command: CommandOf<K>,
) => Promise<Effect | Refused>;
