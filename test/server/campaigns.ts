import type { Trx } from '../../server/store/database.ts';

/** Puts a campaign there, as a marketing tool brings it; planned unless it says when it was sent. */
export async function addCampaign(
  trx: Trx,
  workspaceId: string,
  { id, name, ownerId, at = new Date() }: { id: string; name: string; ownerId?: string; at?: Date },
): Promise<void> {
  await trx
    .insertInto('campaign')
    .values({
      ...{ workspace_id: workspaceId, id, name, channel: 'email', source: 'mailchimp', planned_at: at },
      ...{ subject: null, excerpt: null, link: null, audience: null, external_id: null },
      ...{ owner_id: ownerId ?? null, created_by: null },
    })
    .execute();
}
