import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** What the two teams agree on (stages, lead types, sale types), how it came to be, and moves between stages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table stage rename to definition`.execute(db);
  // kind: stage, lead, sale. says: by side what it does and does not do. since, proposed_by, agreed_by: of the revision in force.
  await sql`alter table definition
    add column kind text not null default 'stage',
    add column says jsonb not null default '{}', add column entry text,
    add column needs text[] not null default '{}', add column retired boolean not null default false,
    add column since timestamptz, add column proposed_by uuid, add column agreed_by uuid`.execute(db);
  // What held before. body: the contract's DefinitionVersion body.
  await sql`create table definition_version (
    workspace_id uuid not null, definition_id uuid not null, revision int not null,
    body jsonb not null, since timestamptz, until timestamptz not null, proposed_by uuid, agreed_by uuid,
    primary key (workspace_id, definition_id, revision),
    foreign key (workspace_id, definition_id) references definition on delete cascade
  )`.execute(db);
  // state: open, agreed, declined, withdrawn. definition_id is of one that may not be there yet. draft: the contract's Draft.
  await sql`create table proposal (
    workspace_id uuid not null, id uuid not null, kind text not null, definition_id uuid not null,
    draft jsonb not null, base_revision int not null, team text not null, at timestamptz not null, words text,
    state text not null default 'open',
    decided_by uuid, decided_at timestamptz, answer text,
    created_by uuid not null, created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, created_by) references member
  )`.execute(db);
  await sql`create index proposal_state on proposal (workspace_id, state, decided_at desc)`.execute(db);
  await sql`alter table contact add column lead_type_id uuid, add column sale_type_id uuid,
    add foreign key (workspace_id, lead_type_id) references definition,
    add foreign key (workspace_id, sale_type_id) references definition`.execute(db);
  await sql`create table stage_move (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null,
    from_id uuid, to_id uuid not null, to_revision int, at timestamptz not null, member_id uuid, reason text,
    source text not null default 'truce',
    primary key (workspace_id, id),
    foreign key (workspace_id, contact_id) references contact on delete cascade
  )`.execute(db);
  await sql`create index stage_move_contact on stage_move (workspace_id, contact_id, at desc)`.execute(db);
  await sql`create index stage_move_at on stage_move (workspace_id, at)`.execute(db);
  await protect(db, ['definition_version', 'proposal', 'stage_move']);
}
