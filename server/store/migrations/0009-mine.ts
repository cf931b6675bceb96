import { type Kysely, sql } from 'kysely';

/** What `readMine` asks by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index contact_owner on contact (workspace_id, owner_id) where owner_id is not null`.execute(
    db,
  );
  await sql`create index task_assignee on task (workspace_id, assignee_id)
    where done_at is null and assignee_id is not null`.execute(db);
  await sql`create index task_author on task (workspace_id, created_by) where done_at is null`.execute(db);
  await sql`create index note_author on note (workspace_id, created_by, at)`.execute(db);
  await sql`create index touch_member on touch (workspace_id, member_id, at) where member_id is not null`.execute(
    db,
  );
}
