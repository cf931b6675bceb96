import { type Kysely, sql } from 'kysely';

/** Which refresh token of a browser was used last, and which browser an invitation let in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // refresh_id: hash of the last one used; refresh_turn: how many came before it; refresh_at: its first use.
  await sql`alter table browser
    add column refresh_id text collate "C", add column refresh_turn int, add column refresh_at timestamptz`.execute(
    db,
  );
  await sql`alter table invite add column browser_id uuid`.execute(db);
}
