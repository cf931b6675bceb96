import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Trx } from './database.ts';

export interface NewMove {
  contactId: string;
  fromId: string | null;
  toId: string;
  at: Date | string;
  memberId?: string;
  reason?: string | undefined;
}

/** Notes that contacts came from one stage into another, as that is defined now. */
export async function writeMoves(
  trx: Trx,
  workspaceId: string,
  source: string,
  moves: readonly NewMove[],
): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map((move) => ({ ...move, id: uuid() }));
  await sql`
    insert into stage_move (workspace_id, id, contact_id, from_id, to_id, to_revision, at, member_id, reason, source)
    select ${workspaceId}::uuid, m.id, m."contactId", m."fromId", m."toId", d.revision, m.at, m."memberId", m.reason, ${source}
    from json_to_recordset(${JSON.stringify(rows)}::json) as m (id uuid, "contactId" uuid, "fromId" uuid,
      "toId" uuid, at timestamptz, "memberId" uuid, reason text)
    left join definition d on d.workspace_id = ${workspaceId}::uuid and d.id = m."toId"`.execute(trx);
}
