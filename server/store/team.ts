import { sql } from 'kysely';
import { normalDomain } from '../../utils/contract/match-key.ts';
import type { Member } from '../../utils/contract/member.ts';
import type {
  OpenInvite,
  PairedBrowser,
  TeamAnswer,
  TeamMember,
  WorkspaceChange,
  WorkspaceSettings,
} from '../../utils/contract/team.ts';
import { type Actor, by, holdActor, readActor, type TeamRefusal } from './actor.ts';
import { writeAudit } from './audit.ts';
import type { Trx } from './database.ts';
import { isFreeMail } from './free-mail.ts';
import { mayManage } from './invite-list.ts';
import { type Newest, readStale } from './recipe-stale.ts';

const iso = (at: Date | null) => at?.toISOString();

/** Expired links are listed for so many days, to be made anew. */
const EXPIRED_DAYS = 30;

/** The team as this member may see it. @param newest of the recipes that are served */
export async function readTeam(
  trx: Trx,
  actor: Actor,
  newest: Newest = new Map(),
): Promise<TeamAnswer | undefined> {
  const { workspaceId, browserId, member } = actor;
  const who = await readActor(trx, actor);
  if (!who) return undefined;
  return {
    me: member.id,
    browserId,
    workspace: await readSettings(trx, workspaceId),
    members: await readMembers(trx, workspaceId),
    invites: await readInvites(trx, actor, who),
    browsers: await readBrowsers(trx, actor, who.role === 'admin'),
    ...(who.role === 'admin' && { staleRecipes: await readStale(trx, workspaceId, newest) }),
  };
}

async function readSettings(trx: Trx, workspaceId: string): Promise<WorkspaceSettings> {
  const row = await trx
    .selectFrom('workspace')
    .select(['name', 'lock_days', 'join_domains'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { name: row.name, lockDays: row.lock_days, joinDomains: row.join_domains };
}

async function readMembers(trx: Trx, workspaceId: string): Promise<TeamMember[]> {
  const rows = await trx
    .selectFrom('member as m')
    .leftJoin('browser as b', (join) =>
      join.onRef('b.workspace_id', '=', 'm.workspace_id').onRef('b.member_id', '=', 'm.id'),
    )
    .select(['m.id', 'm.name', 'm.team', 'm.role', 'm.email', 'm.left_at'])
    .select((eb) => [
      sql<number>`count(b.id) filter (where b.ended_at is null)`.as('browsers'),
      eb.fn.max('b.used_at').as('seen_at'),
    ])
    .where('m.workspace_id', '=', workspaceId)
    .groupBy(['m.workspace_id', 'm.id'])
    .orderBy(sql`m.left_at is not null`)
    .orderBy('m.name')
    .orderBy('m.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    team: row.team,
    role: row.role,
    email: row.email ?? undefined,
    leftAt: iso(row.left_at),
    browsers: row.browsers,
    seenAt: iso(row.seen_at),
  }));
}

async function readInvites(
  trx: Trx,
  { workspaceId, member }: Actor,
  who: Pick<Member, 'team' | 'role'>,
): Promise<OpenInvite[]> {
  const rows = await trx
    .selectFrom('invite')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now() - make_interval(days => ${sql.lit(EXPIRED_DAYS)})`)
    .orderBy('created_at', 'desc')
    .execute();
  return rows
    .filter((row) => mayManage(member.id, who, row))
    .map((row) => ({
      id: row.id,
      memberId: row.member_id ?? undefined,
      email: row.email ?? undefined,
      name: row.name ?? undefined,
      team: row.team,
      role: row.role,
      createdBy: row.created_by ?? undefined,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }));
}

async function readBrowsers(
  trx: Trx,
  { workspaceId, member }: Actor,
  everybodys: boolean,
): Promise<PairedBrowser[]> {
  const rows = await trx
    .selectFrom('browser')
    .select(['id', 'member_id', 'name', 'created_at', 'used_at'])
    .where('workspace_id', '=', workspaceId)
    .where('ended_at', 'is', null)
    .$if(!everybodys, (query) => query.where('member_id', '=', member.id))
    .orderBy(sql`coalesce(used_at, created_at)`, 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    memberId: row.member_id,
    name: row.name,
    pairedAt: row.created_at.toISOString(),
    usedAt: iso(row.used_at),
  }));
}

/** An admin changes the team's settings. */
export async function changeWorkspace(
  trx: Trx,
  actor: Actor,
  { name, lockDays, joinDomains }: WorkspaceChange,
): Promise<TeamRefusal | undefined> {
  const { workspaceId } = actor;
  if ((await holdActor(trx, actor))?.role !== 'admin') return 'role';
  const normal = joinDomains?.map((domain) => normalDomain(domain.replace(/^@/, '')));
  if (normal?.includes(undefined)) return 'domain';
  const domains = normal && [...new Set(normal)].filter((domain) => domain !== undefined);
  if (domains?.some(isFreeMail)) return 'free-mail';
  if (domains && (await isTaken(trx, workspaceId, domains))) return 'domain-taken';
  const set = {
    ...(name !== undefined && { name }),
    ...(lockDays !== undefined && { lock_days: lockDays }),
    ...(domains && { join_domains: domains }),
  };
  if (Object.keys(set).length === 0) return undefined;
  await trx.updateTable('workspace').set(set).where('workspace_id', '=', workspaceId).execute();
  await writeAudit(trx, workspaceId, 'workspace.changed', {
    ...by(actor),
    target: { kind: 'workspace', id: workspaceId },
    detail: {
      ...(name !== undefined && { name }),
      ...(lockDays !== undefined && { lockDays }),
      ...(domains && { joinDomains: domains.join(', ') }),
    },
  });
  return undefined;
}

/**
 * Whether another team of the server lets in people of one of the domains that this one has not had before: they
 * would be shown this team when they sign in. Of two teams that ask at once, the later one is told.
 */
async function isTaken(trx: Trx, workspaceId: string, domains: readonly string[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('join domains', 0))`.execute(trx);
  const { joinDomains } = await readSettings(trx, workspaceId);
  for (const domain of domains.filter((each) => !joinDomains.includes(each))) {
    // What somebody of that domain would be shown.
    await sql`set local app.sign_in = ${sql.lit(`@${domain}`)}`.execute(trx);
    const other = await trx
      .selectFrom('workspace')
      .select('workspace_id')
      .where('workspace_id', '<>', workspaceId)
      .executeTakeFirst();
    await sql`set local app.sign_in = ''`.execute(trx);
    if (other) return true;
  }
  return false;
}
