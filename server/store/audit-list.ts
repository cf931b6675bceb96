import { sql } from 'kysely';
import type { AuditAnswer, AuditRow } from '../../utils/contract/team.ts';
import type { Trx } from './database.ts';

interface Row {
  id: string;
  at: Date;
  action: string;
  by: string | null;
  target_kind: string | null;
  target_id: string | null;
  target_name: string | null;
  target_owner: string | null;
  detail: AuditRow['detail'];
}

/**
 * The audit trail, newest first, with the names that members, browsers and invited people have now.
 * @param before the id of the last row that is known already
 */
export async function readAudit(
  trx: Trx,
  workspaceId: string,
  before: string | undefined,
  limit: number,
): Promise<AuditAnswer> {
  const { rows } = await sql<Row>`
    select a.id, a.at, a.action, a.target_kind, a.target_id, a.detail, who.name as by,
      coalesce(m.name, b.name, i.email, i.name) as target_name, o.name as target_owner
    from audit a
    left join member who on who.workspace_id = a.workspace_id and who.id = a.member_id
    left join member m on a.target_kind = 'member' and m.workspace_id = a.workspace_id and m.id::text = a.target_id
    left join browser b on a.target_kind = 'browser' and b.workspace_id = a.workspace_id and b.id::text = a.target_id
    left join invite i on a.target_kind = 'invite' and i.workspace_id = a.workspace_id and i.id::text = a.target_id
    left join member o on o.workspace_id = a.workspace_id and o.id = coalesce(b.member_id, i.member_id)
    where a.workspace_id = ${workspaceId}::uuid ${before === undefined ? sql`` : sql`and a.id < ${before}::uuid`}
    order by a.id desc limit ${limit + 1}`.execute(trx);
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      by: row.by ?? undefined,
      target:
        row.target_kind === null || row.target_id === null
          ? undefined
          : {
              kind: row.target_kind,
              id: row.target_id,
              name: row.target_name ?? undefined,
              owner: row.target_owner ?? undefined,
            },
      detail: row.detail,
    })),
    more: rows.length > limit,
  };
}
