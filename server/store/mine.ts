import { sql } from 'kysely';
import { MINE_DAYS, MINE_MAX } from '../../utils/contract/mine.ts';
import type { Trx } from './database.ts';

/**
 * Contacts that a member works with: their own, those with open tasks of or for them, and whom they noted or
 * touched lately. Those that changed last come first, and there are `MINE_MAX` at most.
 * @param now the server's clock
 */
export async function readMine(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  now: Date,
  most = MINE_MAX,
): Promise<string[]> {
  const since = new Date(now.getTime() - MINE_DAYS * 86_400_000);
  const [ours, me] = [sql`workspace_id = ${workspaceId}::uuid`, sql`${memberId}::uuid`];
  const { rows } = await sql<{ id: string }>`
    with mine as (
      select id from contact where ${ours} and owner_id = ${me}
      union select contact_id from task where ${ours} and done_at is null and assignee_id = ${me}
      union select contact_id from task where ${ours} and done_at is null and created_by = ${me}
      union select contact_id from note where ${ours} and created_by = ${me} and at > ${since}
      union select contact_id from touch where ${ours} and member_id = ${me} and at > ${since}
    )
    select c.contact_id as id from mine join card c on c.workspace_id = ${workspaceId}::uuid and c.contact_id = mine.id
    order by c.version desc, c.contact_id limit ${most}`.execute(trx);
  return rows.map(({ id }) => id);
}
