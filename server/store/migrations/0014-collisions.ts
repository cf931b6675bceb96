import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** What the two teams may run into on one contact, and the ways out of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const ofContact = sql`foreign key (workspace_id, contact_id) references contact on delete cascade`;
  const byMember = sql`foreign key (workspace_id, created_by) references member`;
  await sql`create table hold (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, campaign_id uuid not null,
    state text not null default 'asked' check (state in ('asked', 'held', 'refused', 'lifted')),
    words text, at timestamptz not null, answered_by uuid, answered_at timestamptz, answer text,
    created_by uuid not null, created_at timestamptz not null default now(),
    primary key (workspace_id, id), ${ofContact}, ${byMember},
    foreign key (workspace_id, campaign_id) references campaign on delete cascade
  )`.execute(db);
  // Of two who ask at once one has asked.
  await sql`create unique index hold_standing on hold (workspace_id, contact_id, campaign_id)
    where state in ('asked', 'held')`.execute(db);
  await sql`create index hold_campaign on hold (workspace_id, campaign_id)`.execute(db);
  await sql`create table go_ahead (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, rule text not null, ref_id uuid,
    why text not null, at timestamptz not null, created_by uuid not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id), ${ofContact}, ${byMember}
  )`.execute(db);
  await sql`create index go_ahead_contact on go_ahead (workspace_id, contact_id, at desc)`.execute(db);
  await sql`create table ticket (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, subject text not null,
    open boolean not null default true, complaint boolean not null default false, at timestamptz not null,
    link text, source text not null default 'truce', created_by uuid, closed_by uuid, closed_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (workspace_id, id), ${ofContact}, ${byMember}
  )`.execute(db);
  await sql`create index ticket_open on ticket (workspace_id, contact_id) where open`.execute(db);
  await sql`create table deal (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, name text not null,
    open boolean not null default true, stage text, sale_type_id uuid, owner_id uuid, at timestamptz not null,
    link text, source text not null default 'truce', created_by uuid, created_at timestamptz not null default now(),
    primary key (workspace_id, id), ${ofContact}, ${byMember},
    foreign key (workspace_id, owner_id) references member
  )`.execute(db);
  await sql`create index deal_open on deal (workspace_id, contact_id) where open`.execute(db);
  await protect(db, ['hold', 'go_ahead', 'ticket', 'deal']);
}
