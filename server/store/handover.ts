import { sql } from 'kysely';
import { CARDS_MAX, lockContacts, rebuildCards } from './card.ts';
import { commitChanges } from './change.ts';
import type { Trx } from './database.ts';

/** What of sales, of service or of both reaches a customer: they have been followed up. */
const OUT = sql`t.direction = 'out' and t.team <> 'marketing'`;
/** Since it was handed over: people give a touch's time to the minute. */
const SINCE = sql`t.at >= date_trunc('minute', h.at)`;
const OPEN = sql`h.state in ('offered', 'accepted', 'lapsed')`;

/**
 * Whose handover is open, and who have heard from sales since, have been followed up. Touches come from screens,
 * from imports and from the CRM; the first one since counts. The contacts are locked.
 */
export async function followUp(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    update handover h set state = 'followed', followed_by = first.member_id, followed_at = first.at,
      touch_id = first.id, revision = revision + 1
    from (select distinct on (t.contact_id) t.contact_id, t.id, t.member_id, t.at
      from touch t join handover h on h.workspace_id = t.workspace_id and h.contact_id = t.contact_id
      where t.workspace_id = ${workspaceId}::uuid and t.contact_id = any(${contactIds}::uuid[])
        and ${OPEN} and ${OUT} and ${SINCE}
      order by t.contact_id, t.at, t.id) first
    where h.workspace_id = ${workspaceId}::uuid and h.contact_id = first.contact_id and ${OPEN}
    returning h.contact_id`.execute(trx);
  return rows.map(({ contact_id }) => contact_id);
}

/** What a run over a workspace's clocks found, as ids of contacts. */
export interface Tended {
  followed: string[];
  lapsed: string[];
}

/**
 * Sees to the clocks of a workspace: what was followed up meanwhile, and what has run out; at most so many at a
 * time as cards are rebuilt at once. Call it again until it finds nothing.
 */
export async function tendClocks(trx: Trx, workspaceId: string, now: Date): Promise<Tended> {
  const { rows } = await sql<{ contact_id: string }>`
    select h.contact_id from handover h
    where h.workspace_id = ${workspaceId}::uuid and (h.state in ('offered', 'accepted') and h.due_at <= ${now}
      or ${OPEN} and exists (select from touch t where t.workspace_id = ${workspaceId}::uuid
        and t.contact_id = h.contact_id and ${OUT} and ${SINCE}))
    order by h.due_at limit ${sql.lit(CARDS_MAX)}`.execute(trx);
  if (rows.length === 0) return { followed: [], lapsed: [] };
  // Contacts before handovers, as whoever gives a command does it.
  const found = rows.map(({ contact_id }) => contact_id);
  const ids = await lockContacts(trx, workspaceId, found);
  const followed = await followUp(trx, workspaceId, ids);
  const late = await sql<{ contact_id: string }>`
    update handover set state = 'lapsed', revision = revision + 1
    where workspace_id = ${workspaceId}::uuid and contact_id = any(${ids}::uuid[])
      and state in ('offered', 'accepted') and due_at <= ${now}
    returning contact_id`.execute(trx);
  const cards = await rebuildCards(trx, workspaceId, ids);
  await commitChanges(
    trx,
    workspaceId,
    cards.map((id) => ({ kind: 'card', id })),
  );
  return { followed, lapsed: late.rows.map(({ contact_id }) => contact_id) };
}

/**
 * Somebody has left with leads in hand: they are nobody's, on offer again to all of sales, and their clocks run on.
 * Call `commitChanges` with kind `card` after it.
 * @returns the contacts whose card changed
 */
export async function releaseHandovers(trx: Trx, workspaceId: string, memberId: string): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    select h.contact_id from handover h
    where h.workspace_id = ${workspaceId}::uuid and h.to_id = ${memberId}::uuid and ${OPEN}`.execute(trx);
  const changed: string[] = [];
  for (let from = 0; from < rows.length; from += CARDS_MAX) {
    const some = rows.slice(from, from + CARDS_MAX).map(({ contact_id }) => contact_id);
    const ids = await lockContacts(trx, workspaceId, some);
    await sql`update handover h set to_id = null, accepted_at = null, revision = revision + 1,
        state = case when h.state = 'lapsed' then h.state else 'offered' end
      where h.workspace_id = ${workspaceId}::uuid and h.contact_id = any(${ids}::uuid[])
        and h.to_id = ${memberId}::uuid and ${OPEN}`.execute(trx);
    changed.push(...(await rebuildCards(trx, workspaceId, ids)));
  }
  return changed;
}
