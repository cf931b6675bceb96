import { type Kysely, sql } from 'kysely';
import { APP_ROLE, protect } from './protect.ts';

/** What most rows say about where they come from. `created_by` is null for what an import brought. */
const AUTHOR = sql`
  source text not null default 'truce',
  created_by uuid,
  created_at timestamptz not null default now()`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await createRole(db);
  await createPeople(db);
  await createHistory(db);
  await createDerived(db);
  await protect(db, TABLES);
  // The owner may see which workspaces there are: how a start finds out that the database is new.
  await sql`create policy owner_lists on workspace for select to current_user using (true)`.execute(db);
}

async function createRole(db: Kysely<unknown>): Promise<void> {
  // Databases of one cluster share the role: another start may be creating it at this moment.
  await sql`do $$ begin
    create role ${sql.id(APP_ROLE)} nologin;
  exception when duplicate_object or unique_violation then null;
  end $$`.execute(db);
  await sql`do $$ begin
    if not pg_has_role(current_user, ${sql.lit(APP_ROLE)}, 'usage') then
      grant ${sql.id(APP_ROLE)} to current_user;
    end if;
  end $$`.execute(db);
  await sql`grant usage on schema public to ${sql.id(APP_ROLE)}`.execute(db);
}

async function createPeople(db: Kysely<unknown>): Promise<void> {
  await sql`create table workspace (
    workspace_id uuid primary key,
    name text not null,
    version bigint not null default 0,
    -- Version of the last change to the set of tags, and of the last change that the feed has dropped.
    tags_version bigint not null default 0,
    feed_floor bigint not null default 0,
    tag_key bytea not null check (length(tag_key) = 32),
    created_at timestamptz not null default now()
  )`.execute(db);
  await sql`create table member (
    workspace_id uuid not null, id uuid not null,
    name text not null, team text not null, role text not null, email text, ${AUTHOR},
    primary key (workspace_id, id)
  )`.execute(db);
  await sql`create table device (
    workspace_id uuid not null, token_hash bytea not null,
    member_id uuid not null, created_at timestamptz not null default now(), used_at timestamptz,
    primary key (workspace_id, token_hash),
    foreign key (workspace_id, member_id) references member on delete cascade
  )`.execute(db);
  await sql`create table stage (
    workspace_id uuid not null, id uuid not null,
    label text not null, position int not null, team text not null, definition text, exit text,
    revision int not null default 1, ${AUTHOR},
    primary key (workspace_id, id)
  )`.execute(db);
  await sql`create table company (
    workspace_id uuid not null, id uuid not null,
    -- normal: normalName(name). body: the contract's Company as JSON text, kept by rebuildCompanies.
    name text not null, normal text collate "C" not null, industry text, size text, website text,
    owner_id uuid, revision int not null default 1, body text not null default '', ${AUTHOR},
    primary key (workspace_id, id),
    foreign key (workspace_id, owner_id) references member
  )`.execute(db);
  await sql`create index company_normal on company (workspace_id, normal)`.execute(db);
  await sql`create table company_domain (
    workspace_id uuid not null, domain text collate "C" not null, company_id uuid not null,
    position int not null default 0, ${AUTHOR},
    primary key (workspace_id, domain, company_id),
    foreign key (workspace_id, company_id) references company on delete cascade
  )`.execute(db);
  await sql`create index company_domain_company on company_domain (workspace_id, company_id)`.execute(db);
  await sql`create table company_record (
    workspace_id uuid not null, source text not null, value text collate "C" not null,
    company_id uuid not null, url text,
    created_by uuid, created_at timestamptz not null default now(),
    primary key (workspace_id, source, value),
    foreign key (workspace_id, company_id) references company on delete cascade
  )`.execute(db);
  await sql`create index company_record_company on company_record (workspace_id, company_id)`.execute(db);
  await sql`create table contact (
    workspace_id uuid not null, id uuid not null,
    name text not null, normal text collate "C" not null, title text,
    company_id uuid, owner_id uuid, stage_id uuid, stage_at timestamptz,
    do_not_contact boolean, consent text, provenance jsonb not null default '{}',
    revision int not null default 1, ${AUTHOR},
    primary key (workspace_id, id),
    foreign key (workspace_id, company_id) references company,
    foreign key (workspace_id, owner_id) references member,
    foreign key (workspace_id, stage_id) references stage
  )`.execute(db);
  await sql`create index contact_normal on contact (workspace_id, normal)`.execute(db);
  await sql`create index contact_company on contact (workspace_id, company_id)`.execute(db);
  // One address may belong to several people, so the contact is part of the key.
  await sql`create table identity (
    workspace_id uuid not null, kind text collate "C" not null, value text collate "C" not null,
    contact_id uuid not null, position int not null default 0, url text, ${AUTHOR},
    primary key (workspace_id, kind, value, contact_id),
    foreign key (workspace_id, contact_id) references contact on delete cascade
  )`.execute(db);
  await sql`create index identity_contact on identity (workspace_id, contact_id)`.execute(db);
  // How a record of a source is opened there: an address with {id} in it.
  await sql`create table source (
    workspace_id uuid not null, source text not null, record_url text, company_url text,
    primary key (workspace_id, source)
  )`.execute(db);
}

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await sql`create table campaign (
    workspace_id uuid not null, id uuid not null,
    name text not null, channel text not null, subject text, excerpt text, link text, audience text,
    owner_id uuid, planned_at timestamptz, sent_at timestamptz, external_id text,
    revision int not null default 1, ${AUTHOR},
    primary key (workspace_id, id),
    foreign key (workspace_id, owner_id) references member
  )`.execute(db);
  await sql`create unique index campaign_external on campaign (workspace_id, source, external_id)
    where external_id is not null`.execute(db);
  await sql`create table campaign_member (
    workspace_id uuid not null, contact_id uuid not null, campaign_id uuid not null,
    state text not null, at timestamptz not null, ${AUTHOR},
    primary key (workspace_id, contact_id, campaign_id),
    foreign key (workspace_id, contact_id) references contact on delete cascade,
    foreign key (workspace_id, campaign_id) references campaign on delete cascade
  )`.execute(db);
  await sql`create index campaign_member_campaign on campaign_member (workspace_id, campaign_id)`.execute(db);
  await sql`create table touch (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null,
    kind text not null, direction text not null, team text not null, member_id uuid,
    at timestamptz not null, subject text, excerpt text, link text, external_id text, ${AUTHOR},
    primary key (workspace_id, id),
    foreign key (workspace_id, contact_id) references contact on delete cascade,
    foreign key (workspace_id, member_id) references member
  )`.execute(db);
  await sql`create index touch_contact on touch (workspace_id, contact_id, at desc)`.execute(db);
  await sql`create unique index touch_external on touch (workspace_id, source, external_id)
    where external_id is not null`.execute(db);
  await sql`create table note (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null,
    text text not null, pinned boolean not null, site text,
    at timestamptz not null, edited_at timestamptz, beside_id uuid,
    revision int not null default 1,
    created_by uuid not null, created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, contact_id) references contact on delete cascade,
    foreign key (workspace_id, created_by) references member
  )`.execute(db);
  await sql`create index note_contact on note (workspace_id, contact_id)`.execute(db);
  await sql`create table task (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null,
    text text not null, due_on date not null, assignee_id uuid, done_at timestamptz,
    created_by uuid not null, created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, contact_id) references contact on delete cascade,
    foreign key (workspace_id, created_by) references member,
    foreign key (workspace_id, assignee_id) references member
  )`.execute(db);
  await sql`create index task_contact on task (workspace_id, contact_id)`.execute(db);
}

