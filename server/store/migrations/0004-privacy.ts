import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** Who was erased, and who must not come back; how long things are kept; a note's link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The key of the hashes below. Not the tags' key: that one goes to browsers, and can be changed.
  await sql`alter table workspace add column suppression_key bytea not null
    default sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea)
    check (length(suppression_key) = 32)`.execute(db);
  await sql`create table erasure (
    workspace_id uuid not null, contact_id uuid not null,
    reason text not null, member_id uuid, at timestamptz not null default now(),
    primary key (workspace_id, contact_id)
  )`.execute(db);
  // hash: HMAC-SHA-256 of a match key or record id of the erased person; nothing says whose it is.
  await sql`create table suppression (
    workspace_id uuid not null, hash bytea not null, contact_id uuid not null,
    at timestamptz not null default now(),
    primary key (workspace_id, hash),
    foreign key (workspace_id, contact_id) references erasure on delete cascade
  )`.execute(db);
  await sql`create index suppression_contact on suppression (workspace_id, contact_id)`.execute(db);
  // Null: kept for ever.
  await sql`create table retention (
    workspace_id uuid primary key,
    history_months int check (history_months between 1 and 600),
    idle_months int check (idle_months between 1 and 600),
    audit_months int not null default 24 check (audit_months between 1 and 600),
    feed_days int not null default 90 check (feed_days between 1 and 3650),
    ran_at timestamptz
  )`.execute(db);
  await sql`alter table change add column at timestamptz not null default now()`.execute(db);
  await sql`alter table note add column link text`.execute(db);
  await sql`create index touch_at on touch (workspace_id, at)`.execute(db);
  await sql`create index campaign_member_at on campaign_member (workspace_id, at)`.execute(db);
  await sql`create index command_created on command (workspace_id, created_at)`.execute(db);
  await sql`create index command_names on command (workspace_id) where result ? 'contactIds'`.execute(db);
  await sql`create index audit_at on audit (workspace_id, at)`.execute(db);
  await sql`create index audit_target on audit (workspace_id, target_id)`.execute(db);
  await protect(db, ['erasure', 'suppression', 'retention']);
}
