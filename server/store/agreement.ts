import { sql } from 'kysely';
import type { Agreement, AgreementDraft } from '../../utils/contract/agreement.ts';
import type { Trx } from './database.ts';

/** The one in force as the contract has it; no row when the teams have agreed on none. */
export const agreementJson = sql`json_build_object('revision', a.revision, 'since', a.since)::jsonb || a.body`;

/** The agreement in force; undefined while there is none. */
export async function readAgreement(trx: Trx, workspaceId: string): Promise<Agreement | undefined> {
  const { rows } = await sql<{ agreement: Agreement }>`select ${agreementJson} as agreement from agreement a
    where workspace_id = ${workspaceId}::uuid order by revision desc limit 1`.execute(trx);
  return rows[0]?.agreement;
}

/** Puts an agreement in force; the one before stays as what held. Call `commitChanges` with kind `agreement` after it. */
export async function agree(
  trx: Trx,
  workspaceId: string,
  draft: AgreementDraft,
  terms: { proposedBy: string | null; agreedBy: string | null; at: Date },
): Promise<void> {
  await sql`insert into agreement (workspace_id, revision, body, since, proposed_by, agreed_by)
    select ${workspaceId}::uuid, coalesce(max(revision), 0) + 1, ${JSON.stringify(draft)}::jsonb, ${terms.at},
      ${terms.proposedBy}::uuid, ${terms.agreedBy}::uuid
    from agreement where workspace_id = ${workspaceId}::uuid`.execute(trx);
}
