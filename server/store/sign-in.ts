import { type ExpressionBuilder, sql } from 'kysely';
import type { Team } from '../../utils/contract/base.ts';
import { commitChanges } from './change.ts';
import { type Database, inWorkspace, type Trx } from './database.ts';
import { type Paired, pair } from './join.ts';
import { admitMember, yieldAddress } from './member.ts';
import { REALM } from './realm.ts';
import type { Schema } from './schema.ts';

/** Somebody whom the company's sign-in knows. */
export interface SignedIn {
  /** `issuer subject`. */
  subject: string;
  /** Normal form, confirmed. */
  email: string;
}

export interface KnownTeam {
  workspaceId: string;
  workspace: string;
  /** They would become a member now. */
  joins: boolean;
  /** The member's name. */
  name?: string | undefined;
}

/** `subject`: there, this address came in with another account. */
export type SignInProblem = 'no-team' | 'subject';

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1);

/**
 * Whom the company's word is about: by the account, or by an address that is known to be theirs. What somebody
 * wrote about themselves proves nothing while they are there; after that it keeps them out.
 */
const isAbout =
  ({ email, subject }: SignedIn) =>
  (eb: ExpressionBuilder<Schema & { m: Schema['member'] }, 'm'>) =>
    eb.or([
      eb('m.subject', '=', subject),
      eb.and([
        eb('m.email', '=', email),
        eb.or([eb('m.email_confirmed', '=', true), eb('m.left_at', 'is not', null)]),
      ]),
    ]);

/**
 * The teams of the whole server that somebody may come in to: as a member, or because their domain joins. Whoever
 * was removed does not come back like this. The transaction names who it is and sees what has to do with them only.
 */
export async function findTeams(
  db: Database,
  person: SignedIn,
): Promise<{ teams: KnownTeam[]; problem?: SignInProblem }> {
  const { email, subject } = person;
  const rows = await inWorkspace(db, REALM, async (trx) => {
    await sql`set local app.sign_in = ${sql.lit(email)}`.execute(trx);
    await sql`set local app.sign_in_subject = ${sql.lit(subject)}`.execute(trx);
    return trx
      .selectFrom('workspace as w')
      .leftJoin('member as m', (join) =>
        join.onRef('m.workspace_id', '=', 'w.workspace_id').on(isAbout(person)),
      )
      .select(['w.workspace_id', 'w.name as workspace', 'm.id', 'm.name', 'm.left_at', 'm.subject'])
      .orderBy('w.name')
      .orderBy('w.workspace_id')
      .orderBy(sql`m.left_at is null`, 'desc')
      .orderBy(sql`m.subject is not distinct from ${subject}`, 'desc')
      .execute();
  });
  const first = rows.filter((row, index) => rows[index - 1]?.workspace_id !== row.workspace_id);
  const there = first.filter(({ left_at }) => left_at === null);
  const mine = there.filter((row) => row.subject === null || row.subject === subject);
  const teams = mine.map((row) => ({
    workspaceId: row.workspace_id,
    workspace: row.workspace,
    joins: row.id === null,
    name: row.name ?? undefined,
  }));
  if (teams.length > 0) return { teams };
  return { teams, problem: there.length > 0 ? 'subject' : 'no-team' };
}

export interface Entry {
  grantId: string;
  browserName: string;
  /** Of somebody new. */
  name: string;
  team: Team;
}

/** Lets somebody in to one of their teams and pairs their browser. The same grant again answers the same. */
export async function enterTeam(
  trx: Trx,
  workspaceId: string,
  person: SignedIn,
  entry: Entry,
): Promise<Paired | SignInProblem> {
  const { grantId, browserName, name, team } = entry;
  const before = await trx
    .selectFrom('browser')
    .select(['id', 'member_id'])
    .where('workspace_id', '=', workspaceId)
    .where('grant_id', '=', grantId)
    .executeTakeFirst();
  if (before) return { memberId: before.member_id, browserId: before.id };
  const member = await memberOf(trx, workspaceId, person);
  if (typeof member === 'string') return member;
  const { email } = person;
  if (!member) await yieldAddress(trx, workspaceId, email);
  const memberId =
    member?.id ??
    (await admitMember(trx, workspaceId, { name, email, confirmed: true, team, role: 'member' }));
  if (memberId === undefined) return 'no-team';
  await trx
    .updateTable('member')
    .set({
      subject: person.subject,
      email_confirmed: sql<boolean>`email_confirmed or email is not distinct from ${email}`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute();
  const isNew = member === undefined;
  const paired = await pair(trx, workspaceId, { memberId, isNew, grantId, browserName, way: 'company' });
  if (isNew) await commitChanges(trx, workspaceId, [{ kind: 'member', id: memberId }]);
  return paired;
}

/** @returns undefined for somebody who joins by their domain */
async function memberOf(
  trx: Trx,
  workspaceId: string,
  person: SignedIn,
): Promise<{ id: string } | SignInProblem | undefined> {
  const { email, subject } = person;
  const member = await trx
    .selectFrom('member as m')
    .select(['id', 'left_at', 'subject'])
    .where('workspace_id', '=', workspaceId)
    .where(isAbout(person))
    .orderBy(sql`left_at is null`, 'desc')
    .orderBy(sql`subject is not distinct from ${subject}`, 'desc')
    .forUpdate()
    .executeTakeFirst();
  if (member?.left_at === null) {
    return member.subject === null || member.subject === subject ? member : 'subject';
  }
  if (member) return 'no-team';
  const { join_domains } = await trx
    .selectFrom('workspace')
    .select('join_domains')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return join_domains.includes(domainOf(email)) ? undefined : 'no-team';
}
