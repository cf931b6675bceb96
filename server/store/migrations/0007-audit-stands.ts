import { type Kysely, sql } from 'kysely';
import { APP_ROLE } from './protect.ts';

/** What requests wrote down of what was done they cannot write over; old rows go by retention. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`revoke update on audit from ${sql.id(APP_ROLE)}`.execute(db);
}
