import type { Member } from '../../utils/contract/member.ts';
import { mayInvite } from '../../utils/contract/roles.ts';
import { writeAudit } from './audit.ts';
import { addBrowser, endBrowser } from './browser.ts';
import { commitChanges } from './change.ts';
import type { Trx } from './database.ts';
import { admitMember, yieldAddress } from './member.ts';

/** `taken`: the address is, or was, that of another member. `gone`: there is no such invitation or person any more. */
export type JoinProblem = 'gone' | 'used' | 'expired' | 'withdrawn' | 'taken';

export interface Invited {
  /** The team's name. */
  workspace: string;
  team: Member['team'];
  role: Member['role'];
  name?: string | undefined;
  email?: string | undefined;
  /** For one more browser of somebody who has given name and address before. */
  known: boolean;
}

/** What is paired, as whom the invitation leaves open. */
export interface Guest {
  grantId: string;
  browserName: string;
  now: Date;
  name?: string | undefined;
  /** Normal form. */
  email?: string | undefined;
}

export interface Paired {
  memberId: string;
  browserId: string;
}

/** ms after which an invitation is good again when the browser that used it has not come in since. */
const UNCLAIMED_MS = 120_000;

/** What an invitation is for, as its page shows it. Changes nothing: browsers load pages more than once. */
export async function readInvited(
  trx: Trx,
  workspaceId: string,
  hash: Buffer,
  now: Date,
): Promise<Invited | JoinProblem> {
  const found = await find(trx, workspaceId, hash, false);
  const problem = problemOf(found, now);
  if (!found || problem) return problem ?? 'gone';
  const { name: workspace } = await trx
    .selectFrom('workspace')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const { invite, member, before } = found;
  const person = member ?? invite;
  return {
    workspace,
    team: person.team,
    role: person.role,
    name: person.name ?? undefined,
    email: person.email ?? undefined,
    known: (member !== undefined && member.email !== null) || before !== undefined,
  };
}

/** Uses an invitation up and pairs a browser by it; of two at once, one. The same grant again answers the same. */
export async function redeemInvite(
  trx: Trx,
  workspaceId: string,
  hash: Buffer,
  guest: Guest,
): Promise<Paired | JoinProblem> {
  const found = await find(trx, workspaceId, hash, true);
  if (found?.before?.grant_id === guest.grantId) {
    return { memberId: found.before.member_id, browserId: found.before.id };
  }
  const problem = problemOf(found, guest.now);
  if (!found || problem) return problem ?? 'gone';
  const { invite, before } = found;
  if (before) await endBrowser(trx, workspaceId, before.id, { reason: 'unclaimed' });
  const joined = await join(trx, workspaceId, found, guest);
  if (typeof joined === 'string') return joined;
  const paired = await pair(trx, workspaceId, { ...joined, ...guest, way: 'invitation' });
  await trx
    .updateTable('invite')
    .set({ used_at: guest.now, browser_id: paired.browserId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invite.id)
    .execute();
  if (joined.isNew) await commitChanges(trx, workspaceId, [{ kind: 'member', id: joined.memberId }]);
  return paired;
}

/** Pairs a browser of a member and writes it down. Call `commitChanges` for a new member after it. */
export async function pair(
  trx: Trx,
  workspaceId: string,
  {
    memberId,
    isNew,
    grantId,
    browserName,
    way,
  }: { memberId: string; isNew: boolean; way: 'invitation' | 'company' } & Pick<
    Guest,
    'grantId' | 'browserName'
  >,
): Promise<Paired> {
  const browserId = await addBrowser(trx, workspaceId, { memberId, grantId, name: browserName });
  const who = { memberId, browserId };
  if (isNew) {
    await writeAudit(trx, workspaceId, 'member.joined', {
      ...who,
      target: { kind: 'member', id: memberId },
      detail: { way },
    });
  }
  await writeAudit(trx, workspaceId, 'sign-in', { ...who, detail: { way } });
  await writeAudit(trx, workspaceId, 'browser.paired', {
    ...who,
    target: { kind: 'browser', id: browserId },
    detail: { name: browserName },
  });
  return who;
}

async function join(
  trx: Trx,
  workspaceId: string,
  { invite, member, before }: Found,
  guest: Guest,
): Promise<{ memberId: string; isNew: boolean } | JoinProblem> {
  if (before) return { memberId: before.member_id, isNew: false };
  if (member && member.email !== null) return { memberId: member.id, isNew: false };
  const name = guest.name ?? invite.name ?? member?.name;
  if (name === undefined) throw new Error('[join] nobody said who they are');
  const email = invite.email ?? guest.email;
  if (member) {
    // The first admin's link comes from whoever runs the server: what they write is as good as an admin's word.
    const confirmed = invite.created_by === null && member.role === 'admin';
    return introduce(trx, workspaceId, member.id, { name, email, confirmed });
  }
  const { team, role } = invite;
  // Typed here, an address proves nothing: whoever left comes back by an invitation to theirs.
  if (invite.email === null && (await hasAddress(trx, workspaceId, email))) return 'taken';
  if (invite.email !== null) await yieldAddress(trx, workspaceId, invite.email);
  const confirmed = invite.email !== null;
  const memberId = await admitMember(trx, workspaceId, { name, email, confirmed, team, role });
  return memberId === undefined ? 'taken' : { memberId, isNew: true };
}

/** The first admin is there before anybody knows who it is. */
async function introduce(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  { name, email, confirmed }: { name: string; email: string | undefined; confirmed: boolean },
): Promise<{ memberId: string; isNew: boolean } | JoinProblem> {
  if (await hasAddress(trx, workspaceId, email)) return 'taken';
  await trx
    .updateTable('member')
    .set({ name, ...(email !== undefined && { email, email_confirmed: confirmed }) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute();
  return { memberId, isNew: true };
}

/** Whether it is, or was, a member's. */
async function hasAddress(trx: Trx, workspaceId: string, email: string | undefined): Promise<boolean> {
  if (email === undefined) return false;
  const other = await trx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('email', '=', email)
    .executeTakeFirst();
  return other !== undefined;
}

type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

async function find(trx: Trx, workspaceId: string, hash: Buffer, hold: boolean) {
  const invite = await trx
    .selectFrom('invite')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('token_hash', '=', hash)
    .$if(hold, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!invite) return undefined;
  const member = await trx
    .selectFrom('member')
    .select(['id', 'name', 'email', 'team', 'role', 'left_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invite.member_id)
    .executeTakeFirst();
  const before = await trx
    .selectFrom('browser')
    .select(['id', 'member_id', 'grant_id', 'used_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invite.browser_id)
    .executeTakeFirst();
  const creator = await trx
    .selectFrom('member')
    .select(['team', 'role', 'left_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', invite.created_by)
    .executeTakeFirst();
  return { invite, member, before, creator };
}

function problemOf(found: Found | undefined, now: Date): JoinProblem | undefined {
  if (!found) return 'gone';
  const { invite, member, before, creator } = found;
  if (invite.withdrawn_at !== null || (member && member.left_at !== null)) return 'withdrawn';
  // A link reaches no further than whoever made it does now.
  if (!member && creator && (creator.left_at !== null || !mayInvite(creator, invite))) return 'withdrawn';
  const since = now.getTime() - (invite.used_at?.getTime() ?? 0);
  if (invite.used_at !== null && (!before || before.used_at !== null || since < UNCLAIMED_MS)) return 'used';
  return invite.expires_at <= now ? 'expired' : undefined;
}
