import type { Generated } from 'kysely';
import type { InWorkspace, OptionalTime } from './columns.ts';

export interface TagTable extends InWorkspace {
  tag: number;
  contact_id: string;
  key_no: number;
}

export interface CompanyTagTable extends InWorkspace {
  tag: number;
  company_id: string;
  key_no: number;
}

export interface TagKeyTable extends InWorkspace {
  key_no: number;
  key: Buffer;
  /** Null while its tags are being made. */
  since: OptionalTime;
  /** Null before another one took its place; from then on it is no longer kept. */
  until: OptionalTime;
  /** Its tags are being dropped. */
  ended: Generated<boolean>;
  /** By which `MATCH_RULES` all its tags were made. */
  rules: Generated<number>;
  /** How far the walk that makes them has come. */
  companies_to: string | null;
  contacts_to: string | null;
}

/** Which tags came or went in one commit; whose they were is not in it. */
export interface TagLogTable extends InWorkspace {
  id: string;
  /** 0 until `commitChanges` stamps it. */
  version: Generated<number>;
  key_no: number;
  tags: number[];
}
