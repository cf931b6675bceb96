import { sql } from 'kysely';
import { CARD_LIMITS } from '../../utils/contract/card.ts';
import type { ProfileKind } from '../../utils/contract/profile-key.ts';
import type { Trx } from './database.ts';
import { isProfileKind, isRecordKind } from './identity.ts';

/** How many contacts one call takes. */
export const CARDS_MAX = 500;

/**
 * Builds the contract's Card of each contact and keeps it where it differs from the stored one. Call it in
 * the transaction that changed a fact, after all facts are written. It locks the contacts first, so that
 * two transactions that change different facts of one contact each see the other's.
 * @returns the contacts whose card changed; hand them to `commitChanges` as `card`
 */
export async function rebuildCards(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  if (contactIds.length > CARDS_MAX) throw new Error(`[card] at most ${CARDS_MAX} contacts at a time`);
  await lockContacts(trx, workspaceId, contactIds);
  const { rows } = await sql<{ contact_id: string }>`
    insert into card as old (workspace_id, contact_id, company_id, body)
    select ${workspaceId}::uuid, c.id, c.company_id, json_strip_nulls(json_build_object(
      'contact', json_build_object(
        'id', c.id, 'name', c.name, 'title', c.title, 'companyId', c.company_id, 'ownerId', c.owner_id,
        'stageId', c.stage_id, 'stageAt', c.stage_at,
        'leadTypeId', c.lead_type_id, 'saleTypeId', c.sale_type_id,
        'emails', coalesce(i.emails, '[]'), 'phones', coalesce(i.phones, '[]'),
        'linkedin', i.linkedin, 'x', i.x, 'profiles', i.profiles, 'records', coalesce(i.records, '[]'),
        'doNotContact', c.do_not_contact, 'consent', c.consent,
        'provenance', c.provenance, 'revision', c.revision),
      'touches', coalesce(t.list, '[]'), 'touchCount', t.total,
      'memberships', coalesce(m.list, '[]'), 'membershipCount', m.total,
      'notes', coalesce(n.list, '[]'), 'tasks', coalesce(k.list, '[]'),
      'moves', v.list, 'handovers', h.list,
      'holds', o.list, 'goAheads', g.list, 'tickets', q.list, 'deals', d.list))::text
    from contact c
    cross join lateral (${identities(workspaceId)}) i
    cross join lateral (${touches(workspaceId)}) t
    cross join lateral (${memberships(workspaceId)}) m
    cross join lateral (${notes(workspaceId)}) n
    cross join lateral (${tasks(workspaceId)}) k
    cross join lateral (${moves(workspaceId)}) v
    cross join lateral (${handovers(workspaceId)}) h
    cross join lateral (${holds(workspaceId)}) o
    cross join lateral (${goAheads(workspaceId)}) g
    cross join lateral (${tickets(workspaceId)}) q
    cross join lateral (${deals(workspaceId)}) d
    where c.workspace_id = ${workspaceId}::uuid and c.id = any(${contactIds}::uuid[])
    on conflict (workspace_id, contact_id) do update
      set body = excluded.body, company_id = excluded.company_id
      where old.body <> excluded.body
    returning contact_id`.execute(trx);
  return rows.map((row) => row.contact_id);
}

/**
 * Holds the contacts until the transaction ends, in one order everywhere so that nobody deadlocks.
 * @returns those that are there
 */
export async function lockContacts(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  // `no key`: rows that refer to the contact hold a share of its key already.
  const { rows } = await sql<{ id: string }>`
    select id from contact where workspace_id = ${workspaceId}::uuid and id = any(${contactIds}::uuid[])
    order by id for no key update`.execute(trx);
  return rows.map((row) => row.id);
}

const identities = (workspaceId: string) => sql`
  select json_agg(value order by position, value) filter (where kind = 'email') as emails,
    json_agg(value order by position, value) filter (where kind = 'phone') as phones,
    max(value) filter (where ${isMain('linkedin')}) as linkedin, max(value) filter (where ${isMain('x')}) as x,
    json_agg(kind || ':' || value order by kind, position, value)
      filter (where ${isProfileKind} and not (${isMain('linkedin')} or ${isMain('x')})) as profiles,
    json_agg(json_build_object('source', kind, 'id', value,
        'url', coalesce(i.url, replace(s.record_url, '{id}', value))) order by kind, value)
      filter (where ${isRecordKind}) as records
  from (select kind, value, position, url, row_number() over (partition by kind order by position, value) as place
    from identity where workspace_id = ${workspaceId}::uuid and contact_id = c.id) i
  left join source s on s.workspace_id = ${workspaceId}::uuid and s.source = i.kind`;

