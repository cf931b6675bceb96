import type { Campaign } from '../utils/contract/campaign.ts';
import { type Definition, type DefinitionKind, kindOf, type Stage } from '../utils/contract/definition.ts';
import type { Member } from '../utils/contract/member.ts';
import { isOfAgreement, mayDecide } from '../utils/contract/proposal.ts';
import { t } from '../utils/i18n.ts';
import type { KnownPerson, ShownProposal, View } from '../utils/view.ts';

export const memberOf = (view: View, id: string | undefined): Member | undefined =>
  view.members.find((member) => member.id === id);

/** Who can be given something: those of the team, and whoever has it now. */
export const choosable = (view: View, chosen: string | undefined): Member[] =>
  view.members.filter(({ id, left }) => !left || id === chosen);

/** A name with a plain mark when they have left: nobody looks after what is theirs. */
export const holderName = ({ name, left }: Member): string => (left ? t('leftTeam', name) : name);

export const stageOf = (view: View, id: string | undefined): Stage | undefined =>
  view.stages.find((stage) => stage.id === id);

/** A stage, lead type or sale type. */
export const definitionOf = (view: View, id: string | undefined): Definition | undefined =>
  [...view.stages, ...view.types].find((one) => one.id === id);

/** Those of a kind in their order, retired ones too: contacts may have them. */
export const definitionsOf = (view: View, kind: DefinitionKind): Definition[] =>
  [...view.stages, ...view.types].filter((one) => kindOf(one) === kind).sort((a, b) => a.order - b.order);

/** Those that can be chosen, and the one that is chosen already. */
export const choosableOf = (view: View, kind: DefinitionKind, chosen: string | undefined): Definition[] =>
  definitionsOf(view, kind).filter(({ id, retired }) => !retired || id === chosen);

/** What a proposal is about, by its present name where it has one. */
export const titleOf = (proposal: ShownProposal, view: View): string =>
  isOfAgreement(proposal)
    ? t('serviceAgreement')
    : (definitionOf(view, proposal.about.id)?.label ?? proposal.draft.label);

/** How many proposals wait for the user's own word. */
export function toDecideOf(view: View): number {
  const me = memberOf(view, view.connection.me);
  const mine = view.proposals.filter(({ state, waiting }) => state === 'open' && !waiting);
  return me ? mine.filter((proposal) => mayDecide(me, proposal)).length : 0;
}

export const campaignOf = (view: View, id: string): Campaign | undefined =>
  view.campaigns.find((campaign) => campaign.id === id);

/** Whether the user's role lets them write; a viewer only looks. */
export const mayWrite = (view: View): boolean => memberOf(view, view.connection.me)?.role !== 'viewer';

/** What we call a person: the contact's own name before the page's. */
export const nameOf = (person: KnownPerson): string =>
  person.card?.contact.name ?? person.name ?? person.matched;

/** Known by id and not only by a match key: notes and touches can be written for them. */
export const isIdentified = (person: KnownPerson): boolean => !person.contactId.includes(':');
