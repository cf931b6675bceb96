import { type AgreementDraft, problemOf } from '../../../utils/contract/agreement.ts';
import { contradictionOf } from '../../../utils/contract/contradiction.ts';
import { type DefinitionKind, type Draft, kindOf } from '../../../utils/contract/definition.ts';
import { agree, readAgreement } from '../agreement.ts';
import type { Changed } from '../change.ts';
import { type Agreed, putInForce, readDefinitions } from '../definition.ts';
import type { Refused, Scope } from './types.ts';

interface AboutDefinition {
  kind: DefinitionKind;
  id: string;
  draft: Draft;
}
interface AboutAgreement {
  kind: 'agreement';
  /** The workspace's. */
  id: string;
  draft: AgreementDraft;
}

/** Something the two teams can agree on, as it is to be. */
export type Agreeable = (AboutDefinition | AboutAgreement) & {
  /** The revision that it changes; 0: a new one. */
  baseRevision: number;
};

/** Why it cannot come into force as things are. */
export const whyNot = (scope: Scope, wanted: Agreeable): Promise<Refused | undefined> =>
  wanted.kind === 'agreement' ? whyNotAgreement(scope, wanted) : whyNotDefinition(scope, wanted);

async function whyNotDefinition(
  { trx, workspaceId }: Scope,
  { kind, id, draft, baseRevision }: AboutDefinition & { baseRevision: number },
): Promise<Refused | undefined> {
  const all = await readDefinitions(trx, workspaceId);
  const present = all.find((one) => one.id === id);
  if (baseRevision > 0 && (!present || kindOf(present) !== kind)) return { refused: 'gone' };
  if ((present?.revision ?? 0) !== baseRevision) return { refused: 'changed' };
  const agreement = await readAgreement(trx, workspaceId);
  const contradiction = contradictionOf({ kind, id }, draft, all, agreement);
  return contradiction && { refused: 'contradicts', contradiction };
}

async function whyNotAgreement(
  { trx, workspaceId }: Scope,
  { draft, baseRevision }: AboutAgreement & { baseRevision: number },
): Promise<Refused | undefined> {
  const present = await readAgreement(trx, workspaceId);
  if ((present?.revision ?? 0) !== baseRevision) return { refused: 'changed' };
  const all = await readDefinitions(trx, workspaceId);
  const problem = problemOf(draft, new Set(all.flatMap(({ id, retired }) => (retired ? [] : [id]))));
  return problem && { refused: 'contradicts', contradiction: { with: problem } };
}

/**
 * Puts it in force, after `whyNot` had nothing against it and while nobody else agrees on anything.
 * @returns what changed
 */
export async function putAgreed(
  { trx, workspaceId }: Scope,
  wanted: Agreeable,
  terms: Agreed,
): Promise<Changed[]> {
  const { id } = wanted;
  if (wanted.kind !== 'agreement')
    return putInForce(trx, workspaceId, { ...wanted.draft, id, kind: wanted.kind }, terms);
  await agree(trx, workspaceId, wanted.draft, terms);
  return [{ kind: wanted.kind, id }];
}
