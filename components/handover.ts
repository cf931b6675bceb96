import type { Clock } from '../utils/agreement/clock.ts';
import { HOUR } from '../utils/agreement/working-time.ts';
import type { Card } from '../utils/contract/card.ts';
import { type Handover, isOpen } from '../utils/contract/handover.ts';
import type { Member } from '../utils/contract/member.ts';
import { sidesOf } from '../utils/contract/proposal.ts';
import { plural, t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { mayWrite, memberOf } from './records.ts';

/** The handover that runs, or the last one. */
export const handoverOf = ({ handovers = [] }: Card): Handover | undefined =>
  handovers.find(isOpen) ?? handovers[0];

/** Who can be handed a lead: people of sales who are still there and may write. */
export const sellersOf = (view: View): Member[] =>
  view.members.filter(
    ({ left, role, team }) => !left && role !== 'viewer' && sidesOf(team).includes('sales'),
  );

const isLead = ({ role }: Member) => role === 'lead' || role === 'admin';

/** What the user may do about an open handover; the server has the last word. */
export interface HandoverRights {
  accept: boolean;
  /** Send it back, and pass it on. */
  answer: boolean;
  withdraw: boolean;
}

export function rightsOf(view: View, { toId, byId, acceptedAt }: Handover): HandoverRights {
  const me = memberOf(view, view.connection.me);
  if (!me || !mayWrite(view)) return { accept: false, answer: false, withdraw: false };
  const [sales, marketing] = [sidesOf(me.team).includes('sales'), sidesOf(me.team).includes('marketing')];
  return {
    accept: acceptedAt === undefined && (toId === me.id || (toId === undefined && sales)),
    answer: toId === me.id || (sales && (isLead(me) || toId === undefined)),
    withdraw: byId === me.id || (marketing && isLead(me)),
  };
}

/** Whether the user's side hands leads over. */
export function mayOffer(view: View): boolean {
  const me = memberOf(view, view.connection.me);
  return me !== undefined && mayWrite(view) && sidesOf(me.team).includes('marketing');
}

/** `17 working hours left`, `less than an hour left`, `3 working hours late`. */
export function clockWords({ state, working }: Clock): string {
  const hours = Math.floor(working / HOUR);
  if (state === 'lapsed') return hours === 0 ? t('clockJustLate') : plural('clockLate', hours);
  return hours === 0 ? t('clockUnderHour') : plural('clockLeft', hours);
}
