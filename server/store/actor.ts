import type { Member } from '../../utils/contract/member.ts';
import type { Device } from './browser.ts';
import type { Trx } from './database.ts';

/** Why the team stays as it is. `role`: whoever asks may not, or no longer. */
export type TeamRefusal =
  | 'role'
  | 'gone'
  | 'last-admin'
  | 'already-member'
  | 'address'
  | 'domain'
  | 'domain-taken'
  | 'free-mail';

export type Actor = Pick<Device, 'workspaceId' | 'browserId' | 'member'>;

/** What the audit trail says of who did it. */
export const by = ({ member, browserId }: Actor) => ({ memberId: member.id, browserId });

type May = Pick<Member, 'team' | 'role'>;

const present = (trx: Trx, { workspaceId, member }: Actor) =>
  trx
    .selectFrom('member')
    .select(['team', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', member.id)
    .where('left_at', 'is', null);

/** What somebody may do at this moment, since what a request was let in with may be half a minute old; undefined for whoever has left. */
export const readActor = (trx: Trx, actor: Actor): Promise<May | undefined> =>
  present(trx, actor).executeTakeFirst();

/** The same, and it stays so until the transaction ends. */
export const holdActor = (trx: Trx, actor: Actor): Promise<May | undefined> =>
  present(trx, actor).forShare().executeTakeFirst();
