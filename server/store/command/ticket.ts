import { lockContacts } from '../card.ts';
import type { Apply } from './types.ts';

export const openTicket: Apply<'ticket.open'> = async ({ trx, workspaceId, member, at }, command) => {
  const { ticketId, contactId, subject, complaint } = command.payload;
  const found = await lockContacts(trx, workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  await trx
    .insertInto('ticket')
    .values({
      ...{ workspace_id: workspaceId, id: ticketId, contact_id: contactId, subject, complaint, at },
      created_by: member.id,
    })
    .execute();
  return { contactIds: [contactId] };
};

/** One that is closed already stays so. What another tool brought is closed there. */
export const closeTicket: Apply<'ticket.close'> = async ({ trx, workspaceId, member, at }, command) => {
  const { ticketId, contactId } = command.payload;
  await lockContacts(trx, workspaceId, [contactId]);
  const ticket = await trx
    .selectFrom('ticket')
    .select(['open', 'source'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', ticketId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  if (ticket?.source !== 'truce') return { refused: 'gone' };
  if (!ticket.open) return { contactIds: [] };
  await trx
    .updateTable('ticket')
    .set({ open: false, closed_by: member.id, closed_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', ticketId)
    .execute();
  return { contactIds: [contactId] };
};
