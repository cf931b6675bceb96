import { v7 as uuid } from 'uuid';
import { lockContacts } from '../card.ts';
import type { Apply, Scope } from './types.ts';

interface NewNote {
  id: string;
  contactId: string;
  text: string;
  pinned: boolean;
  site?: string | undefined;
  link?: string | undefined;
  besideId?: string;
}

export const pinNote: Apply<'note.pin'> = async (scope, command) => {
  const { noteId, contactId, text, site, link } = command.payload;
  const found = await lockContacts(scope.trx, scope.workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  await insertNote(scope, { id: noteId, contactId, text, pinned: true, site, link });
  return { contactIds: [contactId] };
};

/** An edit of a text that has moved on is kept beside it; whether it is pinned goes by the last word. */
export const editNote: Apply<'note.edit'> = async (scope, command) => {
  const { trx, workspaceId } = scope;
  const { noteId, contactId, text, pinned } = command.payload;
  await lockContacts(trx, workspaceId, [contactId]);
  const note = await trx
    .selectFrom('note')
    .select(['text', 'pinned', 'site', 'link', 'revision'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', noteId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  if (!note) return { refused: 'gone' };
  const retext = text !== undefined && text !== note.text;
  if (retext && note.revision !== command.baseRevision) {
    const kept = { id: uuid(), contactId, text, pinned: pinned ?? note.pinned, besideId: noteId };
    await insertNote(scope, { ...kept, site: note.site ?? undefined, link: note.link ?? undefined });
    return { contactIds: [contactId] };
  }
  if (!retext && (pinned === undefined || pinned === note.pinned)) return { contactIds: [] };
  await trx
    .updateTable('note')
    .set({
      ...(retext && { text, edited_at: scope.at }),
      ...(pinned !== undefined && { pinned }),
      revision: note.revision + 1,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', noteId)
    .execute();
  return { contactIds: [contactId] };
};

async function insertNote({ trx, workspaceId, member, at }: Scope, note: NewNote): Promise<void> {
  await trx
    .insertInto('note')
    .values({
      workspace_id: workspaceId,
      id: note.id,
      contact_id: note.contactId,
      text: note.text,
      pinned: note.pinned,
      site: note.site ?? null,
      link: note.link ?? null,
      at,
      beside_id: note.besideId ?? null,
      created_by: member.id,
    })
    .execute();
}
