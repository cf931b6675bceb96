import type { ColumnType, Generated } from 'kysely';
import type { AgreementDraft } from '../../utils/contract/agreement.ts';
import type { HandoverState } from '../../utils/contract/handover.ts';
import type { InWorkspace, OptionalTime, Time } from './columns.ts';

export interface AgreementTable extends InWorkspace {
  revision: number;
  /** Written as JSON text. */
  body: ColumnType<AgreementDraft, string, never>;
  since: Time;
  proposed_by: string | null;
  agreed_by: string | null;
}

export interface HandoverTable extends InWorkspace {
  id: string;
  contact_id: string;
  state: Generated<HandoverState>;
  to_id: string | null;
  words: string | null;
  /** By its author's clock. */
  at: Time;
  /** When the server took it: the clock runs from here. */
  offered_at: Time;
  due_at: Time;
  agreement_revision: number;
  accepted_at: OptionalTime;
  returned_by: Generated<string | null>;
  returned_at: OptionalTime;
  reason_id: Generated<string | null>;
  reason: Generated<string | null>;
  answer: Generated<string | null>;
  followed_by: Generated<string | null>;
  followed_at: OptionalTime;
  touch_id: Generated<string | null>;
  revision: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
}
