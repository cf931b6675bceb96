import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Answers `GET /v1/shared`: the contract's Shared as JSON text. */
export async function readShared(trx: Trx, workspaceId: string): Promise<string> {
  const { rows } = await sql<{ answer: string }>`
    select json_strip_nulls(json_build_object('version', w.version,
      'stages', coalesce((select json_agg(json_build_object('id', id, 'label', label, 'order', position,
          'team', team, 'definition', definition, 'exit', exit, 'revision', revision) order by position, id)
        from stage s where s.workspace_id = w.workspace_id), '[]'),
      'members', coalesce((select json_agg(json_build_object('id', id, 'name', name, 'team', team,
          'role', role, 'email', email, 'left', nullif(left_at is not null, false)) order by name, id)
        from member m where m.workspace_id = w.workspace_id), '[]'),
      'campaigns', coalesce((select json_agg(json_build_object('id', id, 'name', name, 'channel', channel,
          'subject', subject, 'excerpt', excerpt, 'link', link, 'audience', audience, 'ownerId', owner_id,
          'plannedAt', planned_at, 'sentAt', sent_at, 'source', source, 'revision', revision)
          order by coalesce(sent_at, planned_at) desc nulls last, id)
        from campaign c where c.workspace_id = w.workspace_id), '[]')))::text as answer
    from workspace w where w.workspace_id = ${workspaceId}::uuid`.execute(trx);
  const answer = rows[0]?.answer;
  if (answer === undefined) throw new Error('[shared] the workspace is not there');
  return answer;
}
