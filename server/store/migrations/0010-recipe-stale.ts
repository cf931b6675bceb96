import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** Recipes that browsers found not to fit their sites any more: how many said so, and not which. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table recipe_stale (
    workspace_id uuid not null, recipe text not null, version bigint not null,
    browsers int not null, first_at timestamptz not null, last_at timestamptz not null,
    primary key (workspace_id, recipe, version)
  )`.execute(db);
  await protect(db, ['recipe_stale']);
}
