import { v7 as uuid } from 'uuid';
import { type Campaign, MembershipState } from '../../../utils/contract/campaign.ts';
import type { Row } from '../row.ts';
import type { BatchState, ContactState } from './state.ts';

const CHANNELS: [Campaign['channel'], RegExp][] = [
  ['webinar', /webinar/i],
  ['direct-mail', /direct|print|post/i],
  ['email', /mail|newsletter/i],
  ['event', /event|conference|trade|fair|seminar/i],
  ['ads', /adverti|banner|search|ppc|\bads?\b/i],
  ['social', /social/i],
];

/** Under what a row's last activity is kept; the same export brings the same one. */
export const touchKey = (row: Row): string | undefined =>
  row.lastActivityAt &&
  `last-activity ${row.recordId ?? row.emails[0] ?? row.linkedin} ${row.lastActivityAt}`;

/** @param asOf times after it are plans, not touches */
export function applyTouch(state: BatchState, contact: ContactState, row: Row, asOf: string): boolean {
  const key = touchKey(row);
  if (key === undefined || row.lastActivityAt === undefined || row.lastActivityAt > asOf) return false;
  if (state.touches.has(key)) return false;
  state.touches.add(key);
  contact.newTouches.push({ external_id: key, at: row.lastActivityAt });
  contact.historyChanged = true;
  return true;
}

/** A membership never goes back; of two rows with the same state the first one's time stays. */
export function applyMembership(state: BatchState, contact: ContactState, row: Row, at: string): boolean {
  const stated = row.membership;
  if (stated === undefined) return false;
  const campaign = state.campaigns.get(stated.externalId) ?? {
    id: uuid(),
    name: stated.campaign,
    externalId: stated.externalId,
    channel: CHANNELS.find(([, pattern]) => pattern.test(stated.type ?? ''))?.[0] ?? 'other',
    isNew: true,
  };
  state.campaigns.set(stated.externalId, campaign);
  const present = contact.memberships.get(campaign.id);
  if (present && howFar(present.state) >= howFar(stated.state)) return false;
  contact.memberships.set(campaign.id, { state: stated.state, at: stated.at ?? at, changed: true });
  contact.historyChanged = true;
  return true;
}

const howFar = (state: MembershipState): number => MembershipState.options.indexOf(state);
