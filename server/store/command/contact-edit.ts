import type { CommandOf } from '../../../utils/contract/command.ts';
import type { Provenance } from '../../../utils/contract/contact.ts';
import { isChoosable } from '../definition.ts';
import { isActive } from '../member.ts';
import { writeMoves } from '../move.ts';
import { restate } from '../privacy/permission.ts';
import type { Apply, Scope } from './types.ts';

type Payload = CommandOf<'contact.edit'>['payload'];
interface Chosen {
  stage_id: string | null;
  owner_id: string | null;
  lead_type_id: string | null;
  sale_type_id: string | null;
}

export const editContact: Apply<'contact.edit'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { contactId, stageId, ownerId, leadTypeId, saleTypeId, doNotContact, consent, reason } =
    command.payload;
  const contact = await trx
    .selectFrom('contact')
    .select(['stage_id', 'owner_id', 'lead_type_id', 'sale_type_id'])
    .select(['do_not_contact', 'consent', 'revision', 'provenance'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!contact) return { refused: 'gone' };
  if (contact.revision !== command.baseRevision) return { refused: 'changed' };
  if (!(await areThere(scope, contact, command.payload))) return { refused: 'gone' };
  const restaged = stageId !== undefined && stageId !== contact.stage_id;
  const reowned = ownerId !== undefined && ownerId !== contact.owner_id;
  const led = leadTypeId !== undefined && leadTypeId !== contact.lead_type_id;
  const meant = saleTypeId !== undefined && saleTypeId !== contact.sale_type_id;
  const barred = doNotContact !== undefined && doNotContact !== (contact.do_not_contact ?? false);
  const agreed = consent !== undefined && consent !== (contact.consent ?? 'unknown');
  if (!restaged && !reowned && !led && !meant && !barred && !agreed) return { contactIds: [] };
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
      ...(led && { lead_type_id: leadTypeId }),
      ...(meant && { sale_type_id: saleTypeId }),
      ...(barred && { do_not_contact: doNotContact }),
      ...(agreed && { consent }),
      provenance: JSON.stringify({
        ...before,
        ...(restaged && { stage: told }),
        ...(reowned && { owner: said }),
        ...(led && { leadType: said }),
        ...(meant && { saleType: said }),
        ...(barred && { doNotContact: restate(before.doNotContact, contact.do_not_contact, told) }),
        ...(agreed && { consent: restate(before.consent, contact.consent, told) }),
      }),
      revision: contact.revision + 1,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .execute();
  if (restaged) {
    const move = { contactId, fromId: contact.stage_id, toId: stageId, at, memberId: member.id, reason };
    await writeMoves(trx, workspaceId, 'truce', [move]);
  }
  return { contactIds: [contactId] };
};

/** Whether all that is newly chosen is there, and can be chosen. What one has already stays, be it retired or gone. */
async function areThere({ trx, workspaceId }: Scope, now: Chosen, wanted: Payload): Promise<boolean> {
  const { ownerId } = wanted;
  if (ownerId && ownerId !== now.owner_id && !(await isActive(trx, workspaceId, ownerId))) return false;
  for (const [kind, id, present] of [
    ['stage', wanted.stageId, now.stage_id],
    ['lead', wanted.leadTypeId, now.lead_type_id],
    ['sale', wanted.saleTypeId, now.sale_type_id],
  ] as const) {
    if (id && id !== present && !(await isChoosable(trx, workspaceId, kind, id))) return false;
  }
  return true;
}
