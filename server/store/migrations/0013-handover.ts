import { type Kysely, sql } from 'kysely';
import { protect } from './protect.ts';

/** The service agreement, and leads on their way from marketing to sales. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The highest revision is in force. body: the contract's AgreementDraft.
  await sql`create table agreement (
    workspace_id uuid not null, revision int not null, body jsonb not null, since timestamptz not null,
    proposed_by uuid, agreed_by uuid,
    primary key (workspace_id, revision)
  )`.execute(db);
  await sql`create table handover (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null,
    state text not null default 'offered'
      check (state in ('offered', 'accepted', 'returned', 'followed', 'lapsed', 'withdrawn')),
    to_id uuid, words text, at timestamptz not null, offered_at timestamptz not null, due_at timestamptz not null,
    agreement_revision int not null,
    accepted_at timestamptz, returned_by uuid, returned_at timestamptz, reason_id text, reason text, answer text,
    followed_by uuid, followed_at timestamptz, touch_id uuid,
    revision int not null default 1, created_by uuid not null, created_at timestamptz not null default now(),
    primary key (workspace_id, id),
    foreign key (workspace_id, contact_id) references contact on delete cascade,
    foreign key (workspace_id, to_id) references member,
    foreign key (workspace_id, created_by) references member
  )`.execute(db);
  // One open one a contact: of two who offer at once, one has it.
  await sql`create unique index handover_open on handover (workspace_id, contact_id)
    where state in ('offered', 'accepted', 'lapsed')`.execute(db);
  await sql`create index handover_due on handover (workspace_id, due_at)
    where state in ('offered', 'accepted')`.execute(db);
  await sql`create index handover_contact on handover (workspace_id, contact_id, at desc)`.execute(db);
  await sql`create index handover_at on handover (workspace_id, offered_at)`.execute(db);
  await sql`create index handover_to on handover (workspace_id, to_id)
    where state in ('offered', 'accepted', 'lapsed')`.execute(db);
  // How many leads in hand are enough; null: as many as come.
  await sql`alter table member add column capacity int check (capacity between 0 and 1000)`.execute(db);
  await protect(db, ['agreement', 'handover']);
}
