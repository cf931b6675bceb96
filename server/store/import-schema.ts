import type { ColumnType, Generated } from 'kysely';
import type { InWorkspace, OptionalTime, Time } from './columns.ts';

export interface ImportMappingTable extends InWorkspace {
  name: string;
  /** The importer's Mapping; written as JSON text. */
  body: ColumnType<unknown, string, string>;
  created_at: Generated<Date>;
}

export interface ImportFileTable extends InWorkspace {
  /** SHA-256 of the content. */
  hash: Buffer;
  as_of: Time;
  started_at: Generated<Date>;
  finished_at: OptionalTime;
}
