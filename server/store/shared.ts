import { sql } from 'kysely';
import { agreementJson } from './agreement.ts';
import type { Trx } from './database.ts';
import { definitionJson } from './definition.ts';

/** How many of the proposals that are decided are told. */
const DECIDED = 20;

/** Answers `GET /v1/shared`: the contract's Shared as JSON text. */
export async function readShared(trx: Trx, workspaceId: string): Promise<string> {
  const { rows } = await sql<{ answer: string }>`
    select json_strip_nulls(json_build_object('version', w.version,
      'stages', (${definitions(sql`= 'stage'`)}), 'types', (${definitions(sql`<> 'stage'`)}),
      'proposals', coalesce((${proposals}), '[]'),
      'agreement', (select ${agreementJson} from agreement a where a.workspace_id = w.workspace_id
        order by a.revision desc limit 1),
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

const definitions = (ofKind: ReturnType<typeof sql>) => sql`
  select coalesce(json_agg(${definitionJson} order by kind, position, id), '[]')
  from definition d where d.workspace_id = w.workspace_id and kind ${ofKind}`;

/** Open ones first, oldest first; then those decided last. */
const proposals = sql`
  select json_agg(json_build_object('id', id, 'about', json_build_object('kind', kind, 'id', definition_id),
      'draft', draft, 'baseRevision', base_revision, 'byId', created_by, 'team', team, 'at', at, 'words', words,
      'state', state, 'decidedById', decided_by, 'decidedAt', decided_at, 'answer', answer)
    order by decided_at desc nulls first, at, id)
  from (select * from proposal o where o.workspace_id = w.workspace_id and state = 'open'
    union all (select * from proposal p where p.workspace_id = w.workspace_id and state <> 'open'
      order by decided_at desc, id limit ${sql.lit(DECIDED)})) listed`;
