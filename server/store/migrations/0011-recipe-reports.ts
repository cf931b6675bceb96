import { type Kysely, sql } from 'kysely';

/** What is counted is how often it was said: a browser that is paired anew says so again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recipe_stale rename column browsers to reports`.execute(db);
}
