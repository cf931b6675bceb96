import type { Generated } from 'kysely';
import type { EraseReason } from '../../../utils/contract/privacy.ts';
import type { InWorkspace, OptionalTime } from '../columns.ts';

/** That somebody was erased; nothing of who they were. */
export interface ErasureTable extends InWorkspace {
  contact_id: string;
  /** `retention`: nobody asked, their time was over. */
  reason: EraseReason | 'retention';
  member_id: string | null;
  at: Generated<Date>;
}

export interface SuppressionTable extends InWorkspace {
  hash: Buffer;
  contact_id: string;
  at: Generated<Date>;
}

export interface RetentionTable extends InWorkspace {
  history_months: number | null;
  idle_months: number | null;
  audit_months: Generated<number>;
  feed_days: Generated<number>;
  ran_at: OptionalTime;
}
