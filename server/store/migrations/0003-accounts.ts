import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** Who may come in, with which browser, and what was done. Takes the place of tokens without an end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table device`.execute(db);
  // join_domains: whose addresses at the company's sign-in become members. lock_days: how long a browser's
  // copy opens without having met the server.
  await sql`alter table workspace
    add column join_domains text[] not null default '{}',
    add column lock_days int not null default 14 check (lock_days between 1 and 365)`.execute(db);
  // subject: the person at the company's sign-in, as "issuer subject", once they have come in by it.
  await sql`alter table member add column left_at timestamptz, add column subject text`.execute(db);
  await sql`create table browser (
    workspace_id uuid not null, id uuid not null, member_id uuid not null,
    grant_id text collate "C" not null, name text not null, origin text,
    created_at timestamptz not null default now(), used_at timestamptz,
    ended_at timestamptz, ended_by uuid, end_reason text,
    primary key (workspace_id, id),
    unique (workspace_id, grant_id),
    foreign key (workspace_id, member_id) references member on delete cascade
  )`.execute(db);
  await sql`create index browser_member on browser (workspace_id, member_id)`.execute(db);
  // With member_id: one more browser of that member. Otherwise somebody new.
  await sql`create table invite (
    workspace_id uuid not null, id uuid not null, token_hash bytea not null,
    member_id uuid, email text, name text, team text not null, role text not null,
    created_by uuid, created_at timestamptz not null default now(), expires_at timestamptz not null,
    used_at timestamptz, withdrawn_at timestamptz,
    primary key (workspace_id, id),
    unique (workspace_id, token_hash),
    foreign key (workspace_id, member_id) references member on delete cascade
  )`.execute(db);
  await sql`create table audit (
    workspace_id uuid not null, id uuid not null, at timestamptz not null default now(),
    member_id uuid, browser_id uuid, action text not null,
    target_kind text, target_id text, detail jsonb not null default '{}',
    primary key (workspace_id, id)
  )`.execute(db);
  // What the OpenID provider keeps, by its own kinds and ids.
  await sql`create table oidc (
    workspace_id uuid not null, kind text collate "C" not null, id text collate "C" not null,
    grant_id text collate "C", uid text collate "C", user_code text collate "C",
    payload jsonb not null, expires_at timestamptz, consumed_at timestamptz,
    primary key (workspace_id, kind, id)
  )`.execute(db);
  await sql`create index oidc_grant on oidc (workspace_id, grant_id) where grant_id is not null`.execute(db);
  await sql`create index oidc_uid on oidc (workspace_id, kind, uid) where uid is not null`.execute(db);
  await sql`create index oidc_code on oidc (workspace_id, kind, user_code) where user_code is not null`.execute(
    db,
  );
  await sql`create index oidc_end on oidc (workspace_id, expires_at)`.execute(db);
  // Encrypted under a key that is not in the database; key_id says which.
  await sql`create table secret (
    workspace_id uuid not null, name text not null, key_id text not null, body bytea not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, name)
  )`.execute(db);
  await protect(db, ['browser', 'invite', 'audit', 'oidc', 'secret']);
  await letSignInLook(db);
}

/**
 * Whoever has proved an address at the company's sign-in may be shown the teams that know it. The
 * transaction names the address, and sees just these rows of any workspace; it can change none of them.
 */
async function letSignInLook(db: Kysely<unknown>): Promise<void> {
  const address = sql`nullif(current_setting('app.sign_in', true), '')`;
  await sql`create policy sign_in_member on member for select using (email = ${address})`.execute(db);
  await sql`create policy sign_in_workspace on workspace for select
    using (split_part(${address}, '@', 2) = any (join_domains)
      or exists (select 1 from member m where m.workspace_id = workspace.workspace_id and m.email = ${address}))`.execute(
    db,
  );
}
