import { useState } from 'preact/hooks';
import type { Campaign, Membership, MembershipState } from '../../utils/contract/campaign.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Icon } from '../icon.tsx';
import { Link } from '../link.tsx';
import { campaignOf } from '../records.ts';
import { Time } from '../time.tsx';

/** How many past ones are shown beside the planned ones. */
const RECENT = 3;

const DID: Record<Exclude<MembershipState, 'planned'>, MessageKey> = {
  sent: 'didSent',
  delivered: 'didDelivered',
  opened: 'didOpened',
  clicked: 'didClicked',
  replied: 'didReplied',
  bounced: 'didBounced',
  unsubscribed: 'didUnsubscribed',
};

/** When a planned campaign reaches the contact, ms since epoch. */
export function plannedAt(membership: Membership, campaign: Campaign): number {
  return Date.parse(campaign.plannedAt ?? membership.at);
}

interface CampaignsProps {
  view: View;
  /** Planned first, then newest first. */
  memberships: Membership[];
  count: number;
}

export function Campaigns({ view, memberships, count }: CampaignsProps) {
  const [all, showAll] = useState(false);
  const planned = memberships.filter((one) => one.state === 'planned').length;
  const shown = all ? memberships : memberships.slice(0, planned + RECENT);
  return (
    <section>
      <h2>
        {t('campaigns')}
        {memberships.length > planned + RECENT && (
          <button type="button" class="more" aria-expanded={all} onClick={() => showAll(!all)}>
            {all ? t('less') : t('all', memberships.length)}
          </button>
        )}
      </h2>
      {memberships.length === 0 && <p class="quiet">{t('noCampaign')}</p>}
      <ul class="items">
        {shown.map((one) => (
          <CampaignItem key={one.campaignId} membership={one} campaign={campaignOf(view, one.campaignId)} />
        ))}
      </ul>
      {all && count > memberships.length && (
        <p class="quiet">{plural('olderCampaigns', count - memberships.length)}</p>
      )}
    </section>
  );
}

function CampaignItem({ membership, campaign }: { membership: Membership; campaign: Campaign | undefined }) {
  const planned = membership.state === 'planned';
  const words = campaign?.excerpt ?? campaign?.subject;
  return (
    <li class="item">
      <Icon name={campaign?.channel ?? 'other'} />
      <div class="line">
        <span class="what">
          <bdi>{campaign?.name ?? t('campaignUnknown')}</bdi>{' '}
          {planned && <span class="next">{t('planned')}</span>}
        </span>
        <Time
          class="when"
          at={planned && campaign ? plannedAt(membership, campaign) : membership.at}
          as={planned ? 'when' : 'past'}
        />
      </div>
      <p class={planned ? 'say' : 'say short'} dir="auto">
        {membership.state !== 'planned' && t(DID[membership.state])}
        {membership.state !== 'planned' && words && ' '}
        {words && t('quote', words)}
        {campaign?.link && ' '}
        <Link to={campaign?.link} otherwise={null}>
          {t('readIt')}
        </Link>
      </p>
    </li>
  );
}
