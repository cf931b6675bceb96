import type { Generated } from 'kysely';
import type { Rule } from '../../utils/contract/go-ahead.ts';
import type { HoldState } from '../../utils/contract/hold.ts';
import type { Authored, InWorkspace, OptionalTime, Time } from './columns.ts';

export interface HoldTable extends InWorkspace {
  id: string;
  contact_id: string;
  campaign_id: string;
  state: Generated<HoldState>;
  words: string | null;
  at: Time;
  answered_by: Generated<string | null>;
  answered_at: OptionalTime;
  answer: Generated<string | null>;
  created_by: string;
  created_at: Generated<Date>;
}

export interface GoAheadTable extends InWorkspace {
  id: string;
  contact_id: string;
  rule: Rule;
  ref_id: string | null;
  why: string;
  at: Time;
  created_by: string;
  created_at: Generated<Date>;
}

export interface TicketTable extends Authored {
  id: string;
  contact_id: string;
  subject: string;
  open: Generated<boolean>;
  complaint: boolean;
  at: Time;
  link: Generated<string | null>;
  closed_by: Generated<string | null>;
  closed_at: OptionalTime;
}

export interface DealTable extends Authored {
  id: string;
  contact_id: string;
  name: string;
  open: Generated<boolean>;
  /** In the words of its source. */
  stage: string | null;
  sale_type_id: string | null;
  owner_id: string | null;
  at: Time;
  link: string | null;
}
