import pg from 'pg';

export const CONTACTS = 1_000_000;
const COMPANIES = 40_000;

const id = (kind: string, n: string) =>
  `('0190${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const contactId = (n: string) => id('c000', n);
const companyId = (n: string) => id('d000', n);
const instant = (n: string) => `'2026-0' || (1 + ${n} % 9) || '-1' || (${n} % 10) || 'T09:30:00+00:00'`;

/** One tag for an address and one for each of two names: what an ordinary contact has. */
export const tagSql = (n: string, k: string) =>
  `('x' || left(md5(${n} || '-' || ${k}), 12))::bit(48)::bigint`;

const touch = (n: string, k: number) => `json_build_object('id', ${id(`e00${k}`, n)},
  'kind', (array['email','call','meeting','social'])[1 + (${n} + ${k}) % 4], 'direction', 'out', 'team', 'sales',
  'memberId', ${id('a000', `${n} % 20`)}, 'at', ${instant(`(${n} + ${k})`)},
  'subject', 'Re: delivery windows for quarter ' || (1 + ${n} % 4), 'source', 'csv')`;
const membership = (
  n: string,
  k: number,
) => `json_build_object('campaignId', ${id('b000', `(${n} + ${k}) % 12`)},
  'state', (array['sent','opened','clicked'])[1 + (${n} + ${k}) % 3], 'at', ${instant(`(${n} + ${k})`)})`;

const card = (n: string) => `json_strip_nulls(json_build_object(
  'contact', json_build_object('id', ${contactId(n)}, 'name', 'Ann Lee ' || ${n}, 'title', 'Head of Operations',
    'companyId', ${companyId(`${n} % ${COMPANIES}`)}, 'ownerId', ${id('a000', `${n} % 20`)},
    'stageId', ${id('f000', `${n} % 6`)}, 'stageAt', ${instant(n)},
    'emails', json_build_array('ann.lee.' || ${n} || '@company' || ${n} % ${COMPANIES} || '.example'),
    'phones', '[]'::json, 'records', '[]'::json,
    'provenance', json_build_object('name', json_build_object('source', 'csv', 'at', ${instant(n)})),
    'revision', 1),
  'touches', json_build_array(${touch(n, 1)}, ${touch(n, 2)}, ${touch(n, 3)}), 'touchCount', 3,
  'memberships', json_build_array(${membership(n, 1)}, ${membership(n, 2)}), 'membershipCount', 2,
  'notes', '[]'::json, 'tasks', '[]'::json))::text`;

const company = (
  n: string,
) => `json_strip_nulls(json_build_object('id', ${companyId(n)}, 'name', 'Company ' || ${n},
  'domains', json_build_array('company' || ${n} || '.example'), 'industry', 'Logistics', 'size', '200-1,000',
  'website', 'https://company' || ${n} || '.example/', 'records', '[]'::json, 'revision', 1))::text`;

/**
 * Fills a workspace with contacts, a million unless told otherwise, their cards (1.5 kB) and tags, straight in SQL: no import is
 * measured here. Unlogged and without triggers, since only reading is.
 * @param url the owner's connection
 */
export async function fill(url: string, workspaceId: string, contacts = CONTACTS): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ws = `'${workspaceId}'::uuid`;
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off;
      set maintenance_work_mem = '512MB'; set work_mem = '256MB'`);
    for (const table of ['tag', 'card']) await client.query(`alter table ${table} set unlogged`);
    await client.query(`insert into company (workspace_id, id, name, normal, body)
      select ${ws}, ${companyId('n')}, 'Company ' || n, 'company ' || n, ${company('n')}
      from generate_series(0, ${COMPANIES - 1}) n`);
    await client.query(`insert into contact (workspace_id, id, name, normal, company_id)
      select ${ws}, ${contactId('n')}, 'Ann Lee ' || n, 'ann lee ' || n, ${companyId(`n % ${COMPANIES}`)}
      from generate_series(1, ${contacts}) n`);
    await client.query(`insert into card (workspace_id, contact_id, version, company_id, body)
      select ${ws}, ${contactId('n')}, n, ${companyId(`n % ${COMPANIES}`)}, ${card('n')}
      from generate_series(1, ${contacts}) n`);
    await client.query(`insert into tag (workspace_id, tag, contact_id, key_no)
      select ${ws}, ${tagSql('n', 'k')}, ${contactId('n')}, 1
      from generate_series(1, ${contacts}) n, generate_series(1, 3) k order by 2`);
    await client.query(`insert into company_tag (workspace_id, tag, company_id, key_no)
      select ${ws}, ${tagSql('n', '4')}, ${companyId('n')}, 1 from generate_series(0, ${COMPANIES - 1}) n order by 2`);
    for (const table of ['company', 'contact', 'card', 'tag', 'company_tag'])
      await client.query(`vacuum (analyze) ${table}`);
  } finally {
    await client.end();
  }
}

/** Reads what look-ups read into PostgreSQL's memory, as a server that is in use has it. */
export async function warm(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create extension if not exists pg_prewarm');
    for (const part of ['tag_pkey', 'company_tag_pkey', 'card_pkey', 'card', 'company_pkey', 'company']) {
      await client.query('select pg_prewarm($1::regclass)', [part]);
    }
  } finally {
    await client.end();
  }
}
