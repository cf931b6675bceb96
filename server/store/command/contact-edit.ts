import { exists } from '../exists.ts';
import type { Apply } from './types.ts';

export const editContact: Apply<'contact.edit'> = async ({ trx, workspaceId, at }, command) => {
  const { contactId, stageId, ownerId } = command.payload;
  const contact = await trx
    .selectFrom('contact')
    .select(['stage_id', 'owner_id', 'revision', 'provenance'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!contact) return { refused: 'gone' };
  if (contact.revision !== command.baseRevision) return { refused: 'changed' };
  if (stageId && !(await exists(trx, 'stage', workspaceId, stageId))) return { refused: 'gone' };
  if (ownerId && !(await exists(trx, 'member', workspaceId, ownerId))) return { refused: 'gone' };
  const said = { source: 'truce', at: at.toISOString() } as const;
  const restaged = stageId !== undefined && stageId !== contact.stage_id;
  const reowned = ownerId !== undefined && ownerId !== contact.owner_id;
  if (!restaged && !reowned) return { contactIds: [] };
  await trx
    .updateTable('contact')
    .set({
      ...(restaged && { stage_id: stageId, stage_at: at }),
      ...(reowned && { owner_id: ownerId }),
      provenance: JSON.stringify({
        ...contact.provenance,
        ...(restaged && { stage: said }),
        ...(reowned && { owner: said }),
      }),
      revision: contact.revision + 1,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .execute();
  return { contactIds: [contactId] };
};
