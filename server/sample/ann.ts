import type { MembershipState } from '../../utils/contract/campaign.ts';
import type { Step } from './stories.ts';
import type { TeamKey } from './team.ts';

/** Ann Lee at Acme Logistics: the card that most people will see first. `{board}` is a day to come. */
export const ANN = {
  name: 'Ann Lee',
  touches: [
    {
      days: 2,
      kind: 'call',
      direction: 'out',
      by: 'raj',
      subject: 'Call about the pilot',
      excerpt: 'Asked for the SOC 2 report by Friday. Wants a pilot in two depots.',
    },
    {
      days: 8,
      kind: 'email',
      direction: 'in',
      by: 'raj',
      subject: 'Re: Pilot plan',
      excerpt: '“Two depots, four weeks. Who from your side is on site?”',
    },
    {
      days: 15,
      kind: 'meeting',
      direction: 'out',
      by: 'raj',
      subject: 'Demo with Ann and Marco',
      excerpt: 'Marco drove; Ann wrote down every number.',
    },
    {
      days: 21,
      kind: 'social',
      direction: 'in',
      by: 'mia',
      subject: 'LinkedIn comment on “Empty miles”',
      excerpt: '“We counted as well. It hurts.”',
    },
    {
      days: 25,
      kind: 'event',
      direction: 'in',
      by: 'mia',
      subject: 'Met at the Hamburg fair',
      excerpt: 'Keen on route planning; took twenty minutes.',
    },
    {
      days: 49,
      kind: 'call',
      direction: 'out',
      by: 'raj',
      subject: 'First call',
      excerpt: 'Trucks queue at the gate on Mondays and Thursdays.',
    },
    { days: 78, kind: 'form', direction: 'in', by: 'mia', subject: 'Asked for the cold chain guide' },
    { days: 131, kind: 'form', direction: 'in', by: 'mia', subject: 'Took part in the summer benchmark' },
  ] satisfies Step[],
  memberships: [
    ['autumn-pricing', 'planned', -1],
    ['soc2', 'delivered', 9],
    ['warehouse-report', 'clicked', 15],
    ['hamburg-fair', 'replied', 25],
    ['empty-miles', 'clicked', 48],
    ['cold-chain', 'opened', 60],
    ['benchmark', 'replied', 131],
  ] satisfies [string, MembershipState, number][],
  notes: [
    {
      days: 1,
      by: 'raj',
      site: 'mail.google.com',
      text: 'Board decides on {board}. She wants numbers, not adjectives.',
    },
    {
      days: 25,
      by: 'mia',
      site: 'www.linkedin.com',
      text: 'Met her at the Hamburg fair, keen on route planning.',
    },
  ] satisfies { days: number; by: TeamKey; site: string; text: string }[],
};
