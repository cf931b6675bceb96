import type { Intent, Situation } from '../../../utils/agreement/collide.ts';
import type { Campaign, Membership } from '../../../utils/contract/campaign.ts';
import type { Deal } from '../../../utils/contract/deal.ts';
import type { Handover } from '../../../utils/contract/handover.ts';
import type { Hold } from '../../../utils/contract/hold.ts';
import type { Ticket } from '../../../utils/contract/ticket.ts';
import type { Touch } from '../../../utils/contract/touch.ts';

export const NOW = Date.parse('2026-11-23T12:00:00Z');
export const day = (days: number) => new Date(NOW + days * 86_400_000).toISOString();
export const WRITE: Intent = { to: 'write' };
export const SEND: Intent = { to: 'send', campaignId: 'spring' };
const REP = { id: 'rep', team: 'sales' } as const;
export const MARKETER = { id: 'max', team: 'marketing' } as const;

/** A contact of one's own, about whom nothing stands in the way. */
export const quiet: Situation = {
  contact: { id: 'ann', ownerId: 'rep', consent: 'granted', provenance: {} },
  touches: [],
  memberships: [],
  campaigns: new Map(),
  deals: [],
  tickets: [],
  holds: [],
  goAheads: [],
  me: REP,
  quietDays: 7,
};
export const touch = (fields: Partial<Touch>): Touch => ({
  id: 'touch',
  kind: 'email',
  direction: 'out',
  team: 'sales',
  at: day(-1),
  source: 'truce',
  ...fields,
});
export const deal: Deal = {
  id: 'deal',
  name: 'Pilot',
  open: true,
  ownerId: 'olav',
  at: day(-30),
  source: 'hubspot',
};
export const ticket: Ticket = {
  id: 'ticket',
  subject: 'Pallets lost',
  open: true,
  complaint: true,
  at: day(-2),
  source: 'truce',
};
export const handover: Handover = {
  id: 'handover',
  state: 'offered',
  byId: 'mia',
  at: day(-4),
  toId: 'olav',
  dueAt: day(-1),
  agreementRevision: 1,
  revision: 1,
};
export const hold: Hold = { id: 'hold', campaignId: 'news', state: 'asked', byId: 'rep', at: day(-1) };
/** A newsletter that the contact is in, so many days from now. */
export const inNews = (days: number): Pick<Situation, 'memberships' | 'campaigns'> => {
  const planned = days > 0;
  const campaign: Campaign = {
    id: 'news',
    name: 'Newsletter',
    channel: 'email',
    ownerId: 'mia',
    ...(planned ? { plannedAt: day(days) } : { sentAt: day(days) }),
    source: 'mailchimp',
    revision: 1,
  };
  const membership: Membership = { campaignId: 'news', state: planned ? 'planned' : 'opened', at: day(-1) };
  return { memberships: [membership], campaigns: new Map([['news', campaign]]) };
};
