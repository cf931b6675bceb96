import { sql } from 'kysely';
import type { BrowserTable } from './account-schema.ts';
import { type Actor, by, holdActor, type TeamRefusal } from './actor.ts';
import { writeAudit } from './audit.ts';
import type { Trx } from './database.ts';

type Reason = Exclude<BrowserTable['end_reason'], null>;

interface Ended {
  id: string;
  member_id: string;
}

async function end(trx: Trx, actor: Actor, browsers: Ended[], reason: Reason): Promise<void> {
  for (const { id, member_id } of browsers) {
    await trx
      .updateTable('browser')
      .set({ ended_at: sql<Date>`now()`, ended_by: actor.member.id, end_reason: reason })
      .where('workspace_id', '=', actor.workspaceId)
      .where('id', '=', id)
      .execute();
    await writeAudit(trx, actor.workspaceId, 'browser.ended', {
      ...by(actor),
      target: { kind: 'browser', id },
      detail: { reason, ...(member_id !== actor.member.id && { memberId: member_id }) },
    });
  }
}

const openBrowsers = (trx: Trx, workspaceId: string) =>
  trx
    .selectFrom('browser')
    .select(['id', 'member_id'])
    .where('workspace_id', '=', workspaceId)
    .where('ended_at', 'is', null)
    .forUpdate();

/** All of somebody who leaves. */
export async function endBrowsersOf(trx: Trx, actor: Actor, memberId: string): Promise<void> {
  const browsers = await openBrowsers(trx, actor.workspaceId).where('member_id', '=', memberId).execute();
  await end(trx, actor, browsers, 'removed');
}

/** Ends one's own browser or, as an admin, anybody's. */
export async function endOneBrowser(trx: Trx, actor: Actor, id: string): Promise<TeamRefusal | undefined> {
  const who = await holdActor(trx, actor);
  const browser = await openBrowsers(trx, actor.workspaceId).where('id', '=', id).executeTakeFirst();
  const own = browser?.member_id === actor.member.id;
  // To whoever may end just their own, another's is not there.
  if (!who || !browser || !(own || who.role === 'admin')) return 'gone';
  await end(trx, actor, [browser], own ? 'owner' : 'admin');
  return undefined;
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
