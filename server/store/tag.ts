import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { emailKey, linkedinKey, nameKey, xKey } from '../../utils/contract/match-key.ts';
import type { Trx } from './database.ts';
import { syncWords } from './word.ts';

export interface Person {
  id: string;
  name: string;
  company: string | null;
  domains: string[] | null;
  emails: string[] | null;
  linkedin: string[] | null;
  x: string[] | null;
}

/** Every match key under which a page may show this contact. */
export function matchKeys(person: Person): string[] {
  const keys = [
    ...(person.emails ?? []).map(emailKey),
    ...(person.linkedin ?? []).map(linkedinKey),
    ...(person.x ?? []).map((name) => xKey(`@${name}`)),
    ...(person.domains ?? []).map((domain) => nameKey(person.name, domain)),
    person.company === null ? undefined : nameKey(person.name, person.company),
  ];
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The same as the contract's `tagOf`, without a promise for each of a million keys. */
export function tagOfKey(tagKey: Buffer, matchKey: string): number {
  return createHmac('sha256', tagKey).update(matchKey).digest().readUIntBE(0, 6);
}

/**
 * Recomputes the tags of these contacts, and the words they are searched by. Call it after a change to a
 * name, an identity, a company, its name or its domains.
 * @returns the contacts whose tags changed; hand them to `commitChanges` as `tags`
 */
export async function syncTags(
  trx: Trx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const tagKey = await readTagKey(trx, workspaceId);
  const people = await readPeople(trx, workspaceId, contactIds);
  await syncWords(trx, workspaceId, people);
  const tags: number[] = [];
  const owners: string[] = [];
  for (const person of people) {
    for (const key of matchKeys(person)) {
      tags.push(tagOfKey(tagKey, key));
      owners.push(person.id);
    }
  }
  const { rows } = await sql<{ contact_id: string }>`
    with wanted as materialized (
      select distinct tag, contact_id from unnest(${tags}::bigint[], ${owners}::uuid[]) w (tag, contact_id)
    ), gone as (
      delete from tag t where t.workspace_id = ${workspaceId}::uuid and t.contact_id = any(${contactIds}::uuid[])
        and not exists (select from wanted w where w.tag = t.tag and w.contact_id = t.contact_id)
      returning t.contact_id
    ), come as (
      insert into tag (workspace_id, tag, contact_id)
      select ${workspaceId}::uuid, tag, contact_id from wanted
      on conflict do nothing returning contact_id
    )
    select contact_id from gone union select contact_id from come`.execute(trx);
  return rows.map((row) => row.contact_id);
}

export async function readTagKey(trx: Trx, workspaceId: string): Promise<Buffer> {
  const row = await trx
    .selectFrom('workspace')
    .select('tag_key')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.tag_key;
}

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
      i.emails, i.linkedin, i.x
    from contact c
    left join company o on o.workspace_id = ${workspaceId}::uuid and o.id = c.company_id
    cross join lateral (
      select array_agg(value) filter (where kind = 'email') as emails,
        array_agg(value) filter (where kind = 'linkedin') as linkedin,
        array_agg(value) filter (where kind = 'x') as x
      from identity where workspace_id = ${workspaceId}::uuid and contact_id = c.id
    ) i
    where c.workspace_id = ${workspaceId}::uuid and c.id = any(${contactIds}::uuid[])
    order by c.id`.execute(trx);
  return rows;
}

const CHUNK = 200_000;

/**
 * The workspace's set of tags as `GET /v1/tags` answers it: 6 bytes each, big-endian, ascending, each once.
 * Run it in a repeatable-read transaction, together with the version it belongs to.
 */
export async function readTagSet(trx: Trx, workspaceId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let last = -1; ; ) {
    const { rows } = await sql<{ tags: Buffer | null; last: number | null }>`
      select string_agg(substr(int8send(tag), 3), ''::bytea order by tag) as tags, max(tag) as last
      from (select distinct tag from tag where workspace_id = ${workspaceId}::uuid and tag > ${last}::bigint
        order by tag limit ${sql.lit(CHUNK)}) chunk`.execute(trx);
    const row = rows[0];
    if (!row?.tags || row.last === null) return Buffer.concat(chunks);
    chunks.push(row.tags);
    last = row.last;
  }
}
