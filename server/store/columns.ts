import type { ColumnType, Generated } from 'kysely';
import type { Source } from '../../utils/contract/base.ts';

/** Read as a Date; written as a Date or as ISO 8601 text. */
export type Time = ColumnType<Date, Date | string, Date | string>;
export type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export interface InWorkspace {
  workspace_id: string;
}

export interface Authored extends InWorkspace {
  source: Generated<Source>;
  /** The member; null for what an import brought. */
  created_by: string | null;
  created_at: Generated<Date>;
}
