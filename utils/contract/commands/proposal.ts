import * as v from 'valibot';
import { AgreementDraft } from '../agreement.ts';
import { Id, Int } from '../base.ts';
import { DefinitionKind, Draft } from '../definition.ts';
import { ProposalWords } from '../proposal.ts';
import { envelope } from './envelope.ts';

export const DefinitionPropose = v.object({
  ...envelope,
  kind: v.literal('definition.propose'),
  /** Of the definition, as its author saw it; 0: a new one. */
  baseRevision: v.pipe(Int, v.minValue(0)),
  payload: v.object({
    proposalId: Id,
    definitionId: Id,
    about: DefinitionKind,
    draft: Draft,
    words: v.optional(ProposalWords),
  }),
});

export const AgreementPropose = v.object({
  ...envelope,
  kind: v.literal('agreement.propose'),
  /** Of the agreement in force, as its author saw it; 0: there is none. */
  baseRevision: v.pipe(Int, v.minValue(0)),
  payload: v.object({ proposalId: Id, draft: AgreementDraft, words: v.optional(ProposalWords) }),
});

export const ProposalDecide = v.object({
  ...envelope,
  kind: v.literal('proposal.decide'),
  payload: v.object({ proposalId: Id, agree: v.boolean(), words: v.optional(ProposalWords) }),
});

export const ProposalWithdraw = v.object({
  ...envelope,
  kind: v.literal('proposal.withdraw'),
  payload: v.object({ proposalId: Id }),
});
