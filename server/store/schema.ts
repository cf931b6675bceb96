import type { ColumnType, Generated } from 'kysely';
import type { Source, Team } from '../../utils/contract/base.ts';
import type { Campaign, MembershipState } from '../../utils/contract/campaign.ts';
import type { ChangeKind } from '../../utils/contract/change.ts';
import type { CommandKind, CommandResult } from '../../utils/contract/command.ts';
import type { Consent, Provenance } from '../../utils/contract/contact.ts';
import type { ProfileKind } from '../../utils/contract/profile-key.ts';
import type { Touch, TouchKind } from '../../utils/contract/touch.ts';
import type {
  AuditTable,
  BrowserTable,
  InviteTable,
  MemberTable,
  OidcTable,
  SecretTable,
} from './account-schema.ts';
import type {
  DefinitionTable,
  DefinitionVersionTable,
  ProposalTable,
  StageMoveTable,
} from './agreed-schema.ts';
import type { DealTable, GoAheadTable, HoldTable, TicketTable } from './collision-schema.ts';
import type { Authored, InWorkspace, OptionalTime, Time } from './columns.ts';
import type { CompanyDomainTable, CompanyRecordTable, CompanyTable } from './company-schema.ts';
import type { AgreementTable, HandoverTable } from './handover-schema.ts';
import type { ImportFileTable, ImportMappingTable } from './import-schema.ts';
import type { ErasureTable, RetentionTable, SuppressionTable } from './privacy/schema.ts';
import type { RecipeStaleTable } from './recipe-schema.ts';
import type { CompanyTagTable, TagKeyTable, TagLogTable, TagTable } from './tag-schema.ts';

interface WorkspaceTable extends InWorkspace {
  name: string;
  version: Generated<number>;
  feed_floor: Generated<number>;
  /** Version up to which `tag_log` does not say what changed. */
  tag_floor: Generated<number>;
  /** Domains whose people join by themselves at the company's sign-in. */
  join_domains: Generated<string[]>;
  /** Days for which a browser's copy opens without having met the server. */
  lock_days: Generated<number>;
  /** 32 bytes: the key of `suppression.hash`. */
  suppression_key: Generated<Buffer>;
  created_at: Generated<Date>;
}

interface ContactTable extends Authored {
  id: string;
  name: string;
  /** `normalName(name)`. */
  normal: string;
  title: string | null;
  company_id: string | null;
  owner_id: string | null;
  stage_id: string | null;
  stage_at: OptionalTime;
  lead_type_id: Generated<string | null>;
  sale_type_id: Generated<string | null>;
  do_not_contact: boolean | null;
  consent: Consent | null;
  /** Written as JSON text. */
  provenance: ColumnType<Record<string, Provenance>, string | undefined, string>;
  revision: Generated<number>;
}

export type IdentityKind = 'email' | 'phone' | ProfileKind | Exclude<Source, 'truce'>;

interface IdentityTable extends Authored {
  contact_id: string;
  kind: IdentityKind;
  /** `ann@acme.com`, a profile's match key without its kind (`in/ann-lee`), a phone as written, a record's id in its source. */
  value: string;
  /** Lowest first: the main address is at 0. */
  position: Generated<number>;
  url: string | null;
}

interface SourceTable extends InWorkspace {
  source: Source;
  /** Addresses with `{id}` in them. */
  record_url: string | null;
  company_url: string | null;
}

interface CampaignTable extends Authored {
  id: string;
  name: string;
  channel: Campaign['channel'];
  subject: string | null;
  excerpt: string | null;
  link: string | null;
  audience: string | null;
  owner_id: string | null;
  planned_at: OptionalTime;
  sent_at: OptionalTime;
  external_id: string | null;
  revision: Generated<number>;
}

interface CampaignMemberTable extends Authored {
  contact_id: string;
  campaign_id: string;
  state: MembershipState;
  at: Time;
}

interface TouchTable extends Authored {
  id: string;
  contact_id: string;
  kind: TouchKind;
  direction: Touch['direction'];
  team: Team;
  member_id: string | null;
  at: Time;
  subject: string | null;
  excerpt: string | null;
  link: string | null;
  external_id: string | null;
}

interface NoteTable extends InWorkspace {
  id: string;
  contact_id: string;
  text: string;
  pinned: boolean;
  site: string | null;
  link: Generated<string | null>;
  at: Time;
  edited_at: OptionalTime;
  beside_id: string | null;
  revision: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
}

interface TaskTable extends InWorkspace {
  id: string;
  contact_id: string;
  text: string;
  /** `YYYY-MM-DD`. */
  due_on: string;
  assignee_id: string | null;
  done_at: OptionalTime;
  created_by: string;
  created_at: Generated<Date>;
}

interface CardTable extends InWorkspace {
  contact_id: string;
  version: Generated<number>;
  company_id: string | null;
  body: string;
}

interface WordTable extends InWorkspace {
  word: string;
  contact_id: string;
}

interface ChangeTable extends InWorkspace {
  version: number;
  kind: ChangeKind;
  id: string;
  at: Generated<Date>;
}

interface CommandTable extends InWorkspace {
  id: string;
  kind: CommandKind;
  member_id: string;
  /** Written as JSON text; null only within the transaction that applies the command. */
  result: ColumnType<CommandResult | null, string | null | undefined, string | null>;
  created_at: Generated<Date>;
}

export interface Schema {
  workspace: WorkspaceTable;
  member: MemberTable;
  browser: BrowserTable;
  invite: InviteTable;
  audit: AuditTable;
  oidc: OidcTable;
  secret: SecretTable;
  definition: DefinitionTable;
  definition_version: DefinitionVersionTable;
  proposal: ProposalTable;
  stage_move: StageMoveTable;
  agreement: AgreementTable;
  handover: HandoverTable;
  hold: HoldTable;
  go_ahead: GoAheadTable;
  ticket: TicketTable;
  deal: DealTable;
  company: CompanyTable;
  company_domain: CompanyDomainTable;
  company_record: CompanyRecordTable;
  contact: ContactTable;
  identity: IdentityTable;
  source: SourceTable;
  campaign: CampaignTable;
  campaign_member: CampaignMemberTable;
  touch: TouchTable;
  note: NoteTable;
  task: TaskTable;
  tag: TagTable;
  company_tag: CompanyTagTable;
  tag_key: TagKeyTable;
  tag_log: TagLogTable;
  card: CardTable;
  word: WordTable;
  change: ChangeTable;
  command: CommandTable;
  import_mapping: ImportMappingTable;
  import_file: ImportFileTable;
  erasure: ErasureTable;
  suppression: SuppressionTable;
  retention: RetentionTable;
  recipe_stale: RecipeStaleTable;
}
