import { type Kysely, sql } from 'kysely';

/** What somebody's standing rests on: which browser made a link, and whether an address is known to be theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table invite add column created_by_browser uuid`.execute(db);
  // False: somebody wrote it about themselves, and nobody who knows has said so.
  await sql`alter table member add column email_confirmed boolean not null default false`.execute(db);
  await confirmWritten(db);
  await letSignInLook(db);
}

/** All addresses but those that people wrote themselves, into a page that an invitation without one opened. */
async function confirmWritten(db: Kysely<unknown>): Promise<void> {
  const tables = ['member', 'browser', 'invite'];
  // Otherwise an owner who is no superuser would see no row.
  for (const name of tables)
    await sql`alter table ${sql.table(name)} no force row level security`.execute(db);
  await sql`update member m set email_confirmed = true
    where email is not null and (subject is not null or not exists (
      select from invite i
      join browser b on b.workspace_id = i.workspace_id and b.id = i.browser_id
      where i.workspace_id = m.workspace_id and b.member_id = m.id
        and i.member_id is null and i.email is null))`.execute(db);
  for (const name of tables) await sql`alter table ${sql.table(name)} force row level security`.execute(db);
}

/**
 * As in 0003, but the address of a member who is there counts once it is confirmed, and the account at the
 * company counts too: people's addresses change.
 */
async function letSignInLook(db: Kysely<unknown>): Promise<void> {
  const address = sql`nullif(current_setting('app.sign_in', true), '')`;
  const subject = sql`nullif(current_setting('app.sign_in_subject', true), '')`;
  const known = (m: string) => {
    const column = (name: string) => sql.ref(`${m}.${name}`);
    return sql`(${column('email')} = ${address} and (${column('email_confirmed')} or ${column('left_at')} is not null)
      or ${column('subject')} = ${subject})`;
  };
  await sql`drop policy sign_in_workspace on workspace`.execute(db);
  await sql`drop policy sign_in_member on member`.execute(db);
  await sql`create policy sign_in_member on member for select using (${known('member')})`.execute(db);
  await sql`create policy sign_in_workspace on workspace for select
    using (split_part(${address}, '@', 2) = any (join_domains)
      or exists (select 1 from member m where m.workspace_id = workspace.workspace_id and ${known('m')}))`.execute(
    db,
  );
}
