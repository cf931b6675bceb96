import { normalAddress } from '../../utils/contract/match-key.ts';
import type { Member } from '../../utils/contract/member.ts';
import { mayInvite } from '../../utils/contract/roles.ts';
import type { InviteRequest } from '../../utils/contract/team.ts';
import { type Actor, by, holdActor, type TeamRefusal } from './actor.ts';
import { writeAudit } from './audit.ts';
import type { Trx } from './database.ts';
import { addInvite, type Invite } from './invite.ts';
import { withdraw } from './invite-withdraw.ts';

/** Whether a link is one that somebody may see and take back. */
export function mayManage(
  memberId: string,
  who: Pick<Member, 'team' | 'role'>,
  invite: Pick<Member, 'team' | 'role'> & { member_id: string | null },
): boolean {
  if (who.role === 'admin' || invite.member_id === memberId) return true;
  return invite.member_id === null && mayInvite(who, invite);
}

/** An admin, or a lead for their own team, lets somebody in. An earlier link to the same address is void then. */
export async function inviteMember(
  trx: Trx,
  actor: Actor,
  { email, name, team, role }: InviteRequest,
  now: Date,
): Promise<Invite | TeamRefusal> {
  const { workspaceId } = actor;
  const who = await holdActor(trx, actor);
  if (!who || !mayInvite(who, { team, role })) return 'role';
  const address = email === undefined ? undefined : normalAddress(email);
  if (email !== undefined && address === undefined) return 'address';
  if (address !== undefined) {
    const there = await trx
      .selectFrom('member')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('email', '=', address)
      .where('left_at', 'is', null)
      // Who just says that it is theirs gives it up to whom an invitation says it.
      .where('email_confirmed', '=', true)
      .executeTakeFirst();
    if (there) return 'already-member';
    await replaceEarlier(trx, actor, who, address);
  }
  return make(trx, actor, { ...(address && { email: address }), ...(name && { name }), team, role, now });
}

/** A lead leaves standing what only an admin can take back. */
async function replaceEarlier(
  trx: Trx,
  actor: Actor,
  who: Pick<Member, 'team' | 'role'>,
  address: string,
): Promise<void> {
  const rows = await trx
    .selectFrom('invite')
    .select(['id', 'team', 'role'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('email', '=', address)
    .where('member_id', 'is', null)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  const ids = rows.filter((row) => mayInvite(who, row)).map(({ id }) => id);
  if (ids.length > 0) await withdraw(trx, actor.workspaceId, by(actor), (eb) => eb.or([eb('id', 'in', ids)]));
}

/** A link to one more browser of one's own. */
export async function inviteBrowser(trx: Trx, actor: Actor, now: Date): Promise<Invite | TeamRefusal> {
  const who = await holdActor(trx, actor);
  if (!who) return 'role';
  return make(trx, actor, { ...who, memberId: actor.member.id, now });
}

/** Whether it is still paired, and stays so until the transaction ends: its end voids what it has made until then. */
async function holdBrowser(trx: Trx, { workspaceId, browserId }: Actor): Promise<boolean> {
  const row = await trx
    .selectFrom('browser')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .where('ended_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

async function make(
  trx: Trx,
  actor: Actor,
  wanted: Omit<Parameters<typeof addInvite>[2], 'createdBy' | 'createdByBrowser'>,
): Promise<Invite | TeamRefusal> {
  const { workspaceId, browserId, member } = actor;
  if (!(await holdBrowser(trx, actor))) return 'role';
  const invite = await addInvite(trx, workspaceId, {
    ...wanted,
    createdBy: member.id,
    createdByBrowser: browserId,
  });
  await writeAudit(trx, workspaceId, 'invite.created', {
    ...by(actor),
    target: { kind: 'invite', id: invite.id },
    detail: { team: wanted.team, role: wanted.role, ...(wanted.memberId && { browser: true }) },
  });
  return invite;
}

/** Who may make a link may take it back: for a browser, its owner; an admin any. */
async function findOpen(trx: Trx, actor: Actor, id: string) {
  const row = await trx
    .selectFrom('invite')
    .select(['member_id', 'email', 'name', 'team', 'role'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'gone';
  const who = await holdActor(trx, actor);
  return who && mayManage(actor.member.id, who, row) ? row : 'role';
}

export async function withdrawInvite(trx: Trx, actor: Actor, id: string): Promise<TeamRefusal | undefined> {
  const row = await findOpen(trx, actor, id);
  if (typeof row === 'string') return row;
  await withdraw(trx, actor.workspaceId, by(actor), (eb) => eb.or([eb('id', '=', id)]));
  return undefined;
}

/** Takes the place of a link that was lost or has expired. A browser's is its owner's alone: whoever has it is them. */
export async function renewInvite(
  trx: Trx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Invite | TeamRefusal> {
  const row = await findOpen(trx, actor, id);
  if (typeof row === 'string') return row;
  if (row.member_id !== null && row.member_id !== actor.member.id) return 'role';
  await withdraw(trx, actor.workspaceId, by(actor), (eb) => eb.or([eb('id', '=', id)]));
  if (row.member_id !== null) return inviteBrowser(trx, actor, now);
  const { email, name, team, role } = row;
  return inviteMember(trx, actor, { ...(email && { email }), ...(name && { name }), team, role }, now);
}
