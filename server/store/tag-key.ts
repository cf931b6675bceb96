import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from './database.ts';

/*
 * A workspace has one key that is in use, maybe one that is being made ready, and for a day those that were in use
 * before. Whoever writes tags writes them under all of these, and holds them meanwhile; whoever changes which keys
 * there are waits for all writers, and they for it.
 */

export interface TagKey {
  no: number;
  key: Buffer;
  /** False while it is being made ready: nobody has its set yet. */
  used: boolean;
}

const lock = (workspaceId: string) => sql`hashtextextended(${`tag-key ${workspaceId}`}, 0)`;

/** The keys to write tags under; they stay these until the transaction ends. */
export async function holdTagKeys(trx: Trx, workspaceId: string): Promise<TagKey[]> {
  await sql`select pg_advisory_xact_lock_shared(${lock(workspaceId)})`.execute(trx);
  const { rows } = await sql<TagKey>`
    select key_no as no, key, since is not null as used from tag_key
    where workspace_id = ${workspaceId}::uuid and not ended order by key_no`.execute(trx);
  return rows;
}

/** Nobody writes tags until the transaction ends. */
export async function holdTagWriters(trx: Trx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock(workspaceId)})`.execute(trx);
}

/** The first key of a new workspace. @param rules by which its tags will be made */
export async function insertTagKey(trx: Trx, workspaceId: string, rules: number): Promise<void> {
  await trx
    .insertInto('tag_key')
    .values({ workspace_id: workspaceId, key_no: 1, key: randomBytes(32), since: new Date(), rules })
    .execute();
}

/** The key in use. */
export async function readPresentKey(trx: Trx, workspaceId: string): Promise<{ no: number; key: Buffer }> {
  const row = await trx
    .selectFrom('tag_key')
    .select(['key_no', 'key'])
    .where('workspace_id', '=', workspaceId)
    .where('since', 'is not', null)
    .where('until', 'is', null)
    .executeTakeFirstOrThrow();
  return { no: row.key_no, key: row.key };
}

export const readTagKey = async (trx: Trx, workspaceId: string): Promise<Buffer> =>
  (await readPresentKey(trx, workspaceId)).key;
