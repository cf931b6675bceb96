import { sql } from 'kysely';
import type { Change } from '../../utils/contract/change.ts';
import type { Trx } from './database.ts';

/** Where the database tells of each version that was committed: `<workspace> <version>`, and nothing of what changed. */
export const CHANGE_CHANNEL = 'truce_change';

export type Changed = Pick<Change, 'kind' | 'id'>;

/**
 * Takes the workspace's next version and tells the feed what changed under it. It must be the last write of
 * a transaction: from here to the commit every other writer waits, which is what keeps the feed without
 * gaps and in the order of the commits.
 * @returns the new version, or the present one when there was nothing to tell
 */
export async function commitChanges(
  trx: Trx,
  workspaceId: string,
  changes: readonly Changed[],
): Promise<number> {
  if (changes.length === 0) return readVersion(trx, workspaceId);
  const { rows } = await sql<{ version: number }>`
    with next as (
      update workspace set version = version + 1
      where workspace_id = ${workspaceId}::uuid returning version
    ), told as (
      insert into change (workspace_id, version, kind, id)
      select ${workspaceId}::uuid, next.version, c.kind, c.id
      from next, unnest(${changes.map((change) => change.kind)}::text[],
        ${changes.map((change) => change.id)}::uuid[]) c (kind, id)
      on conflict do nothing
    ), stamped as (
      update card set version = next.version from next
      where card.workspace_id = ${workspaceId}::uuid and card.contact_id = any(${cardIds(changes)}::uuid[])
    ) ${changes.some(({ kind }) => kind === 'tags') ? stampTags(workspaceId) : sql``}
    select version from next`.execute(trx);
  const version = rows[0]?.version;
  if (version === undefined) throw new Error('[change] the workspace is not there');
  // A statement of its own: on a cluster the one above runs where the workspace is, and nobody listens there.
  await sql`select pg_notify(${CHANGE_CHANNEL}, ${`${workspaceId} ${version}`})`.execute(trx);
  return version;
}

/** What this transaction has logged; nobody else sees it yet. */
const stampTags = (workspaceId: string) => sql`, logged as (
  update tag_log set version = next.version from next
  where tag_log.workspace_id = ${workspaceId}::uuid and tag_log.version = 0
)`;

const cardIds = (changes: readonly Changed[]): string[] =>
  changes.filter((change) => change.kind === 'card').map((change) => change.id);

export async function readVersion(trx: Trx, workspaceId: string): Promise<number> {
  const row = await trx
    .selectFrom('workspace')
    .select('version')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.version;
}
