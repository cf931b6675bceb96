import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** Keys that tags are made with, the log of which tags changed, and tags of companies' domains. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // since: null while its tags are being made. until: null before another one took its place. ended: its tags
  // are being dropped. rules: by which match keys all its tags were made (`MATCH_RULES`); while that is behind,
  // companies_to and contacts_to say how far the walk that makes them has come.
  await sql`create table tag_key (
    workspace_id uuid not null, key_no int not null, key bytea not null check (length(key) = 32),
    since timestamptz, until timestamptz, ended boolean not null default false,
    rules int not null default 0, companies_to uuid, contacts_to uuid,
    primary key (workspace_id, key_no)
  )`.execute(db);
  await sql`create unique index tag_key_present on tag_key (workspace_id)
    where since is not null and until is null`.execute(db);
  // One row for each key and commit, however many tags. version: 0 until the commit's is known.
  await sql`create table tag_log (
    workspace_id uuid not null, id uuid not null, version bigint not null default 0,
    key_no int not null, tags bigint[] not null,
    primary key (workspace_id, id)
  )`.execute(db);
  await sql`create index tag_log_version on tag_log (workspace_id, version)`.execute(db);
  await sql`create table company_tag (
    workspace_id uuid not null, tag bigint not null, company_id uuid not null, key_no int not null,
    primary key (workspace_id, tag, company_id, key_no),
    foreign key (workspace_id, company_id) references company on delete cascade
  )`.execute(db);
  await sql`create index company_tag_company on company_tag (workspace_id, company_id)`.execute(db);
  // A look-up needs no number: it reads the start of the key. A whole set is read from the index alone.
  await sql`alter table tag add column key_no int not null default 1, drop constraint tag_pkey,
    add primary key (workspace_id, tag, contact_id, key_no)`.execute(db);
  await sql`alter table tag alter column key_no drop default`.execute(db);
  // tag_floor: version up to which the log does not say what changed.
  await sql`alter table workspace add column tag_floor bigint not null default 0`.execute(db);
  await carryOver(db);
  await sql`alter table workspace drop column tag_key, drop column tags_version`.execute(db);
  await protect(db, ['tag_key', 'tag_log', 'company_tag']);
}

async function carryOver(db: Kysely<unknown>): Promise<void> {
  const tables = ['workspace', 'company_domain'];
  // Otherwise an owner who is no superuser would see no row.
  for (const name of tables)
    await sql`alter table ${sql.table(name)} no force row level security`.execute(db);
  await sql`insert into tag_key (workspace_id, key_no, key, since)
    select workspace_id, 1, tag_key, created_at from workspace`.execute(db);
  await sql`update workspace set tag_floor = version`.execute(db);
  await tagDomains(db);
  for (const name of tables) await sql`alter table ${sql.table(name)} force row level security`.execute(db);
}

const PAGE = 10_000;

async function tagDomains(db: Kysely<unknown>): Promise<void> {
  const { rows: keys } = await sql<{ workspace_id: string; key: Buffer }>`
    select workspace_id, key from tag_key`.execute(db);
  for (const { workspace_id, key } of keys) {
    for (let last = ''; ; ) {
      const { rows } = await sql<{ domain: string; company_id: string }>`
        select domain, company_id from company_domain where workspace_id = ${workspace_id}::uuid
          and domain > ${last} order by domain fetch first ${sql.lit(PAGE)} rows with ties`.execute(db);
      const end = rows.at(-1);
      if (!end) break;
      const tags = rows.map(({ domain }) =>
        createHmac('sha256', key).update(`domain:${domain}`).digest().readUIntBE(0, 6),
      );
      await sql`insert into company_tag (workspace_id, tag, company_id, key_no)
        select ${workspace_id}::uuid, tag, company_id, 1
        from unnest(${tags}::bigint[], ${rows.map((row) => row.company_id)}::uuid[]) t (tag, company_id)
        on conflict do nothing`.execute(db);
      last = end.domain;
    }
  }
}
