import * as v from 'valibot';
import { AgreementDraft } from './agreement.ts';
import { Id, Instant, Int, Team, text } from './base.ts';
import { Definition, DefinitionKind, SIDES, type Side } from './definition.ts';
import type { Member } from './member.ts';

/** Words that go with a proposal or its answer. */
export const ProposalWords = text(500);

const entries = {
  id: Id,
  /** The revision that it changes; 0: a new one. */
  baseRevision: Int,
  byId: Id,
  /** The author's, when they proposed it. */
  team: Team,
  at: Instant,
  words: v.optional(v.string()),
  state: v.picklist(['open', 'agreed', 'declined', 'withdrawn']),
  decidedById: v.optional(Id),
  decidedAt: v.optional(Instant),
  answer: v.optional(v.string()),
};

/** About a stage or type, which may not be there yet. */
const DefinitionProposal = v.object({
  ...entries,
  about: v.object({ kind: DefinitionKind, id: Id }),
  draft: v.object({
    ...v.omit(Definition, ['id', 'kind', 'order', 'revision', 'since']).entries,
    order: v.optional(Int),
  }),
});
export type DefinitionProposal = v.InferOutput<typeof DefinitionProposal>;

/** About the service agreement. */
const AgreementProposal = v.object({
  ...entries,
  /** The workspace's; absent until the server has it. */
  about: v.object({ kind: v.literal('agreement'), id: v.optional(Id) }),
  draft: AgreementDraft,
});
export type AgreementProposal = v.InferOutput<typeof AgreementProposal>;

/** What one team's lead wants to be agreed on. It is in force when a lead of the other team agrees. A shared record. */
export const Proposal = v.union([DefinitionProposal, AgreementProposal]);
export type Proposal = v.InferOutput<typeof Proposal>;
export type ProposalKind = Proposal['about']['kind'];

export const isOfAgreement = <P extends Proposal>(proposal: P): proposal is P & AgreementProposal =>
  proposal.about.kind === 'agreement';

/** What this version can't read, since a newer one agrees on more, is left out, and not all that is shared. */
export const Proposals = v.pipe(
  v.array(v.unknown()),
  v.transform((all) =>
    all.flatMap((one) => {
      const read = v.safeParse(Proposal, one);
      return read.success ? [read.output] : [];
    }),
  ),
);

/** Whom a team stands for when the two agree: service and both stand for each. */
export const sidesOf = (team: Team): readonly Side[] =>
  team === 'sales' || team === 'marketing' ? [team] : SIDES;

type Who = Pick<Member, 'id' | 'team' | 'role'>;

/** Leads speak for their team. */
export const mayPropose = ({ role }: Pick<Who, 'role'>): boolean => role === 'lead' || role === 'admin';

/** A lead of the other side; where the author stands for both, any other lead. Never the author. */
export function mayDecide(who: Who, { byId, team }: Pick<Proposal, 'byId' | 'team'>): boolean {
  if (!mayPropose(who) || who.id === byId) return false;
  const theirs = sidesOf(team);
  return theirs.length > 1 || sidesOf(who.team).some((side) => !theirs.includes(side));
}

/** Its author; an admin too, since an author may have left. */
export const mayWithdraw = (who: Who, { byId }: Pick<Proposal, 'byId'>): boolean =>
  who.role !== 'viewer' && (who.id === byId || who.role === 'admin');
