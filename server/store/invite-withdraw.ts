import type { ExpressionBuilder } from 'kysely';
import type { Member } from '../../utils/contract/member.ts';
import { mayInvite } from '../../utils/contract/roles.ts';
import { type AuditEntry, writeAudit } from './audit.ts';
import type { Trx } from './database.ts';
import type { Schema } from './schema.ts';

type Who = Pick<AuditEntry, 'memberId' | 'browserId'>;
type Where = (
  eb: ExpressionBuilder<Schema, 'invite'>,
) => ReturnType<ExpressionBuilder<Schema, 'invite'>['or']>;

/** Voids links that nobody has used, each with its line in the audit trail. */
export async function withdraw(trx: Trx, workspaceId: string, who: Who, which: Where): Promise<void> {
  const rows = await trx
    .updateTable('invite')
    .set({ withdrawn_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where(which)
    .returning('id')
    .execute();
  for (const { id } of rows) {
    await writeAudit(trx, workspaceId, 'invite.withdrawn', { ...who, target: { kind: 'invite', id } });
  }
}

/** The links to somebody who leaves, and those that they gave out: one of them may have been for themselves. */
export const withdrawInvitesOf = (
  trx: Trx,
  workspaceId: string,
  who: Who,
  { memberId, email }: { memberId: string; email: string | null },
) =>
  withdraw(trx, workspaceId, who, (eb) =>
    eb.or([
      eb('member_id', '=', memberId),
      eb('created_by', '=', memberId),
      ...(email === null ? [] : [eb('email', '=', email)]),
    ]),
  );

/** The links that somebody gave out and could not give out with the standing that they have now. */
export async function withdrawOverreach(
  trx: Trx,
  workspaceId: string,
  who: Who,
  { memberId, ...standing }: { memberId: string } & Pick<Member, 'team' | 'role'>,
): Promise<void> {
  const rows = await trx
    .selectFrom('invite')
    .select(['id', 'team', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('created_by', '=', memberId)
    .where('member_id', 'is', null)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  const ids = rows.filter((row) => !mayInvite(standing, row)).map(({ id }) => id);
  if (ids.length > 0) await withdraw(trx, workspaceId, who, (eb) => eb.or([eb('id', 'in', ids)]));
}

/**
 * The links that were made in browsers which have ended.
 * @param spare leaves invitations of other people: who signs out has not lost the browser
 */
export async function withdrawMadeBy(
  trx: Trx,
  workspaceId: string,
  browserIds: readonly string[],
  { who, spare }: { who: Who; spare: boolean },
): Promise<void> {
  if (browserIds.length === 0) return;
  await withdraw(trx, workspaceId, who, (eb) =>
    eb.and([eb('created_by_browser', 'in', browserIds), ...(spare ? [eb('member_id', 'is not', null)] : [])]),
  );
}
