import { sql } from 'kysely';
import type { Change, ChangesAnswer } from '../../utils/contract/change.ts';
import type { Trx } from './database.ts';

const PAGE = 1000;
/** Of more changes than these a browser, which holds 5,000 cards at most, is told to start over. */
const MOST = 20_000;

/**
 * What changed after `since`, in commit order, each record once. A version is never cut in two, so that its
 * number can be the cursor: a page may be longer than usual when one transaction changed more. `reset` when the feed
 * does not go back that far, or says more than is worth reading.
 */
export async function readFeed(trx: Trx, workspaceId: string, since: number): Promise<ChangesAnswer> {
  const { version, feed_floor: floor } = await trx
    .selectFrom('workspace')
    .select(['version', 'feed_floor'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  if (since > version || since < floor) return { version, changes: [], more: false, reset: true };
  if (since === version) return { version, changes: [], more: false };
  // `with ties` keeps what shares the last version together.
  const { rows } = await sql<Change>`
    select max(version) as version, kind, id from change
    where workspace_id = ${workspaceId}::uuid and version > ${since} and version <= ${version}
    group by kind, id order by max(version) fetch first ${sql.lit(PAGE)} rows with ties`.execute(trx);
  const last = rows.at(-1)?.version ?? version;
  const more = rows.length >= PAGE && last < version;
  if (more && (await isTooFar(trx, workspaceId, last)))
    return { version, changes: [], more: false, reset: true };
  return { version: more ? last : version, changes: rows, more };
}

async function isTooFar(trx: Trx, workspaceId: string, since: number): Promise<boolean> {
  const { rows } = await sql`
    select from change where workspace_id = ${workspaceId}::uuid and version > ${since}
    offset ${sql.lit(MOST)} limit 1`.execute(trx);
  return rows.length > 0;
}
