import type { ColumnType, Generated } from 'kysely';
import type { Source } from '../../utils/contract/base.ts';
import type { Provenance } from '../../utils/contract/contact.ts';
import type { Authored, InWorkspace } from './columns.ts';

export interface CompanyTable extends Authored {
  id: string;
  name: string;
  /** `normalName(name)`. */
  normal: string;
  industry: string | null;
  size: string | null;
  website: string | null;
  owner_id: string | null;
  /** Written as JSON text. */
  provenance: ColumnType<Record<string, Provenance>, string | undefined, string>;
  revision: Generated<number>;
  /** The contract's Company as JSON text; written by `rebuildCompanies` only. */
  body: Generated<string>;
}

export interface CompanyDomainTable extends Authored {
  company_id: string;
  /** `normalDomain(domain)`, never a free-mail domain. */
  domain: string;
  position: Generated<number>;
}

export interface CompanyRecordTable extends InWorkspace {
  company_id: string;
  source: Source;
  /** The record's id in its source. */
  value: string;
  url: string | null;
  created_by: string | null;
  created_at: Generated<Date>;
}