/** Of several profiles on one network the first; the card's own fields hold it. */
const isMain = (kind: ProfileKind) => sql`kind = ${sql.lit(kind)} and place = 1`;

const touches = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'kind', kind, 'direction', direction, 'team', team,
      'memberId', member_id, 'at', at, 'subject', subject, 'excerpt', excerpt, 'link', link,
      'source', source) order by at desc, id desc) as list,
    (select count(*) from touch where workspace_id = ${workspaceId}::uuid and contact_id = c.id) as total
  from (select * from touch where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.touches)}) newest`;

/** Coming ones first, soonest first; then past ones, newest first. */
const membershipOrder = sql`state <> 'planned', case when state = 'planned' then at end, at desc, campaign_id`;

const memberships = (workspaceId: string) => sql`
  select json_agg(json_build_object('campaignId', campaign_id, 'state', state, 'at', at)
      order by ${membershipOrder}) as list,
    (select count(*) from campaign_member
      where workspace_id = ${workspaceId}::uuid and contact_id = c.id) as total
  from (select * from campaign_member where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by ${membershipOrder} limit ${sql.lit(CARD_LIMITS.memberships)}) first`;

const notes = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'text', text, 'pinned', pinned, 'authorId', created_by,
      'site', site, 'link', link, 'at', at, 'editedAt', edited_at, 'besideId', beside_id, 'revision', revision)
    order by pinned desc, at desc, id desc) as list
  from (select * from note where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by pinned desc, at desc, id desc limit ${sql.lit(CARD_LIMITS.notes)}) first`;

const tasks = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'text', text, 'dueOn', due_on, 'assigneeId', assignee_id,
      'authorId', created_by) order by due_on, id) as list
  from (select * from task where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    and done_at is null order by due_on, id limit ${sql.lit(CARD_LIMITS.tasks)}) first`;

const moves = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'fromId', from_id, 'toId', to_id, 'toRevision', to_revision,
      'at', at, 'by', member_id, 'reason', reason, 'source', source) order by at desc, id desc) as list
  from (select * from stage_move where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.moves)}) newest`;

const handoverOrder = sql`state in ('offered', 'accepted', 'lapsed') desc, at desc, id desc`;

const handovers = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'state', state, 'byId', created_by, 'at', at, 'toId', to_id,
      'words', words, 'dueAt', due_at, 'agreementRevision', agreement_revision, 'acceptedAt', accepted_at,
      'returned', case when returned_at is not null then json_build_object('byId', returned_by,
        'at', returned_at, 'reasonId', reason_id, 'reason', reason, 'words', answer) end,
      'followed', case when followed_at is not null then json_build_object('byId', followed_by,
        'at', followed_at, 'touchId', touch_id) end,
      'revision', revision) order by ${handoverOrder}) as list
  from (select * from handover where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by ${handoverOrder} limit ${sql.lit(CARD_LIMITS.handovers)}) newest`;

const holds = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'campaignId', campaign_id, 'state', state, 'byId', created_by,
      'at', at, 'words', words, 'answeredById', answered_by, 'answeredAt', answered_at, 'answer', answer)
    order by at desc, id desc) as list
  from (select * from hold where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.holds)}) newest`;

const goAheads = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'rule', rule, 'refId', ref_id, 'byId', created_by, 'at', at,
      'why', why) order by at desc, id desc) as list
  from (select * from go_ahead where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.goAheads)}) newest`;

const tickets = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'subject', subject, 'open', open, 'complaint', complaint, 'at', at,
      'byId', created_by, 'link', link, 'source', source) order by at desc, id desc) as list
  from (select * from ticket where workspace_id = ${workspaceId}::uuid and contact_id = c.id and open
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.tickets)}) newest`;

const deals = (workspaceId: string) => sql`
  select json_agg(json_build_object('id', id, 'name', name, 'open', open, 'stage', stage,
      'saleTypeId', sale_type_id, 'ownerId', owner_id, 'at', at, 'link', link, 'source', source)
    order by at desc, id desc) as list
  from (select * from deal where workspace_id = ${workspaceId}::uuid and contact_id = c.id and open
    order by at desc, id desc limit ${sql.lit(CARD_LIMITS.deals)}) newest`;
