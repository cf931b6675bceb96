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

/** Notes that a browser was here, at most every 5 minutes. */
export async function noteUse(trx: Trx, workspaceId: string, browserId: string): Promise<void> {
  await trx
    .updateTable('browser')
    .set({ used_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`used_at is null or used_at < now() - interval '5 minutes'`)
    .execute();
}
