import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { emailKeys } from '../../../utils/contract/alternate.ts';
import type { CommandOf } from '../../../utils/contract/command.ts';
import { normalAddress, normalName } from '../../../utils/contract/match-key.ts';
import { nameKey } from '../../../utils/contract/name-key.ts';
import { splitProfileKey, typedLinkedinKey, typedProfileKey } from '../../../utils/contract/profile-key.ts';
import { isChoosable } from '../definition.ts';
import { companyDomain } from '../free-mail.ts';
import { writeMoves } from '../move.ts';
import { findErased, findSuppressed } from '../privacy/suppression.ts';
import type { IdentityKind } from '../schema.ts';
import { addAlone } from '../turns.ts';
import type { Apply, Scope } from './types.ts';

export const addContact: Apply<'contact.add'> = async (scope, command) => {
  const { trx, workspaceId } = scope;
  const { contactId, name, stageId, title } = command.payload;
  const identities = readIdentities(command.payload);
  const normal = normalName(name);
  if (identities === undefined || normal === '') return { refused: 'invalid' };
  await addAlone(trx, workspaceId);
  if (stageId !== undefined && !(await isChoosable(trx, workspaceId, 'stage', stageId)))
    return { refused: 'gone' };
  // A browser that was away gives the command again whose result is no longer kept.
  if ((await findErased(trx, workspaceId, [contactId])).length > 0) return { refused: 'gone' };
  if (await isSuppressed(scope, command.payload)) return { refused: 'suppressed' };
  const owners = await findOwners(scope, identities, contactId);
  if (owners.length > 0) return { refused: 'taken', contactIds: owners };
  const domain = companyDomain(identities.find((identity) => identity.kind === 'email')?.value);
  const company = await findCompany(scope, command.payload.companyName, domain);
  if (!command.payload.evenSo) {
    const alike = company === 'new' ? [] : await findAlike(scope, normal, company, domain);
    if (alike.length > 0) return { refused: 'alike', contactIds: alike };
  }
  const companyId =
    company === 'new' ? await createCompany(scope, command.payload.companyName ?? '', domain) : company;
  const said = { source: 'truce', at: scope.at.toISOString() };
  const provenance = {
    name: said,
    ...(title && { title: said }),
    ...(companyId && { company: said }),
    ...(stageId && { stage: said }),
  };
  await trx
    .insertInto('contact')
    .values({
      workspace_id: workspaceId,
      id: contactId,
      name,
      normal,
      title: title ?? null,
      company_id: companyId ?? null,
      owner_id: null,
      stage_id: stageId ?? null,
      stage_at: stageId ? scope.at : null,
      do_not_contact: null,
      consent: null,
      provenance: JSON.stringify(provenance),
      created_by: scope.member.id,
    })
    .execute();
  if (stageId) {
    const move = { contactId, fromId: null, toId: stageId, at: scope.at, memberId: scope.member.id };
    await writeMoves(trx, workspaceId, 'truce', [move]);
  }
  if (identities.length > 0) {
    const row = { workspace_id: workspaceId, contact_id: contactId, url: null, created_by: scope.member.id };
    await trx
      .insertInto('identity')
      .values(identities.map((identity) => ({ ...row, ...identity })))
      .execute();
  }
  return {
    contactIds: [contactId],
    companyIds: company === 'new' && companyId ? [companyId] : [],
    retag: true,
  };
};

type Payload = CommandOf<'contact.add'>['payload'];

interface Identity {
  kind: IdentityKind;
  value: string;
}

/** Normal forms of what was typed; undefined when something is not what it should be. */
function readIdentities(payload: Payload): Identity[] | undefined {
  const identities: Identity[] = [];
  if (payload.email !== undefined) {
    const value = normalAddress(payload.email);
    if (value === undefined) return undefined;
    identities.push({ kind: 'email', value });
  }
  if (payload.linkedin !== undefined) {
    const value = typedLinkedinKey(payload.linkedin)?.slice('linkedin:'.length);
    if (value === undefined) return undefined;
    identities.push({ kind: 'linkedin', value });
  }
  if (payload.profile !== undefined) {
    const profile = splitProfileKey(typedProfileKey(payload.profile) ?? '');
    if (profile === undefined) return undefined;
    if (!identities.some(({ kind, value }) => kind === profile.kind && value === profile.value))
      identities.push(profile);
  }
  return identities;
}

/** By address or profile; by name and company only where neither is given. */
async function isSuppressed({ trx, workspaceId }: Scope, payload: Payload): Promise<boolean> {
  const { name, email, linkedin, profile, companyName } = payload;
  const profiles = [typedLinkedinKey(linkedin ?? ''), typedProfileKey(profile ?? '')];
  const sure = [...emailKeys(email ?? ''), ...profiles.filter((key) => key !== undefined)];
  const named = nameKey(name, companyName ?? '');
  const keys = sure.length > 0 || named === undefined ? sure : [named];
  return (await findSuppressed(trx, workspaceId, keys)).size > 0;
}

/** Contacts that have one of these identities, or this id. */
async function findOwners(
  { trx, workspaceId }: Scope,
  identities: Identity[],
  contactId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from identity join unnest(${identities.map((one) => one.kind)}::text[],
      ${identities.map((one) => one.value)}::text[]) as asked (kind, value) using (kind, value)
    where workspace_id = ${workspaceId}::uuid
    union select id from contact where workspace_id = ${workspaceId}::uuid and id = ${contactId}::uuid
    limit 20`.execute(trx);
  return rows.map((row) => row.id);
}

/** By name first, then by domain, so that a slip in the name of a known company makes no second one. */
async function findCompany(
  { trx, workspaceId }: Scope,
  name: string | undefined,
  domain: string | undefined,
): Promise<string | undefined | 'new'> {
  const normal = normalName(name ?? '');
  const { rows } = await sql<{ id: string }>`
    select id, 1 as rank from company
      where workspace_id = ${workspaceId}::uuid and normal = ${normal} and normal <> ''
    union all
    select company_id, 2 from company_domain
      where workspace_id = ${workspaceId}::uuid and domain = ${domain ?? ''}
    order by rank, id limit 1`.execute(trx);
  return rows[0]?.id ?? (normal === '' ? undefined : 'new');
}

async function createCompany(scope: Scope, name: string, domain: string | undefined): Promise<string> {
  const id = uuid();
  const row = { workspace_id: scope.workspaceId, created_by: scope.member.id };
  await scope.trx
    .insertInto('company')
    .values({
      ...row,
      id,
      name,
      normal: normalName(name),
      industry: null,
      size: null,
      website: null,
      owner_id: null,
    })
    .execute();
  if (domain !== undefined) {
    await scope.trx
      .insertInto('company_domain')
      .values({ ...row, company_id: id, domain })
      .execute();
  }
  return id;
}

/** Contacts of this name at this company, at this domain, or, when neither is known, at no company. */
async function findAlike(
  { trx, workspaceId }: Scope,
  normal: string,
  companyId: string | undefined,
  domain: string | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contact c
    where workspace_id = ${workspaceId}::uuid and normal = ${normal} and (
      (company_id is not distinct from ${companyId ?? null}::uuid
        and (company_id is not null or ${domain ?? ''}::text = ''))
      or exists (select from identity i where i.workspace_id = ${workspaceId}::uuid and i.contact_id = c.id
        and i.kind = 'email' and split_part(i.value, '@', 2) = ${domain ?? ''}::text))
    order by id limit 20`.execute(trx);
  return rows.map((row) => row.id);
}
