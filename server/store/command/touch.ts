import { lockContacts } from '../card.ts';
import { followUp } from '../handover.ts';
import type { Apply } from './types.ts';

export const logTouch: Apply<'touch.log'> = async ({ trx, workspaceId, member }, command) => {
  const { touchId, contactId, kind, direction, at, subject, excerpt, link } = command.payload;
  const found = await lockContacts(trx, workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  await trx
    .insertInto('touch')
    .values({
      workspace_id: workspaceId,
      id: touchId,
      contact_id: contactId,
      kind,
      direction,
      team: member.team,
      member_id: member.id,
      at,
      subject: subject ?? null,
      excerpt: excerpt ?? null,
      link: link ?? null,
      external_id: null,
      created_by: member.id,
    })
    .execute();
  await followUp(trx, workspaceId, [contactId]);
  return { contactIds: [contactId] };
};
