import { sql } from 'kysely';
import { unmetBy } from '../../../utils/agreement/readiness.ts';
import { addWorking, HOUR } from '../../../utils/agreement/working-time.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Card } from '../../../utils/contract/card.ts';
import { isOpen } from '../../../utils/contract/handover.ts';
import { sidesOf } from '../../../utils/contract/proposal.ts';
import { readAgreement } from '../agreement.ts';
import { lockContacts } from '../card.ts';
import type { Trx } from '../database.ts';
import type { Apply, Effect, Refused, Scope } from './types.ts';

export const offerHandover: Apply<'handover.offer'> = async (scope, command) => {
  const { trx, workspaceId, member, at, now } = scope;
  const { handoverId, contactId, toId, words, evenSo } = command.payload;
  if (!sidesOf(member.team).includes('marketing')) return { refused: 'role' };
  const found = await lockContacts(trx, workspaceId, [contactId]);
  if (found.length === 0) return { refused: 'gone' };
  const agreement = await readAgreement(trx, workspaceId);
  if (!agreement) return { refused: 'unagreed' };
  if (await hasOpen(trx, workspaceId, contactId)) return { refused: 'taken', contactIds: [contactId] };
  const refused =
    (await whyNotTo(trx, workspaceId, toId)) ?? (await whyNotNow(scope, contactId, agreement, evenSo, words));
  if (refused) return refused;
  await trx
    .insertInto('handover')
    .values({
      workspace_id: workspaceId,
      ...{ id: handoverId, contact_id: contactId, to_id: toId, words: words ?? null, at, offered_at: now },
      due_at: new Date(addWorking(now.getTime(), agreement.hours * HOUR, agreement.calendar)),
      agreement_revision: agreement.revision,
      created_by: member.id,
    })
    .execute();
  return { contactIds: [contactId] };
};

export const acceptHandover: Apply<'handover.accept'> = async (scope, command) => {
  const { member, at } = scope;
  const held = await hold(scope, command.payload, command.baseRevision);
  if ('refused' in held) return held;
  if (held.to_id !== null ? held.to_id !== member.id : !isSales(member)) return { refused: 'role' };
  // Who accepts too late has accepted, and is late.
  const state = held.state === 'lapsed' ? held.state : 'accepted';
  return change(scope, command.payload, { state, to_id: member.id, accepted_at: at });
};

export const returnHandover: Apply<'handover.return'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { reasonId, words } = command.payload;
  const held = await hold(scope, command.payload, command.baseRevision);
  if ('refused' in held) return held;
  if (!mayAnswer(scope, held.to_id)) return { refused: 'role' };
  const agreement = await readAgreement(trx, workspaceId);
  const reason = agreement?.reasons.find(({ id }) => id === reasonId)?.label;
  if (reason === undefined) return { refused: 'gone' };
  const told = {
    returned_by: member.id,
    returned_at: at,
    reason_id: reasonId,
    reason,
    answer: words ?? null,
  };
  return change(scope, command.payload, { state: 'returned', ...told });
};

/** The clock runs on: it is the lead's, and not that of whoever has it. */
export const reassignHandover: Apply<'handover.reassign'> = async (scope, command) => {
  const { toId } = command.payload;
  const held = await hold(scope, command.payload, command.baseRevision);
  if ('refused' in held) return held;
  if (!mayAnswer(scope, held.to_id)) return { refused: 'role' };
  const refused = await whyNotTo(scope.trx, scope.workspaceId, toId);
  if (refused) return refused;
  const state = held.state === 'lapsed' ? held.state : 'offered';
  return change(scope, command.payload, { state, to_id: toId, accepted_at: null });
};

export const withdrawHandover: Apply<'handover.withdraw'> = async (scope, command) => {
  const { member } = scope;
  const held = await hold(scope, command.payload, command.baseRevision);
  if ('refused' in held) return held;
  const leads = isLead(member) && sidesOf(member.team).includes('marketing');
  if (held.created_by !== member.id && !leads) return { refused: 'role' };
  return change(scope, command.payload, { state: 'withdrawn' });
};

type Who = Scope['member'];
const isSales = ({ team }: Who) => sidesOf(team).includes('sales');
const isLead = ({ role }: Who) => role === 'lead' || role === 'admin';

/** Whose it is; leads of sales for them; anybody of sales while it is nobody's. */
const mayAnswer = ({ member }: Scope, toId: string | null) =>
  toId === member.id || (isSales(member) && (isLead(member) || toId === null));

async function hasOpen(trx: Trx, workspaceId: string, contactId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('handover')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .where('state', 'in', ['offered', 'accepted', 'lapsed'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Leads go to people of sales who are still there. */
async function whyNotTo(trx: Trx, workspaceId: string, toId: string): Promise<Refused | undefined> {
  const row = await trx
    .selectFrom('member')
    .select(['team', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', toId)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (!row || row.role === 'viewer') return { refused: 'gone' };
  return sidesOf(row.team).includes('sales') ? undefined : { refused: 'invalid' };
}

/** What the agreement has against it: who is not ready, unless one says why, and more in a day than were agreed on. */
async function whyNotNow(
  { trx, workspaceId, now }: Scope,
  contactId: string,
  agreement: Agreement,
  evenSo: boolean | undefined,
  words: string | undefined,
): Promise<Refused | undefined> {
  const { body } = await trx
    .selectFrom('card')
    .select('body')
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow();
  const { contact } = JSON.parse(body) as Card;
  if (contact.doNotContact) return { refused: 'unmet' };
  if (unmetBy(contact, agreement) && !(evenSo && words !== undefined)) return { refused: 'unmet' };
  // Taken in turns: of two at once, the later one counts the earlier.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`handover ${workspaceId}`}, 0))`.execute(trx);
  const { rows } = await sql<{ count: number }>`select count(*) as count from handover
    where workspace_id = ${workspaceId}::uuid
      and date_trunc('day', offered_at, ${agreement.calendar.zone}) = date_trunc('day', ${now}::timestamptz, ${agreement.calendar.zone})`.execute(
    trx,
  );
  return Number(rows[0]?.count) >= agreement.perDay ? { refused: 'limit' } : undefined;
}

interface Which {
  handoverId: string;
  contactId: string;
}

/** An open one, held with its contact; refused when it has ended or moved on since its author saw it. */
async function hold({ trx, workspaceId }: Scope, { handoverId, contactId }: Which, baseRevision: number) {
  await lockContacts(trx, workspaceId, [contactId]);
  const row = await trx
    .selectFrom('handover')
    .select(['state', 'to_id', 'revision', 'created_by'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', handoverId)
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  if (!row) return { refused: 'gone' } satisfies Refused;
  if (!isOpen(row) || row.revision !== baseRevision) return { refused: 'changed' } satisfies Refused;
  return row;
}

async function change(
  { trx, workspaceId }: Scope,
  { handoverId, contactId }: Which,
  fields: object,
): Promise<Effect> {
  await trx
    .updateTable('handover')
    .set((eb) => ({ ...fields, revision: eb('revision', '+', 1) }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', handoverId)
    .execute();
  return { contactIds: [contactId] };
}
