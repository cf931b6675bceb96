import { sql } from 'kysely';
import type { Changed } from '../change.ts';
import { commitChanges } from '../change.ts';
import type { Trx } from '../database.ts';
import { dropTags } from '../tag.ts';
import { addAlone } from '../turns.ts';
import { ERASED } from './rules.ts';
import type { ErasureTable } from './schema.ts';
import { suppress } from './suppression.ts';

export interface Erasure {
  reason: ErasureTable['reason'];
  memberId?: string | undefined;
  /** Written in the same transaction, before the feed is told: the audit trail. */
  note(trx: Trx, erased: string[]): Promise<void>;
}

/** How many contacts one call takes. */
export const ERASE_MAX = 500;

/**
 * Erases contacts from every table, for good: all of it happens or nothing. What stays is that an id was
 * erased, and, unless only their time was over, the keyed hashes that keep them from coming back.
 * @returns those that were there
 */
export async function eraseContacts(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
  { reason, memberId, note }: Erasure,
): Promise<string[]> {
  if (contactIds.length > ERASE_MAX) throw new Error(`[erase] at most ${ERASE_MAX} contacts at a time`);
  // Nobody is added meanwhile, by hand or by an import: they would be looked for in what goes now.
  await addAlone(trx, workspaceId);
  const { rows } = await sql<{ id: string }>`
    select id from contact where workspace_id = ${workspaceId}::uuid and id = any(${contactIds}::uuid[])
    order by id for update`.execute(trx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  await trx
    .insertInto('erasure')
    .values(
      ids.map((id) => ({ workspace_id: workspaceId, contact_id: id, reason, member_id: memberId ?? null })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (reason !== 'retention') await suppress(trx, workspaceId, ids);
  const tags = await dropTags(trx, workspaceId, ids);
  for (const table of ERASED) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid
      and contact_id = any(${ids}::uuid[])`.execute(trx);
  }
  await sql`delete from contact where workspace_id = ${workspaceId}::uuid
    and id = any(${ids}::uuid[])`.execute(trx);
  // Answers of “taken” and “alike” named them.
  await sql`update command set result = result - 'contactIds' where workspace_id = ${workspaceId}::uuid
    and result ? 'contactIds' and result->'contactIds' ?| ${ids}::text[]`.execute(trx);
  await note(trx, ids);
  await commitChanges(trx, workspaceId, [...ids.map((id): Changed => ({ kind: 'card', id })), ...tags]);
  return ids;
}
