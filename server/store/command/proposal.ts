import { type Selectable, sql } from 'kysely';
import { mayDecide, mayPropose, mayWithdraw } from '../../../utils/contract/proposal.ts';
import type { ProposalTable } from '../agreed-schema.ts';
import type { Changed } from '../change.ts';
import { type Agreeable, putAgreed, whyNot } from './agreeable.ts';
import type { Apply, Effect, Refused, Scope } from './types.ts';

/** What a draft is judged by stays as it is until the transaction ends. */
const agreeAlone = ({ trx, workspaceId }: Scope) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`agree ${workspaceId}`}, 0))`.execute(trx);

const told = (id: string): Changed => ({ kind: 'proposal', id });

export const proposeDefinition: Apply<'definition.propose'> = (scope, { payload, baseRevision }) => {
  const { definitionId: id, about: kind, draft } = payload;
  return propose(scope, payload, { kind, id, draft, baseRevision });
};

export const proposeAgreement: Apply<'agreement.propose'> = (scope, { payload, baseRevision }) =>
  propose(scope, payload, { kind: 'agreement', id: scope.workspaceId, draft: payload.draft, baseRevision });

async function propose(
  scope: Scope,
  { proposalId, words }: { proposalId: string; words?: string | undefined },
  wanted: Agreeable,
): Promise<Effect | Refused> {
  const { trx, workspaceId, member, at } = scope;
  const { kind, id, draft, baseRevision } = wanted;
  if (!mayPropose(member)) return { refused: 'role' };
  await agreeAlone(scope);
  const refused = await whyNot(scope, wanted);
  if (refused) return refused;
  await trx
    .insertInto('proposal')
    .values({
      workspace_id: workspaceId,
      ...{ id: proposalId, kind, definition_id: id, draft: JSON.stringify(draft) },
      ...{ base_revision: baseRevision, team: member.team, at, words: words ?? null },
      created_by: member.id,
    })
    .execute();
  return { contactIds: [], changes: [told(proposalId)] };
}

/** An open proposal, held. One that is decided already has `changed`. */
async function holdOpen({ trx, workspaceId }: Scope, id: string) {
  const proposal = await trx
    .selectFrom('proposal')
    .select(['kind', 'definition_id', 'draft', 'base_revision', 'team', 'created_by', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!proposal) return refusal('gone');
  return proposal.state === 'open' ? proposal : refusal('changed');
}

/** Which of the drafts it has is told by its kind. */
const wantedBy = (
  row: Pick<Selectable<ProposalTable>, 'kind' | 'definition_id' | 'draft' | 'base_revision'>,
) =>
  ({
    ...{ kind: row.kind, id: row.definition_id, draft: row.draft, baseRevision: row.base_revision },
  }) as Agreeable;

const refusal = (refused: Refused['refused']): Refused => ({ refused });

export const decideProposal: Apply<'proposal.decide'> = async (scope, command) => {
  const { member, at } = scope;
  const { proposalId, agree, words } = command.payload;
  await agreeAlone(scope);
  const proposal = await holdOpen(scope, proposalId);
  if ('refused' in proposal) return proposal;
  const { created_by: byId } = proposal;
  if (!mayDecide(member, { byId, team: proposal.team })) return { refused: 'role' };
  const wanted = wantedBy(proposal);
  const refused = agree ? await whyNot(scope, wanted) : undefined;
  if (refused) return refused;
  await settle(scope, proposalId, agree ? 'agreed' : 'declined', words);
  if (!agree) return { contactIds: [], changes: [told(proposalId)] };
  const changed = await putAgreed(scope, wanted, { proposedBy: byId, agreedBy: member.id, at });
  return { contactIds: [], changes: [told(proposalId), ...changed] };
};

export const withdrawProposal: Apply<'proposal.withdraw'> = async (scope, command) => {
  const { proposalId } = command.payload;
  const proposal = await holdOpen(scope, proposalId);
  if ('refused' in proposal) return proposal;
  if (!mayWithdraw(scope.member, { byId: proposal.created_by })) return { refused: 'role' };
  await settle(scope, proposalId, 'withdrawn', undefined);
  return { contactIds: [], changes: [told(proposalId)] };
};

async function settle(
  { trx, workspaceId, member, at }: Scope,
  id: string,
  state: 'agreed' | 'declined' | 'withdrawn',
  answer: string | undefined,
): Promise<void> {
  await trx
    .updateTable('proposal')
    .set({ state, decided_by: member.id, decided_at: at, answer: answer ?? null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
