import { sql } from 'kysely';
import { normalName } from '../../../utils/contract/match-key.ts';
import { lockContacts } from '../../store/card.ts';
import type { Trx } from '../../store/database.ts';
import type { Row } from '../row.ts';
import { guessDomain } from './company.ts';
import { touchKey } from './history.ts';
import { addHolder, type BatchState, type CompanyState, type ContactState, indexCompany } from './state.ts';

/** Reads, in a handful of queries, all that these rows may touch, and holds the contacts until the commit. */
export async function loadState(
  trx: Trx,
  workspaceId: string,
  source: string,
  rows: readonly Row[],
): Promise<BatchState> {
  const state: BatchState = {
    contacts: new Map(),
    holders: new Map(),
    companies: new Map(),
    companyBy: new Map(),
    campaigns: new Map(),
    touches: new Set(),
  };
  await loadContacts(trx, workspaceId, source, rows, state);
  await loadCompanies(trx, workspaceId, source, rows, state);
  await loadHistory(trx, workspaceId, source, rows, state);
  return state;
}

/** One address belongs to no more people than these; further ones are not looked at. */
const SHARED_MAX = 100;

async function loadContacts(
  trx: Trx,
  workspaceId: string,
  source: string,
  rows: readonly Row[],
  state: BatchState,
) {
  const kinds: string[] = [];
  const values: string[] = [];
  const want = (kind: string, value: string | undefined) => {
    if (value === undefined) return;
    kinds.push(kind);
    values.push(value);
  };
  for (const row of rows) {
    want(source, row.recordId);
    for (const email of row.emails) want('email', email);
    want('linkedin', row.linkedin);
  }
  const found = await sql<{ contact_id: string }>`
    select distinct i.contact_id
    from (select distinct kind, value from unnest(${kinds}::text[], ${values}::text[]) w (kind, value)) w
    -- The limit keeps the planner from reading the whole table while its figures are old.
    cross join lateral (
      select contact_id from identity where workspace_id = ${workspaceId}::uuid
        and kind = w.kind and value = w.value limit ${sql.lit(SHARED_MAX)}
    ) i`.execute(trx);
  const ids = found.rows.map((row) => row.contact_id);
  if (ids.length === 0) return;
  await lockContacts(trx, workspaceId, ids);
  const contacts = await sql<Omit<ContactState, 'memberships'>>`
    select c.id, 'same' as state, c.name, c.title, c.company_id, c.owner_id, c.stage_id, c.stage_at,
      c.do_not_contact, c.consent, c.provenance, c.created_at, '[]'::json as "newIdentities",
      false as "keysChanged", '[]'::json as "newTouches", false as "historyChanged",
      coalesce((select json_agg(json_build_object('kind', i.kind, 'value', i.value, 'position', i.position, 'url', i.url)
        order by i.position, i.value) from identity i
        where i.workspace_id = ${workspaceId}::uuid and i.contact_id = c.id), '[]') as identities
    from contact c where c.workspace_id = ${workspaceId}::uuid and c.id = any(${ids}::uuid[])
    order by c.id`.execute(trx);
  for (const contact of contacts.rows) {
    state.contacts.set(contact.id, { ...contact, memberships: new Map() });
    for (const { kind, value } of contact.identities) addHolder(state, kind, value, contact.id);
  }
}

async function loadCompanies(
  trx: Trx,
  workspaceId: string,
  source: string,
  rows: readonly Row[],
  state: BatchState,
) {
  const parts = rows.flatMap((row) => row.company ?? []);
  if (parts.length === 0) return;
  const records = parts.flatMap((part) => part.recordId ?? []);
  const domains = rows.flatMap((row) =>
    [row.company?.domain, guessDomain(row)].filter((domain) => domain !== undefined),
  );
  const normals = parts
    .flatMap((part) => (part.name ? normalName(part.name) : []))
    .filter((name) => name !== '');
  const { rows: found } = await sql<CompanyState>`
    select c.id, 'same' as state, c.name, c.normal, c.industry, c.size, c.website, c.owner_id, c.provenance,
      '[]'::json as "newDomains", '[]'::json as "newRecords", false as "keysChanged",
      array(select domain from company_domain d where d.workspace_id = ${workspaceId}::uuid
        and d.company_id = c.id order by position, domain) as domains,
      coalesce((select json_agg(json_build_object('source', r.source, 'value', r.value)) from company_record r
        where r.workspace_id = ${workspaceId}::uuid and r.company_id = c.id), '[]') as records
    from company c where c.workspace_id = ${workspaceId}::uuid and c.id in (
      select company_id from company_record where workspace_id = ${workspaceId}::uuid
        and source = ${source} and value = any(${records}::text[])
      union select company_id from company_domain where workspace_id = ${workspaceId}::uuid
        and domain = any(${domains}::text[])
      union select id from company where workspace_id = ${workspaceId}::uuid and normal = any(${normals}::text[]))
    order by c.id for no key update of c`.execute(trx);
  for (const company of found) indexCompany(state, company);
}

async function loadHistory(
  trx: Trx,
  workspaceId: string,
  source: string,
  rows: readonly Row[],
  state: BatchState,
) {
  const named = [...new Set(rows.flatMap((row) => row.membership?.externalId ?? []))];
  if (named.length > 0) {
    const { rows: campaigns } = await sql<{ id: string; name: string; externalId: string; channel: string }>`
      select id, name, external_id as "externalId", channel from campaign
      where workspace_id = ${workspaceId}::uuid and source = ${source}
        and external_id = any(${named}::text[])`.execute(trx);
    for (const campaign of campaigns) state.campaigns.set(campaign.externalId, { ...campaign, isNew: false });
    const members = await trx
      .selectFrom('campaign_member')
      .select(['contact_id', 'campaign_id', 'state', 'at'])
      .where('workspace_id', '=', workspaceId)
      .where('contact_id', '=', sql<string>`any(${[...state.contacts.keys()]}::uuid[])`)
      .execute();
    for (const { contact_id, campaign_id, state: reached, at } of members) {
      state.contacts
        .get(contact_id)
        ?.memberships.set(campaign_id, { state: reached, at: at.toISOString(), changed: false });
    }
  }
  const keys = rows.flatMap((row) => touchKey(row) ?? []);
  if (keys.length === 0) return;
  const { rows: touches } = await sql<{ external_id: string }>`
    select external_id from touch where workspace_id = ${workspaceId}::uuid and source = ${source}
      and external_id = any(${keys}::text[])`.execute(trx);
  for (const touch of touches) state.touches.add(touch.external_id);
}
