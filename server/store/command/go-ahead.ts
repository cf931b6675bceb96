import { lockContacts } from '../card.ts';
import type { Apply } from './types.ts';

/** What must not be stays so, whatever is said: no reason is taken for it. */
const NEVER: ReadonlySet<string> = new Set(['suppressed']);

export const sayGoAhead: Apply<'go-ahead.say'> = async ({ trx, workspaceId, member, at }, command) => {
  const { goAheadId, contactId, rule, refId, why } = command.payload;
  if (NEVER.has(rule)) return { refused: 'invalid' };
  const found = await lockContacts(trx, workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  await trx
    .insertInto('go_ahead')
    .values({
      ...{ workspace_id: workspaceId, id: goAheadId, contact_id: contactId, rule, ref_id: refId ?? null },
      ...{ why, at, created_by: member.id },
    })
    .execute();
  return { contactIds: [contactId] };
};
