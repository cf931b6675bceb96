import { isStanding } from '../../../utils/contract/hold.ts';
import { sidesOf } from '../../../utils/contract/proposal.ts';
import { lockContacts } from '../card.ts';
import type { Apply, Refused, Scope } from './types.ts';

export const askHold: Apply<'hold.ask'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { holdId, contactId, campaignId, words } = command.payload;
  const found = await lockContacts(trx, workspaceId, [contactId]);
  const campaign = await trx
    .selectFrom('campaign')
    .select('owner_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', campaignId)
    .executeTakeFirst();
  if (found.length === 0 || !campaign) return { refused: 'gone' };
  const standing = await trx
    .selectFrom('hold')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .where('campaign_id', '=', campaignId)
    .where('state', 'in', ['asked', 'held'])
    .executeTakeFirst();
  if (standing) return { refused: 'taken', contactIds: [contactId] };
  // Whose it is need not ask themselves.
  const own = campaign.owner_id === member.id;
  await trx
    .insertInto('hold')
    .values({
      ...{ workspace_id: workspaceId, id: holdId, contact_id: contactId, campaign_id: campaignId },
      ...{ state: own ? ('held' as const) : ('asked' as const), words: words ?? null, at },
      ...(own && { answered_by: member.id, answered_at: at }),
      created_by: member.id,
    })
    .execute();
  return { contactIds: [contactId] };
};

/** Also a second thought: what was refused is held after all, and the other way round. */
export const answerHold: Apply<'hold.answer'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { holdId, contactId, held, words } = command.payload;
  const hold = await readHold(scope, command.payload);
  if ('refused' in hold) return hold;
  if (!mayAnswer(scope, hold)) return { refused: 'role' };
  if (hold.state === 'lifted') return { refused: 'changed' };
  await trx
    .updateTable('hold')
    .set({ state: held ? 'held' : 'refused', answered_by: member.id, answered_at: at, answer: words ?? null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', holdId)
    .execute();
  return { contactIds: [contactId] };
};

/** It is no longer needed: who asked says so, or whose campaign it is. */
export const liftHold: Apply<'hold.lift'> = async (scope, command) => {
  const { trx, workspaceId, member } = scope;
  const hold = await readHold(scope, command.payload);
  if ('refused' in hold) return hold;
  if (hold.created_by !== member.id && !mayAnswer(scope, hold)) return { refused: 'role' };
  if (!isStanding(hold)) return { refused: 'changed' };
  await trx
    .updateTable('hold')
    .set({ state: 'lifted' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', command.payload.holdId)
    .execute();
  return { contactIds: [command.payload.contactId] };
};

interface Held {
  state: 'asked' | 'held' | 'refused' | 'lifted';
  created_by: string;
  /** Whose campaign it is. */
  owner_id: string | null;
}

async function readHold(
  { trx, workspaceId }: Scope,
  { holdId, contactId }: { holdId: string; contactId: string },
): Promise<Held | Refused> {
  await lockContacts(trx, workspaceId, [contactId]);
  const hold = await trx
    .selectFrom('hold as h')
    .innerJoin('campaign as c', (join) =>
      join.onRef('c.workspace_id', '=', 'h.workspace_id').onRef('c.id', '=', 'h.campaign_id'),
    )
    .select(['h.state', 'h.created_by', 'c.owner_id'])
    .where('h.workspace_id', '=', workspaceId)
    .where('h.id', '=', holdId)
    .where('h.contact_id', '=', contactId)
    .executeTakeFirst();
  return hold ?? { refused: 'gone' };
}

/** Whose campaign it is, and marketing's leads. */
const mayAnswer = ({ member }: Scope, { owner_id }: Held): boolean =>
  owner_id === member.id ||
  ((member.role === 'lead' || member.role === 'admin') && sidesOf(member.team).includes('marketing'));
