import { sql } from 'kysely';
import { type Definition, type DefinitionKind, draftOf, kindOf } from '../../utils/contract/definition.ts';
import type { Changed } from './change.ts';
import type { Trx } from './database.ts';

/** Call `commitChanges` with what `changeOf` says after it. */
export async function createDefinition(
  trx: Trx,
  workspaceId: string,
  { order, definition, entry, exit, sales, marketing, needs, ...rest }: Definition,
): Promise<void> {
  await trx
    .insertInto('definition')
    .values({
      workspace_id: workspaceId,
      ...rest,
      position: order,
      says: JSON.stringify({ sales, marketing }),
      definition: definition ?? null,
      entry: entry ?? null,
      exit: exit ?? null,
      needs: needs ?? [],
      created_by: null,
    })
    .execute();
}

/** What the feed is told when one of a kind has changed. */
export const changeOf = (kind: DefinitionKind, id: string): Changed => ({
  kind: kind === 'stage' ? 'stage' : 'definition',
  id,
});

/** Whether one of that kind is there and can be chosen. */
export async function isChoosable(
  trx: Trx,
  workspaceId: string,
  kind: DefinitionKind,
  id: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('definition')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('retired', '=', false)
    .executeTakeFirst();
  return row !== undefined;
}

/** One as the contract has it. */
export const definitionJson = sql`json_build_object('id', id, 'kind', kind, 'label', label, 'order', position,
  'team', team, 'sales', says->'sales', 'marketing', says->'marketing', 'definition', definition,
  'entry', entry, 'exit', exit, 'needs', case when needs <> '{}' then to_json(needs) end,
  'retired', nullif(retired, false), 'since', since, 'revision', revision)`;

/** All of a workspace, by kind and place. */
export async function readDefinitions(trx: Trx, workspaceId: string): Promise<Definition[]> {
  const { rows } = await sql<{ one: Definition }>`select json_strip_nulls(${definitionJson}) as one
    from definition where workspace_id = ${workspaceId}::uuid order by kind, position, id`.execute(trx);
  return rows.map(({ one }) => one);
}

export interface Agreed {
  proposedBy: string;
  agreedBy: string;
  at: Date;
}

/**
 * Puts a definition in force in place of the one before, which is kept as what held until then. One whose place is
 * taken moves those of its kind on that come after it. `order` as in `Draft`.
 * @returns what changed
 */
export async function putInForce(
  trx: Trx,
  workspaceId: string,
  { order, ...next }: Omit<Definition, 'order' | 'revision' | 'since'> & { order?: number | undefined },
  { proposedBy, agreedBy, at }: Agreed,
): Promise<Changed[]> {
  const all = await readDefinitions(trx, workspaceId);
  const before = all.find(({ id }) => id === next.id);
  const revision = (before?.revision ?? 0) + 1;
  if (before) await keep(trx, workspaceId, before, at);
  else await createDefinition(trx, workspaceId, { ...next, order: all.length + 1, revision });
  const { definition, entry, exit, sales, marketing, needs, label, team, retired } = next;
  await trx
    .updateTable('definition')
    .set({
      ...{ label, team, revision, since: at, proposed_by: proposedBy, agreed_by: agreedBy },
      says: JSON.stringify({ sales, marketing }),
      definition: definition ?? null,
      entry: entry ?? null,
      exit: exit ?? null,
      needs: needs ?? [],
      retired: retired ?? false,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', next.id)
    .execute();
  const others = all.filter((one) => one.id !== next.id && kindOf(one) === kindOf(next));
  const place = Math.min(order ?? before?.order ?? others.length + 1, others.length + 1);
  const inOrder = others.map(({ id, order: old }) => ({ id, old })).toSorted((a, b) => a.old - b.old);
  const moved = inOrder.toSpliced(place - 1, 0, { id: next.id, old: 0 });
  const changed = moved.flatMap(({ id, old }, index) => (old === index + 1 ? [] : [{ id, at: index + 1 }]));
  await sql`update definition set position = m.at
    from json_to_recordset(${JSON.stringify(changed)}::json) as m (id uuid, at int)
    where definition.workspace_id = ${workspaceId}::uuid and definition.id = m.id`.execute(trx);
  return changed.map(({ id }) => changeOf(kindOf(next), id));
}

/** What is no longer in force. */
async function keep(trx: Trx, workspaceId: string, before: Definition, until: Date): Promise<void> {
  await sql`insert into definition_version (workspace_id, definition_id, revision, body, since, until, proposed_by, agreed_by)
    select workspace_id, id, revision, ${JSON.stringify(draftOf(before))}::jsonb, since, ${until}, proposed_by, agreed_by
    from definition where workspace_id = ${workspaceId}::uuid and id = ${before.id}::uuid`.execute(trx);
}

/** Answers `POST /v1/definition-versions`: the contract's VersionsAnswer as JSON text; undefined when it is not there. */
export async function readVersions(trx: Trx, workspaceId: string, id: string): Promise<string | undefined> {
  const body = sql`jsonb_strip_nulls((${definitionJson})::jsonb) - ${['id', 'kind', 'order', 'revision', 'since']}::text[]`;
  const { rows } = await sql<{ answer: string | null }>`
    select json_strip_nulls(json_build_object('versions', json_agg(json_build_object('revision', revision,
      'body', body, 'since', since, 'until', until, 'proposedBy', proposed_by, 'agreedBy', agreed_by)
      order by revision desc)))::text as answer
    from (select revision, ${body} as body, since, null::timestamptz as until, proposed_by, agreed_by
        from definition where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid
      union all select revision, body, since, until, proposed_by, agreed_by
        from definition_version where workspace_id = ${workspaceId}::uuid and definition_id = ${id}::uuid) every
    having count(*) > 0`.execute(trx);
  return rows[0]?.answer ?? undefined;
}
