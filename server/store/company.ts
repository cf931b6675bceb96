import { sql } from 'kysely';
import type { Hit } from '../../utils/contract/routes.ts';
import type { Trx } from './database.ts';
import { hitColumns, toHit } from './hit.ts';

/**
 * Builds the contract's Company of each company and keeps it where it differs. Call it in the transaction
 * that changed a company, its domains or records.
 * @returns the companies that changed; hand them to `commitChanges` as `company`
 */
export async function rebuildCompanies(
  trx: Trx,
  workspaceId: string,
  companyIds: readonly string[],
): Promise<string[]> {
  if (companyIds.length === 0) return [];
  await sql`select 1 from company where workspace_id = ${workspaceId}::uuid
    and id = any(${companyIds}::uuid[]) order by id for no key update`.execute(trx);
  const { rows } = await sql<{ id: string }>`
    update company old set body = fresh.body
    from (
      select c.id, json_strip_nulls(json_build_object(
        'id', c.id, 'name', c.name, 'domains', coalesce(d.list, '[]'), 'industry', c.industry,
        'size', c.size, 'website', c.website, 'ownerId', c.owner_id,
        'records', coalesce(r.list, '[]'), 'revision', c.revision))::text as body
      from company c
      cross join lateral (
        select json_agg(domain order by position, domain) as list from company_domain
        where workspace_id = ${workspaceId}::uuid and company_id = c.id
      ) d
      cross join lateral (
        select json_agg(json_build_object('source', r.source, 'id', r.value,
          'url', coalesce(r.url, replace(s.company_url, '{id}', r.value))) order by r.source, r.value) as list
        from company_record r
        left join source s on s.workspace_id = ${workspaceId}::uuid and s.source = r.source
        where r.workspace_id = ${workspaceId}::uuid and r.company_id = c.id
      ) r
      where c.workspace_id = ${workspaceId}::uuid and c.id = any(${companyIds}::uuid[])
    ) fresh
    where old.workspace_id = ${workspaceId}::uuid and old.id = fresh.id and old.body <> fresh.body
    returning old.id`.execute(trx);
  return rows.map((row) => row.id);
}

const PEOPLE_MAX = 50;

/** A company as stored JSON text with its people by name; undefined when it is not there. */
export async function readCompany(
  trx: Trx,
  workspaceId: string,
  id: string,
): Promise<{ company: string; people: Hit[]; total: number } | undefined> {
  const company = await trx
    .selectFrom('company')
    .select('body')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!company) return undefined;
  const { rows } = await sql<Parameters<typeof toHit>[0] & { total: number }>`
    select ${hitColumns(workspaceId)}, count(*) over () as total
    from contact c
    join company o on o.workspace_id = ${workspaceId}::uuid and o.id = c.company_id
    where c.workspace_id = ${workspaceId}::uuid and c.company_id = ${id}::uuid
    order by c.normal, c.id limit ${sql.lit(PEOPLE_MAX)}`.execute(trx);
  return { company: company.body, people: rows.map(toHit), total: rows[0]?.total ?? 0 };
}
