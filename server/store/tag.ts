import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { emailKeys } from '../../utils/contract/alternate.ts';
import { domainKey, linkedinKey, normalDomain, xKey } from '../../utils/contract/match-key.ts';
import { nameKey } from '../../utils/contract/name-key.ts';
import { lockContacts } from './card.ts';
import type { Changed } from './change.ts';
import type { Trx } from './database.ts';
import { isCompanys } from './free-mail.ts';
import { holdTagKeys } from './tag-key.ts';
import { syncWords } from './word.ts';

export interface Person {
  id: string;
  name: string;
  company: string | null;
  domains: string[] | null;
  emails: string[] | null;
  linkedin: string[] | null;
  x: string[] | null;
  /** Match keys of profiles on other networks. */
  profiles: string[] | null;
}

/**
 * Counts the changes of `matchKeys` and `companyKey`. Raise it with each: tags that were made before are made again,
 * in the background (`jobs/retag.ts`).
 */
export const MATCH_RULES = 3;

/** Every match key under which a page may show this contact. */
export function matchKeys(person: Person): string[] {
  const places = [...(person.domains ?? []), person.company ?? ''].filter((place) => {
    const domain = normalDomain(place);
    return domain === undefined || isCompanys(domain);
  });
  const keys = [
    ...(person.emails ?? []).flatMap(emailKeys),
    ...(person.linkedin ?? []).map(linkedinKey),
    ...(person.x ?? []).map((name) => xKey(`@${name}`)),
    ...(person.profiles ?? []),
    ...places.map((place) => nameKey(person.name, place)),
  ];
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** Under which a page may show that somebody is of this company. */
export const companyKey = (domain: string): string | undefined =>
  isCompanys(domain) ? domainKey(domain) : undefined;

/** The same as the contract's `tagOf`, without a promise for each of a million keys. */
export function tagOfKey(tagKey: Buffer, matchKey: string): number {
  return createHmac('sha256', tagKey).update(matchKey).digest().readUIntBE(0, 6);
}

/** For `commitChanges`: the set of tags changed. */
export const tagsChanged = (workspaceId: string): Changed => ({ kind: 'tags', id: workspaceId });

/**
 * Recomputes the tags of these contacts, and the words they are searched by. Call it after a change to a
 * name, an identity, a company, its name or its domains.
 * @returns what to hand to `commitChanges`
 */
export async function syncTags(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Changed[]> {
  const people = await writeTags(trx, workspaceId, contactIds);
  await syncWords(trx, workspaceId, people.written);
  return people.changes;
}

/** The same without the words. */
export async function writeTags(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<{ written: Person[]; changes: Changed[] }> {
  if (contactIds.length === 0) return { written: [], changes: [] };
  const keys = await holdTagKeys(trx, workspaceId);
  // Two transactions that change different facts of one contact each see the other's.
  await lockContacts(trx, workspaceId, contactIds);
  const written = await readPeople(trx, workspaceId, contactIds);
  const wanted = { tags: [] as number[], owners: [] as string[], keys: [] as number[] };
  for (const person of written) {
    for (const matchKey of matchKeys(person)) {
      for (const { no, key } of keys) {
        wanted.tags.push(tagOfKey(key, matchKey));
        wanted.owners.push(person.id);
        wanted.keys.push(no);
      }
    }
  }
  const { rows } = await sql`
    with wanted as materialized (
      select distinct tag, contact_id, key_no
      from unnest(${wanted.tags}::bigint[], ${wanted.owners}::uuid[], ${wanted.keys}::int[]) w (tag, contact_id, key_no)
    ), gone as (
      delete from tag t where t.workspace_id = ${workspaceId}::uuid and t.contact_id = any(${contactIds}::uuid[])
        and not exists (select from wanted w
          where w.tag = t.tag and w.contact_id = t.contact_id and w.key_no = t.key_no)
      returning t.tag, t.key_no
    ), come as (
      insert into tag (workspace_id, tag, contact_id, key_no)
      select ${workspaceId}::uuid, tag, contact_id, key_no from wanted
      on conflict do nothing returning tag, key_no
    ), touched as (select * from gone union all select * from come)
    ${logTouched(workspaceId)}`.execute(trx);
  return { written, changes: rows.length > 0 ? [tagsChanged(workspaceId)] : [] };
}

/** Takes the tags of contacts that go. @returns what to hand to `commitChanges` */
export async function dropTags(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Changed[]> {
  await holdTagKeys(trx, workspaceId);
  const { rows } = await sql`
    with touched as (
      delete from tag where workspace_id = ${workspaceId}::uuid and contact_id = any(${contactIds}::uuid[])
      returning tag, key_no
    ) ${logTouched(workspaceId)}`.execute(trx);
  return rows.length > 0 ? [tagsChanged(workspaceId)] : [];
}

/** Recomputes the tags of companies' domains. @returns what to hand to `commitChanges` */
export async function syncDomainTags(
  trx: Trx,
  workspaceId: string,
  companyIds: readonly string[],
): Promise<Changed[]> {
  if (companyIds.length === 0) return [];
  const keys = await holdTagKeys(trx, workspaceId);
  await sql`select 1 from company where workspace_id = ${workspaceId}::uuid
    and id = any(${companyIds}::uuid[]) order by id for no key update`.execute(trx);
  const { rows: domains } = await sql<{ domain: string; id: string }>`
    select domain, company_id as id from company_domain
    where workspace_id = ${workspaceId}::uuid and company_id = any(${companyIds}::uuid[])`.execute(trx);
  const wanted = domains.flatMap(({ domain, id }) => {
    const matchKey = companyKey(domain);
    return matchKey === undefined
      ? []
      : keys.map(({ no, key }) => ({ tag: tagOfKey(key, matchKey), company_id: id, key_no: no }));
  });
  const { rows } = await sql`
    with wanted as materialized (
      select distinct tag, company_id, key_no from json_to_recordset(${JSON.stringify(wanted)}::json)
        as w (tag bigint, company_id uuid, key_no int)
    ), gone as (
      delete from company_tag t
      where t.workspace_id = ${workspaceId}::uuid and t.company_id = any(${companyIds}::uuid[])
        and not exists (select from wanted w
          where w.tag = t.tag and w.company_id = t.company_id and w.key_no = t.key_no)
      returning t.tag, t.key_no
    ), come as (
      insert into company_tag (workspace_id, tag, company_id, key_no)
      select ${workspaceId}::uuid, tag, company_id, key_no from wanted
      on conflict do nothing returning tag, key_no
    ), touched as (select * from gone union all select * from come)
    ${logTouched(workspaceId)}`.execute(trx);
  return rows.length > 0 ? [tagsChanged(workspaceId)] : [];
}

/**
 * The end of a statement whose `touched` has come and gone tags: logs them, to be stamped by `commitChanges`. Of a
 * key that nobody has yet nothing is logged.
 */
const logTouched = (workspaceId: string) => sql`
  insert into tag_log (workspace_id, id, key_no, tags)
  select ${workspaceId}::uuid, gen_random_uuid(), key_no, array_agg(distinct tag) from touched
  where key_no in (select key_no from tag_key
    where workspace_id = ${workspaceId}::uuid and since is not null and not ended)
  group by key_no returning key_no`;

/** What the match keys of these contacts are made of. */
export async function readPeople(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select c.id, c.name, o.name as company,
      (select array_agg(domain) from company_domain d
        where d.workspace_id = ${workspaceId}::uuid and d.company_id = c.company_id) as domains,
      i.emails, i.linkedin, i.x, i.profiles
    from contact c
    left join company o on o.workspace_id = ${workspaceId}::uuid and o.id = c.company_id
    cross join lateral (
      select array_agg(value) filter (where kind = 'email') as emails,
        array_agg(value) filter (where kind = 'linkedin') as linkedin,
        array_agg(value) filter (where kind = 'x') as x,
        array_agg(kind || ':' || value) filter (where kind in ('github', 'profile')) as profiles
      from identity where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    ) i
    where c.workspace_id = ${workspaceId}::uuid and c.id = any(${contactIds}::uuid[])
    order by c.id`.execute(trx);
  return rows;
}
