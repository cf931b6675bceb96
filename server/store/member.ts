import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Member, Role } from '../../utils/contract/member.ts';
import type { MemberChange } from '../../utils/contract/team.ts';
import { type Actor, by, type TeamRefusal } from './actor.ts';
import { writeAudit } from './audit.ts';
import { endBrowsersOf } from './browser.ts';
import { type Changed, commitChanges } from './change.ts';
import type { Trx } from './database.ts';
import { releaseHandovers } from './handover.ts';
import { withdrawInvitesOf, withdrawOverreach } from './invite-withdraw.ts';

/** Whether somebody is of the team now: contacts and tasks go to nobody else. */
export async function isActive(trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  const row = await trx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** The ids of the admins, held: of two changes at once, the later one sees what the earlier one left. */
async function holdAdmins(trx: Trx, workspaceId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'admin')
    .where('left_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

async function holdMember(trx: Trx, workspaceId: string, id: string) {
  return trx
    .selectFrom('member')
    .select(['name', 'team', 'role', 'email'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** An admin changes somebody's name, team or role. */
export async function changeMember(
  trx: Trx,
  actor: Actor,
  { id, name, team, role }: MemberChange,
): Promise<TeamRefusal | undefined> {
  const { workspaceId } = actor;
  const admins = await holdAdmins(trx, workspaceId);
  if (!admins.includes(actor.member.id)) return 'role';
  const before = await holdMember(trx, workspaceId, id);
  if (!before) return 'gone';
  const after = { name: name ?? before.name, team: team ?? before.team, role: role ?? before.role };
  if (before.role === 'admin' && after.role !== 'admin' && admins.length === 1) return 'last-admin';
  const changed = (['name', 'team', 'role'] as const).filter((field) => after[field] !== before[field]);
  if (changed.length === 0) return undefined;
  await trx
    .updateTable('member')
    .set(after)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  await withdrawOverreach(trx, workspaceId, by(actor), { memberId: id, team: after.team, role: after.role });
  const told = changed.flatMap((field) => [
    [`${field}Before`, before[field]] as const,
    [field, after[field]] as const,
  ]);
  await writeAudit(trx, workspaceId, 'member.changed', {
    ...by(actor),
    target: { kind: 'member', id },
    detail: Object.fromEntries(told),
  });
  await commitChanges(trx, workspaceId, [{ kind: 'member', id }]);
  return undefined;
}

/** An admin removes somebody, or somebody leaves: their browsers end and their links are void. What they wrote and own stays. */
export async function removeMember(trx: Trx, actor: Actor, id: string): Promise<TeamRefusal | undefined> {
  const { workspaceId } = actor;
  const admins = await holdAdmins(trx, workspaceId);
  const leaves = id === actor.member.id;
  if (!leaves && !admins.includes(actor.member.id)) return 'role';
  const before = await holdMember(trx, workspaceId, id);
  if (!before) return 'gone';
  if (before.role === 'admin' && admins.length === 1) return 'last-admin';
  await trx
    .updateTable('member')
    .set({ left_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  await withdrawInvitesOf(trx, workspaceId, by(actor), { memberId: id, email: before.email });
  await endBrowsersOf(trx, workspaceId, id, { by: actor.member.id, reason: 'removed' });
  await writeAudit(trx, workspaceId, 'member.removed', {
    ...by(actor),
    target: { kind: 'member', id },
    detail: { role: before.role, ...(leaves && { leaves }) },
  });
  const released = await releaseHandovers(trx, workspaceId, id);
  const cards = released.map((card): Changed => ({ kind: 'card', id: card }));
  await commitChanges(trx, workspaceId, [{ kind: 'member', id }, ...cards]);
  return undefined;
}

export interface Newcomer {
  name: string;
  /** Normal form. */
  email?: string | undefined;
  /** Somebody else than they themselves says that the address is theirs. */
  confirmed: boolean;
  team: Member['team'];
  role: Role;
}

/**
 * Takes somebody into the team. Whoever had left comes back as the same member, so that what they wrote is theirs
 * again. Call `commitChanges` with kind `member` after it.
 * @param memberId the one who comes back, where that is known
 * @returns the member's id; undefined when there is an active member with this address
 */
export async function admitMember(
  trx: Trx,
  workspaceId: string,
  { name, email, confirmed, team, role }: Newcomer,
  memberId?: string,
): Promise<string | undefined> {
  // Nothing in the table keeps two members from having one address: those who come in take turns.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`member ${workspaceId}`}, 0))`.execute(trx);
  const known = await trx
    .selectFrom('member')
    .select(['id', 'left_at'])
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('email', '=', email ?? ''), eb('id', '=', memberId ?? null)]))
    .orderBy(sql`left_at is null`, 'desc')
    .orderBy('created_at')
    .executeTakeFirst();
  if (known?.left_at === null) return undefined;
  const id = known?.id ?? uuid();
  const fields = { name, team, role, ...(email !== undefined && { email, email_confirmed: confirmed }) };
  if (known) {
    await trx
      .updateTable('member')
      // They may have another account at the company now.
      .set({ ...fields, left_at: null, subject: null })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute();
  } else {
    await trx
      .insertInto('member')
      .values({ workspace_id: workspaceId, id, ...fields, email: email ?? null, created_by: null })
      .execute();
  }
  return id;
}

/**
 * Takes an address from whoever just wrote it about themselves, since somebody comes whose it is known to be. They
 * stay a member. One who has left keeps it: nobody comes in by it then.
 */
export async function yieldAddress(trx: Trx, workspaceId: string, email: string): Promise<void> {
  const rows = await trx
    .updateTable('member')
    .set({ email: null })
    .where('workspace_id', '=', workspaceId)
    .where('email', '=', email)
    .where('email_confirmed', '=', false)
    .where('left_at', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of rows) {
    const target = { kind: 'member', id } as const;
    await writeAudit(trx, workspaceId, 'member.changed', { target, detail: { addressGivenUp: true } });
    await commitChanges(trx, workspaceId, [{ kind: 'member', id }]);
  }
}
