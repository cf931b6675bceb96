import type { Provenance } from '../../../utils/contract/contact.ts';
import { exists } from '../exists.ts';
import { isActive } from '../member.ts';
import { restate } from '../privacy/permission.ts';
import type { Apply } from './types.ts';

export const editContact: Apply<'contact.edit'> = async ({ trx, workspaceId, member, at }, command) => {
  const { contactId, stageId, ownerId, doNotContact, consent, reason } = command.payload;
  const contact = await trx
    .selectFrom('contact')
    .select(['stage_id', 'owner_id', 'do_not_contact', 'consent', 'revision', 'provenance'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!contact) return { refused: 'gone' };
  if (contact.revision !== command.baseRevision) return { refused: 'changed' };
  if (stageId && !(await exists(trx, 'stage', workspaceId, stageId))) return { refused: 'gone' };
  if (ownerId && ownerId !== contact.owner_id && !(await isActive(trx, workspaceId, ownerId))) {
    return { refused: 'gone' };
  }
  const restaged = stageId !== undefined && stageId !== contact.stage_id;
  const reowned = ownerId !== undefined && ownerId !== contact.owner_id;
  const barred = doNotContact !== undefined && doNotContact !== (contact.do_not_contact ?? false);
  const agreed = consent !== undefined && consent !== (contact.consent ?? 'unknown');
  if (!restaged && !reowned && !barred && !agreed) return { contactIds: [] };
  // Whoever is asked one day why they were written to needs more than a tick.
  if ((barred || agreed) && reason === undefined) return { refused: 'invalid' };
  const said = { source: 'truce', at: at.toISOString() } as const;
  const told: Provenance = { ...said, by: member.id, ...(reason !== undefined && { reason }) };
  const before = contact.provenance;
  await trx
    .updateTable('contact')
    .set({
      ...(restaged && { stage_id: stageId, stage_at: at }),
      ...(reowned && { owner_id: ownerId }),
      ...(barred && { do_not_contact: doNotContact }),
      ...(agreed && { consent }),
      provenance: JSON.stringify({
        ...before,
        ...(restaged && { stage: said }),
        ...(reowned && { owner: said }),
        ...(barred && { doNotContact: restate(before.doNotContact, contact.do_not_contact, told) }),
        ...(agreed && { consent: restate(before.consent, contact.consent, told) }),
      }),
      revision: contact.revision + 1,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .execute();
  return { contactIds: [contactId] };
};
