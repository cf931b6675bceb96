import { sql } from 'kysely';
import { type Actor, holdActor, type TeamRefusal } from './actor.ts';
import { endBrowser } from './browser.ts';
import type { Trx } from './database.ts';

/** Ends one's own browser or, as an admin, anybody's. */
export async function endOneBrowser(trx: Trx, actor: Actor, id: string): Promise<TeamRefusal | undefined> {
  const { workspaceId, member } = actor;
  const who = await holdActor(trx, actor);
  const browser = await trx
    .selectFrom('browser')
    .select('member_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  const own = browser?.member_id === member.id;
  // To whoever may end just their own, another's is not there.
  if (!who || !(own || who.role === 'admin')) return 'gone';
  const ended = await endBrowser(trx, workspaceId, id, { by: member.id, reason: own ? 'owner' : 'admin' });
  return ended ? undefined : 'gone';
}

/** Those of these browsers that are not let in any more, and why: as `readStanding` has it. */
export async function listGone(
  trx: Trx,
  workspaceId: string,
  browserIds: readonly string[],
): Promise<{ id: string; code: 'removed' | 'ended' }[]> {
  const { rows } = await sql<{ id: string; code: 'removed' | 'ended' }>`
    select asked.id, case when m.left_at is null then 'ended' else 'removed' end as code
    from unnest(${browserIds}::uuid[]) asked (id)
    left join browser b on b.workspace_id = ${workspaceId}::uuid and b.id = asked.id
    left join member m on m.workspace_id = ${workspaceId}::uuid and m.id = b.member_id
    where b.id is null or b.ended_at is not null or m.left_at is not null`.execute(trx);
  return rows;
}

/** Notes that browsers were here, each at most every 5 minutes. */
export async function noteUse(trx: Trx, workspaceId: string, browserIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('browser')
    .set({ used_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', sql<string>`any(${browserIds}::uuid[])`)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`used_at is null or used_at < now() - interval '5 minutes'`)
    .execute();
}
