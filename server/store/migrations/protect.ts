import { type Kysely, sql } from 'kysely';

/** The role that requests run as: it owns nothing, so row-level security holds for it. */
export const APP_ROLE = 'truce_app';

/**
 * Puts tables under forced row-level security and opens them to the app's role: a transaction sees the
 * rows of the workspace that it has set, and nothing when it has set none.
 */
export async function protect(db: Kysely<unknown>, tables: readonly string[]): Promise<void> {
  for (const name of tables) {
    const table = sql.table(name);
    await sql`alter table ${table} enable row level security`.execute(db);
    await sql`alter table ${table} force row level security`.execute(db);
    await sql`create policy own_workspace on ${table}
      using (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
      with check (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)`.execute(db);
    await sql`grant select, insert, update, delete on ${table} to ${sql.id(APP_ROLE)}`.execute(db);
  }
}
