import type { ColumnType, Generated } from 'kysely';
import type { AgreementDraft } from '../../utils/contract/agreement.ts';
import type { Source, Team } from '../../utils/contract/base.ts';
import type {
  DefinitionKind,
  DefinitionVersion,
  Draft,
  FieldName,
  Says,
} from '../../utils/contract/definition.ts';
import type { Proposal, ProposalKind } from '../../utils/contract/proposal.ts';
import type { Authored, InWorkspace, OptionalTime, Time } from './columns.ts';

/** A jsonb column that is written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

export interface DefinitionTable extends Authored {
  id: string;
  kind: Generated<DefinitionKind>;
  label: string;
  position: number;
  team: Team;
  definition: string | null;
  entry: Generated<string | null>;
  exit: string | null;
  /** What each side does and does not do. */
  says: ColumnType<{ sales?: Says; marketing?: Says }, string | undefined, string>;
  needs: Generated<FieldName[]>;
  retired: Generated<boolean>;
  since: OptionalTime;
  proposed_by: Generated<string | null>;
  agreed_by: Generated<string | null>;
  revision: Generated<number>;
}

/** What held before. */
export interface DefinitionVersionTable extends InWorkspace {
  definition_id: string;
  revision: number;
  body: Json<DefinitionVersion['body']>;
  since: OptionalTime;
  until: Time;
  proposed_by: string | null;
  agreed_by: string | null;
}

export interface ProposalTable extends InWorkspace {
  id: string;
  kind: ProposalKind;
  /** Of what it is about; the workspace's, when it is about the agreement. */
  definition_id: string;
  draft: Json<Draft | AgreementDraft>;
  base_revision: number;
  team: Team;
  at: Time;
  words: string | null;
  state: Generated<Proposal['state']>;
  decided_by: Generated<string | null>;
  decided_at: OptionalTime;
  answer: Generated<string | null>;
  created_by: string;
  created_at: Generated<Date>;
}

export interface StageMoveTable extends InWorkspace {
  id: string;
  contact_id: string;
  from_id: string | null;
  to_id: string;
  to_revision: number | null;
  at: Time;
  member_id: string | null;
  reason: string | null;
  source: Generated<Source>;
}
