import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** What imports remember: mappings that a team keeps, and as of when each file speaks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table import_mapping (
    workspace_id uuid not null, name text not null, body jsonb not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, name)
  )`.execute(db);
  // By content, so that the same file says the same however often it is copied and imported.
  await sql`create table import_file (
    workspace_id uuid not null, hash bytea not null, as_of timestamptz not null,
    started_at timestamptz not null default now(), finished_at timestamptz,
    primary key (workspace_id, hash)
  )`.execute(db);
  // By field name, as in contact: which source said it, and when.
  await sql`alter table company add column provenance jsonb not null default '{}'`.execute(db);
  await protect(db, ['import_mapping', 'import_file']);
}
