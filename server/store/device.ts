import { sql } from 'kysely';
import type { Member } from '../../utils/contract/member.ts';
import { type Database, inWorkspace } from './database.ts';
import { hashToken, workspaceOfToken } from './token.ts';

/** Who a request speaks for. */
export interface Device {
  workspaceId: string;
  member: Pick<Member, 'id' | 'team' | 'role'>;
}

/** The member that a token stands for; undefined when it is unknown or withdrawn. */
export async function findDevice(db: Database, token: string): Promise<Device | undefined> {
  const workspaceId = workspaceOfToken(token);
  if (workspaceId === undefined) return undefined;
  return inWorkspace(db, workspaceId, async (trx) => {
    const hash = hashToken(token);
    const row = await trx
      .selectFrom('device as d')
      .innerJoin('member as m', (join) =>
        join.onRef('m.workspace_id', '=', 'd.workspace_id').onRef('m.id', '=', 'd.member_id'),
      )
      .select([
        'm.id',
        'm.team',
        'm.role',
        sql<boolean>`d.used_at > now() - interval '5 minutes'`.as('recent'),
      ])
      .where('d.workspace_id', '=', workspaceId)
      .where('d.token_hash', '=', hash)
      .executeTakeFirst();
    if (!row) return undefined;
    if (!row.recent) {
      await trx
        .updateTable('device')
        .set({ used_at: sql`now()` })
        .where('workspace_id', '=', workspaceId)
        .where('token_hash', '=', hash)
        .execute();
    }
    return { workspaceId, member: { id: row.id, team: row.team, role: row.role } };
  });
}
