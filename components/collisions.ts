import { type Collision, collisions } from '../utils/agreement/collide.ts';
import { isStanding } from '../utils/contract/hold.ts';
import { sidesOf } from '../utils/contract/proposal.ts';
import type { KnownPerson, View } from '../utils/view.ts';
import { handoverOf } from './handover.ts';
import { campaignOf, mayWrite, memberOf } from './records.ts';

/** Days for which one team's word stands in the way of the other's, until the two agree on how many. */
const QUIET_DAYS = 7;

/** What is in the way of writing to somebody, the gravest first; nothing while their card is not here. */
export function collisionsOf(view: View, { card }: KnownPerson, now: number): Collision[] {
  if (!card) return [];
  const { contact, touches, memberships, deals = [], tickets = [], holds = [], goAheads = [] } = card;
  const handover = handoverOf(card);
  const me = memberOf(view, view.connection.me) ?? { id: '', team: 'both' as const };
  return collisions(
    {
      ...{ contact, touches, memberships, deals, tickets, holds, goAheads, me },
      campaigns: new Map(view.campaigns.map((campaign) => [campaign.id, campaign])),
      quietDays: view.agreement?.quietDays ?? QUIET_DAYS,
      ...(handover && { handover }),
    },
    { to: 'write' },
    now,
  );
}

/** Whether the user answers for a campaign: it is theirs, or they lead marketing. */
export function answersFor(view: View, campaignId: string): boolean {
  const me = memberOf(view, view.connection.me);
  if (!me || !mayWrite(view)) return false;
  const leads = (me.role === 'lead' || me.role === 'admin') && sidesOf(me.team).includes('marketing');
  return leads || campaignOf(view, campaignId)?.ownerId === me.id;
}

/** Holds that are asked for or in force, of campaigns that are still to come or not known. */
export const standingOf = ({ card }: KnownPerson) => card?.holds?.filter(isStanding) ?? [];
