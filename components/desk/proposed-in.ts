import { draftOfAgreement } from '../../utils/contract/agreement.ts';
import { draftOf } from '../../utils/contract/definition.ts';
import { isOfAgreement } from '../../utils/contract/proposal.ts';
import type { ShownProposal, View } from '../../utils/view.ts';
import { definitionOf } from '../records.ts';
import { agreementDifferences } from './agreement-words.ts';
import { type Difference, differencesOf } from './differences-of.ts';

/** What would be otherwise by a proposal, and the revision of what it is about that is in force; 0: there is none. */
export function proposedIn(
  proposal: ShownProposal,
  view: View,
): { revision: number; differences: Difference[] } {
  const isNew = proposal.baseRevision === 0;
  if (isOfAgreement(proposal)) {
    const { agreement } = view;
    const before = isNew || !agreement ? undefined : draftOfAgreement(agreement);
    return {
      revision: agreement?.revision ?? 0,
      differences: agreementDifferences(before, proposal.draft, view),
    };
  }
  const present = definitionOf(view, proposal.about.id);
  const before = isNew || !present ? undefined : draftOf(present);
  return {
    revision: present?.revision ?? 0,
    differences: differencesOf(before, proposal.draft, present?.order),
  };
}
