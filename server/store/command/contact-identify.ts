import { sql } from 'kysely';
import type { Provenance } from '../../../utils/contract/contact.ts';
import { type ProfileKind, splitProfileKey } from '../../../utils/contract/profile-key.ts';
import { findSuppressed } from '../privacy/suppression.ts';
import { addAlone } from '../turns.ts';
import type { Apply, Effect, Refused, Scope } from './types.ts';

/** A profile that one page showed is this contact's, says a member; or is not, after all. */
export const identifyContact: Apply<'contact.identify'> = async (scope, command) => {
  const { trx, workspaceId } = scope;
  const { contactId, key, theirs } = command.payload;
  const profile = splitProfileKey(key);
  if (!profile) return { refused: 'invalid' };
  // Nobody is added or erased meanwhile, and of two who say so of one profile the first one counts.
  await addAlone(trx, workspaceId);
  const contact = await trx
    .selectFrom('contact')
    .select(['provenance'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!contact) return { refused: 'gone' };
  const one = { contactId, key, ...profile, provenance: contact.provenance };
  return theirs ? confirm(scope, one) : deny(scope, one);
};

interface Profile {
  contactId: string;
  key: string;
  kind: ProfileKind;
  value: string;
  provenance: Record<string, Provenance>;
}

async function confirm(scope: Scope, profile: Profile): Promise<Effect | Refused> {
  const { trx, workspaceId, member, at } = scope;
  const { contactId, key, kind, value, provenance } = profile;
  const owners = await trx
    .selectFrom('identity')
    .select('contact_id')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .limit(20)
    .execute();
  if (owners.some((owner) => owner.contact_id === contactId)) return { contactIds: [] };
  if (owners.length > 0) return { refused: 'taken', contactIds: owners.map((owner) => owner.contact_id) };
  if ((await findSuppressed(trx, workspaceId, [key])).size > 0) return { refused: 'suppressed' };
  await sql`insert into identity (workspace_id, contact_id, kind, value, position, created_by)
    select ${workspaceId}::uuid, ${contactId}::uuid, ${kind}, ${value}, coalesce(max(position) + 1, 0), ${member.id}::uuid
    from identity where workspace_id = ${workspaceId}::uuid and contact_id = ${contactId}::uuid and kind = ${kind}`.execute(
    trx,
  );
  const said = { source: 'truce', at: at.toISOString(), by: member.id } as const;
  await writeProvenance(scope, contactId, { ...provenance, [key]: said });
  return { contactIds: [contactId], retag: true };
}

/** Only what a member said: a profile that a source told would come again with its next import. */
async function deny(scope: Scope, { contactId, key, kind, value, provenance }: Profile) {
  const { [key]: said, ...rest } = provenance;
  if (said?.source !== 'truce') return { contactIds: [] };
  await scope.trx
    .deleteFrom('identity')
    .where('workspace_id', '=', scope.workspaceId)
    .where('contact_id', '=', contactId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .execute();
  await writeProvenance(scope, contactId, rest);
  return { contactIds: [contactId], retag: true };
}

async function writeProvenance({ trx, workspaceId }: Scope, id: string, all: Profile['provenance']) {
  await trx
    .updateTable('contact')
    .set({ provenance: JSON.stringify(all) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
