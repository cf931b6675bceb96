import { plural, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import type { DeskActs } from './acts.ts';
import { ProposalItem } from './proposal-item.tsx';

/** What waits for the other side's word, and what became of the last ones. */
export function Proposals({ view, act }: { view: View; act: DeskActs }) {
  const open = view.proposals.filter(({ state, waiting }) => state === 'open' || waiting);
  const decided = view.proposals.filter((one) => !open.includes(one));
  return (
    <section aria-label={t('proposals')}>
      <h2>{t('proposals')}</h2>
      {open.length === 0 && <p class="quiet">{t('noProposals')}</p>}
      <ul class="entries">
        {open.map((proposal) => (
          <ProposalItem key={proposal.id} {...{ view, proposal, act }} />
        ))}
      </ul>
      {decided.length > 0 && (
        <details class="more">
          <summary>{plural('decidedProposals', decided.length)}</summary>
          <ul class="entries">
            {decided.map((proposal) => (
              <ProposalItem key={proposal.id} {...{ view, proposal, act }} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
