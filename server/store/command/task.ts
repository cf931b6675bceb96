import { lockContacts } from '../card.ts';
import { isActive } from '../member.ts';
import type { Apply } from './types.ts';

export const addTask: Apply<'task.add'> = async ({ trx, workspaceId, member }, command) => {
  const { taskId, contactId, text, dueOn, assigneeId } = command.payload;
  const found = await lockContacts(trx, workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  if (assigneeId && !(await isActive(trx, workspaceId, assigneeId))) return { refused: 'gone' };
  await trx
    .insertInto('task')
    .values({
      workspace_id: workspaceId,
      id: taskId,
      contact_id: contactId,
      text,
      due_on: dueOn,
      assignee_id: assigneeId ?? null,
      created_by: member.id,
    })
    .execute();
  return { contactIds: [contactId] };
};

export const doneTask: Apply<'task.done'> = async ({ trx, workspaceId, at }, command) => {
  const { taskId, contactId, done } = command.payload;
  await lockContacts(trx, workspaceId, [contactId]);
  const row = await trx
    .updateTable('task')
    .set({ done_at: done ? at : null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', taskId)
    .where('contact_id', '=', contactId)
    .returning('id')
    .executeTakeFirst();
  return row ? { contactIds: [contactId] } : { refused: 'gone' };
};
