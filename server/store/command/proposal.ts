import { sql } from 'kysely';
import { contradictionOf } from '../../../utils/contract/contradiction.ts';
import { type Definition, type Draft, kindOf } from '../../../utils/contract/definition.ts';
import { mayDecide, mayPropose, mayWithdraw } from '../../../utils/contract/proposal.ts';
import type { Changed } from '../change.ts';
import { putInForce, readDefinitions } from '../definition.ts';
import type { Apply, Refused, Scope } from './types.ts';

/** What a draft is judged by stays as it is until the transaction ends. */
const agreeAlone = ({ trx, workspaceId }: Scope) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`agree ${workspaceId}`}, 0))`.execute(trx);

interface Wanted {
  about: { kind: Definition['kind'] & string; id: string };
  draft: Draft;
  baseRevision: number;
}

/** Why it cannot come into force as things are. */
async function whyNot({ trx, workspaceId }: Scope, wanted: Wanted): Promise<Refused | undefined> {
  const { about, draft, baseRevision } = wanted;
  const all = await readDefinitions(trx, workspaceId);
  const present = all.find(({ id }) => id === about.id);
  if (baseRevision > 0 && (!present || kindOf(present) !== about.kind)) return { refused: 'gone' };
  if ((present?.revision ?? 0) !== baseRevision) return { refused: 'changed' };
  const contradiction = contradictionOf(about, draft, all);
  return contradiction && { refused: 'contradicts', contradiction };
}

const told = (id: string): Changed => ({ kind: 'proposal', id });

export const proposeDefinition: Apply<'definition.propose'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { proposalId, definitionId, about: kind, draft, words } = command.payload;
  const { baseRevision } = command;
  const about = { kind, id: definitionId };
  if (!mayPropose(member)) return { refused: 'role' };
  await agreeAlone(scope);
  const refused = await whyNot(scope, { about, draft, baseRevision });
  if (refused) return refused;
  await trx
    .insertInto('proposal')
    .values({
      workspace_id: workspaceId,
      ...{ id: proposalId, kind, definition_id: definitionId, draft: JSON.stringify(draft) },
      ...{ base_revision: baseRevision, team: member.team, at, words: words ?? null },
      created_by: member.id,
    })
    .execute();
  return { contactIds: [], changes: [told(proposalId)] };
};

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

const refusal = (refused: Refused['refused']): Refused => ({ refused });

export const decideProposal: Apply<'proposal.decide'> = async (scope, command) => {
  const { trx, workspaceId, member, at } = scope;
  const { proposalId, agree, words } = command.payload;
  await agreeAlone(scope);
  const proposal = await holdOpen(scope, proposalId);
  if ('refused' in proposal) return proposal;
  const { draft, base_revision: baseRevision, created_by: byId } = proposal;
  if (!mayDecide(member, { byId, team: proposal.team })) return { refused: 'role' };
  const about = { kind: proposal.kind, id: proposal.definition_id };
  const refused = agree ? await whyNot(scope, { about, draft, baseRevision }) : undefined;
  if (refused) return refused;
  await settle(scope, proposalId, agree ? 'agreed' : 'declined', words);
  if (!agree) return { contactIds: [], changes: [told(proposalId)] };
  const terms = { proposedBy: byId, agreedBy: member.id, at };
  const changed = await putInForce(trx, workspaceId, { ...draft, ...about }, terms);
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
