import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { normalName } from '../../../utils/contract/match-key.ts';
import type { Trx } from '../../store/database.ts';
import { writeMoves } from '../../store/move.ts';
import type { BatchState } from './state.ts';

/** Writes what the rows made of the state, one statement for each table. */
export async function writeState(
  trx: Trx,
  workspaceId: string,
  source: string,
  state: BatchState,
  label: string,
): Promise<void> {
  await writeCompanies(trx, workspaceId, source, state);
  await writeContacts(trx, workspaceId, source, state);
  await writeHistory(trx, workspaceId, source, state, label);
}

async function writeCompanies(
  trx: Trx,
  workspaceId: string,
  source: string,
  state: BatchState,
): Promise<void> {
  const touched = [...state.companies.values()].filter((company) => company.state !== 'same');
  if (touched.length === 0) return;
  await sql`
    insert into company as old (workspace_id, id, name, normal, industry, size, website, owner_id, provenance, source)
    select ${workspaceId}::uuid, id, name, normal, industry, size, website, owner_id, provenance, ${source}
    from json_to_recordset(${JSON.stringify(touched)}::json) as c (id uuid, name text, normal text, industry text,
      size text, website text, owner_id uuid, provenance jsonb)
    on conflict (workspace_id, id) do update set name = excluded.name, normal = excluded.normal,
      industry = excluded.industry, size = excluded.size, website = excluded.website,
      owner_id = excluded.owner_id, provenance = excluded.provenance, revision = old.revision + 1`.execute(
    trx,
  );
  const domains = touched.flatMap(({ id, domains, newDomains }) =>
    newDomains.map((domain) => ({ id, value: domain, position: domains.indexOf(domain) })),
  );
  if (domains.length > 0) {
    await sql`insert into company_domain (workspace_id, company_id, domain, position, source)
      select ${workspaceId}::uuid, id, value, position, ${source}
      from json_to_recordset(${JSON.stringify(domains)}::json) as d (id uuid, value text, position int)
      on conflict do nothing`.execute(trx);
  }
  const records = touched.flatMap(({ id, newRecords }) => newRecords.map((value) => ({ id, value })));
  if (records.length > 0) {
    await sql`insert into company_record (workspace_id, company_id, source, value)
      select ${workspaceId}::uuid, id, ${source}, value
      from json_to_recordset(${JSON.stringify(records)}::json) as r (id uuid, value text)
      on conflict do nothing`.execute(trx);
  }
}

async function writeContacts(
  trx: Trx,
  workspaceId: string,
  source: string,
  state: BatchState,
): Promise<void> {
  const touched = [...state.contacts.values()].filter((contact) => contact.state !== 'same');
  if (touched.length === 0) return;
  const rows = touched.map(({ identities, newIdentities, memberships, newTouches, ...contact }) => ({
    ...contact,
    normal: normalName(contact.name),
  }));
  await sql`
    insert into contact as old (workspace_id, id, name, normal, title, company_id, owner_id, stage_id, stage_at,
      do_not_contact, consent, provenance, created_at, source)
    select ${workspaceId}::uuid, id, name, normal, title, company_id, owner_id, stage_id, stage_at,
      do_not_contact, consent, provenance, created_at, ${source}
    from json_to_recordset(${JSON.stringify(rows)}::json) as c (id uuid, name text, normal text, title text,
      company_id uuid, owner_id uuid, stage_id uuid, stage_at timestamptz, do_not_contact boolean, consent text,
      provenance jsonb, created_at timestamptz)
    on conflict (workspace_id, id) do update set name = excluded.name, normal = excluded.normal,
      title = excluded.title, company_id = excluded.company_id, owner_id = excluded.owner_id,
      stage_id = excluded.stage_id, stage_at = excluded.stage_at, do_not_contact = excluded.do_not_contact,
      consent = excluded.consent, provenance = excluded.provenance, revision = old.revision + 1`.execute(trx);
  const moves = touched.flatMap(({ id, stage_id: toId, move }) =>
    move && toId !== null && toId !== move.fromId ? [{ contactId: id, toId, ...move }] : [],
  );
  await writeMoves(trx, workspaceId, source, moves);
  const identities = touched.flatMap(({ id, newIdentities }) => newIdentities.map((one) => ({ ...one, id })));
  if (identities.length > 0) {
    await sql`insert into identity (workspace_id, contact_id, kind, value, position, url, source)
      select ${workspaceId}::uuid, id, kind, value, position, url, ${source}
      from json_to_recordset(${JSON.stringify(identities)}::json)
        as i (id uuid, kind text, value text, position int, url text)`.execute(trx);
  }
}

async function writeHistory(
  trx: Trx,
  workspaceId: string,
  source: string,
  state: BatchState,
  label: string,
): Promise<void> {
  const campaigns = [...state.campaigns.values()].filter((campaign) => campaign.isNew);
  if (campaigns.length > 0) {
    await sql`insert into campaign (workspace_id, id, name, channel, external_id, source)
      select ${workspaceId}::uuid, id, name, channel, "externalId", ${source}
      from json_to_recordset(${JSON.stringify(campaigns)}::json)
        as c (id uuid, name text, channel text, "externalId" text)`.execute(trx);
  }
  const members = [...state.contacts.values()].flatMap(({ id, memberships }) =>
    [...memberships].flatMap(([campaign, { state: reached, at, changed }]) =>
      changed ? [{ id, campaign, reached, at }] : [],
    ),
  );
  if (members.length > 0) {
    await sql`insert into campaign_member (workspace_id, contact_id, campaign_id, state, at, source)
      select ${workspaceId}::uuid, id, campaign, reached, at, ${source}
      from json_to_recordset(${JSON.stringify(members)}::json)
        as m (id uuid, campaign uuid, reached text, at timestamptz)
      on conflict (workspace_id, contact_id, campaign_id)
        do update set state = excluded.state, at = excluded.at, source = excluded.source`.execute(trx);
  }
  const touches = [...state.contacts.values()].flatMap(({ id, newTouches }) =>
    newTouches.map((touch) => ({ ...touch, contact: id, id: uuid() })),
  );
  if (touches.length > 0) {
    // Exports give the time of the last activity only: neither what it was nor who did it.
    await sql`insert into touch (workspace_id, id, contact_id, kind, direction, team, at, subject, external_id, source)
      select ${workspaceId}::uuid, id, contact, 'email', 'out', 'sales', at, ${`Last activity in ${label}`}, external_id, ${source}
      from json_to_recordset(${JSON.stringify(touches)}::json)
        as t (id uuid, contact uuid, at timestamptz, external_id text)`.execute(trx);
  }
}