async function createDerived(db: Kysely<unknown>): Promise<void> {
  // A look-up reads this key and nothing else of the table.
  await sql`create table tag (
    workspace_id uuid not null, tag bigint not null, contact_id uuid not null,
    primary key (workspace_id, tag, contact_id),
    foreign key (workspace_id, contact_id) references contact on delete cascade
  )`.execute(db);
  await sql`create index tag_contact on tag (workspace_id, contact_id)`.execute(db);
  await sql`create table card (
    workspace_id uuid not null, contact_id uuid not null,
    version bigint not null default 0, company_id uuid, body text not null,
    primary key (workspace_id, contact_id),
    foreign key (workspace_id, contact_id) references contact on delete cascade
  )`.execute(db);
  // One row per word of a name: a prefix is a range of the key. Full-text operators are not leakproof, so
  // row-level security would keep them from their index.
  await sql`create table word (
    workspace_id uuid not null, word text collate "C" not null, contact_id uuid not null,
    primary key (workspace_id, word, contact_id),
    foreign key (workspace_id, contact_id) references contact on delete cascade
  )`.execute(db);
  await sql`create index word_contact on word (workspace_id, contact_id)`.execute(db);
  await sql`create table change (
    workspace_id uuid not null, version bigint not null, kind text not null, id uuid not null,
    primary key (workspace_id, version, kind, id)
  )`.execute(db);
  await sql`create table command (
    workspace_id uuid not null, id uuid not null, kind text not null, member_id uuid not null,
    result jsonb, created_at timestamptz not null default now(),
    primary key (workspace_id, id)
  )`.execute(db);
}

const TABLES = [
  'workspace',
  'member',
  'device',
  'stage',
  'company',
  'company_domain',
  'company_record',
  'contact',
  'identity',
  'source',
  'campaign',
  'campaign_member',
  'touch',
  'note',
  'task',
  'tag',
  'card',
  'word',
  'change',
  'command',
];
