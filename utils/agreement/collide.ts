import type { Campaign, Membership } from '../contract/campaign.ts';
import type { Contact } from '../contract/contact.ts';
import type { Deal } from '../contract/deal.ts';
import type { GoAhead, Rule } from '../contract/go-ahead.ts';
import { RULES } from '../contract/go-ahead.ts';
import { type Handover, isOpen, stateAt } from '../contract/handover.ts';
import type { Hold } from '../contract/hold.ts';
import type { Member } from '../contract/member.ts';
import type { Ticket } from '../contract/ticket.ts';
import type { Touch } from '../contract/touch.ts';

const DAY = 86_400_000;

/** What is about to happen: somebody writes to the contact, or a campaign goes out to them. */
export type Intent = { to: 'write' } | { to: 'send'; campaignId?: string };

/** All that the rules look at. */
export interface Situation {
  contact: Pick<Contact, 'id' | 'ownerId' | 'doNotContact' | 'consent' | 'provenance'>;
  touches: readonly Touch[];
  memberships: readonly Membership[];
  campaigns: ReadonlyMap<string, Campaign>;
  deals: readonly Deal[];
  tickets: readonly Ticket[];
  holds: readonly Hold[];
  goAheads: readonly GoAhead[];
  handover?: Handover;
  me: Pick<Member, 'id' | 'team'>;
  /** For so many days before and after, one team's word stands in the way of the other's. */
  quietDays: number;
}

/** `stop`: don't. `warn`: ask first. `note`: good to know. */
export type Level = 'stop' | 'warn' | 'note';

/** Ways out: keep the contact out of the campaign, ask whose it is, go ahead and say why. */
export type Way = 'hold' | 'ask' | 'go';

/** One thing in the way: what, whose and when. */
export interface Collision {
  rule: Rule;
  level: Level;
  ways: Way[];
  /** The campaign, deal, ticket, touch or handover that it is about. */
  refId?: string;
  /** The member whose it is; with `hold` and `ask` they are asked. */
  whoId?: string;
  /** ms since epoch. */
  at?: number;
  /** Its name or subject. */
  what?: string;
  /** That somebody was asked to keep the contact out, and what they said. */
  hold?: Hold;
  /** One's own words, of having gone ahead before: it is good to know, and no more. */
  gone?: GoAhead;
}

type Found = Omit<Collision, 'rule' | 'gone'>;
type Look = (situation: Situation, intent: Intent, now: number) => (Found | undefined)[];

const LOOKS: Record<Rule, Look> = {
  suppressed: ({ contact }) => [
    contact.doNotContact ? { level: 'stop', ways: [], ...said(contact, 'doNotContact') } : undefined,
  ],

  'no-consent': ({ contact }, { to }) => {
    const consent = contact.consent ?? 'unknown';
    if (contact.doNotContact || consent === 'granted') return [];
    // A person may be answered who does not want to be sent campaigns; who never said is not asked by each mail.
    if (consent === 'denied')
      return [{ level: to === 'send' ? 'stop' : 'warn', ways: [], ...said(contact, 'consent') }];
    return [to === 'send' ? { level: 'warn', ways: ['go'] } : undefined];
  },

  complaint: ({ tickets }, { to }) =>
    tickets
      .filter(({ open, complaint }) => open && complaint)
      .map(({ id, subject, at, byId }) => ({
        level: to === 'send' ? 'stop' : 'warn',
        ways: to === 'send' ? [] : ['ask', 'go'],
        refId: id,
        what: subject,
        at: Date.parse(at),
        ...(byId && { whoId: byId }),
      })),

  clock: ({ handover, me }, { to }, now) => {
    if (to !== 'write' || !handover || !isOpen(handover) || stateAt(handover, now) !== 'lapsed') return [];
    const { id, dueAt, toId } = handover;
    // Whose it is has nothing to wait for.
    const ways: Way[] = toId === me.id ? [] : ['ask', 'go'];
    return [
      {
        level: 'warn',
        ways,
        refId: id,
        ...(dueAt && { at: Date.parse(dueAt) }),
        ...(toId && { whoId: toId }),
      },
    ];
  },

  'open-conversation': (situation, { to }, now) => {
    const last = conversation(situation, now);
    // Whoever is in it, or of their team, knows.
    if (!last || (to === 'write' && !isOther(last.team, situation.me.team))) return [];
    const ways: Way[] = to === 'send' ? ['hold', 'ask', 'go'] : ['ask', 'go'];
    return [{ level: 'warn', ways, ...touched(last), ...ownedBy(situation.contact, last) }];
  },

  'open-deal': ({ deals, contact, me }, { to }) =>
    deals
      .filter(({ open, ownerId }) => open && (to === 'send' || (ownerId ?? contact.ownerId) !== me.id))
      .map(({ id, name, at, ownerId = contact.ownerId }) => ({
        level: to === 'send' ? 'warn' : 'note',
        ways: to === 'send' ? ['hold', 'ask', 'go'] : ['ask'],
        refId: id,
        what: name,
        at: Date.parse(at),
        ...(ownerId && { whoId: ownerId }),
      })),

  'campaign-near': ({ memberships, campaigns, holds, quietDays }, intent, now) =>
    memberships.map((membership) => {
      const campaign = campaigns.get(membership.campaignId);
      if (!campaign || (intent.to === 'send' && intent.campaignId === campaign.id)) return undefined;
      const planned = membership.state === 'planned';
      const at = Date.parse((planned ? campaign.plannedAt : campaign.sentAt) ?? membership.at);
      if (planned ? at < now || at > now + quietDays * DAY : at > now || at < now - quietDays * DAY)
        return undefined;
      const hold = holds.find((one) => one.campaignId === campaign.id && one.state !== 'lifted');
      // Whom it does not reach any more, it is not in the way of.
      if (hold?.state === 'held') return undefined;
      return {
        level: planned ? 'warn' : 'note',
        ways: planned ? (hold ? ['ask', 'go'] : ['hold', 'ask', 'go']) : ['ask'],
        refId: campaign.id,
        what: campaign.subject ?? campaign.name,
        at,
        ...(campaign.ownerId && { whoId: campaign.ownerId }),
        ...(hold && { hold }),
      };
    }),

  'other-team': (situation, { to }, now) => {
    if (to !== 'write') return [];
    const { touches, me, quietDays } = situation;
    const told = conversation(situation, now);
    const last = newest(
      touches.filter(
        (touch) =>
          touch !== told &&
          touch.direction === 'out' &&
          touch.memberId !== me.id &&
          isOther(touch.team, me.team) &&
          isWithin(touch, quietDays, now),
      ),
    );
    return [last && { level: 'note', ways: ['ask'], ...touched(last) }];
  },

  owned: ({ contact: { ownerId }, me }, { to }) => {
    if (to !== 'write' || ownerId === undefined || ownerId === me.id) return [];
    return [{ level: me.team === 'sales' ? 'warn' : 'note', ways: ['ask', 'go'], whoId: ownerId }];
  },
};

/** By a person to a person, and not by the way. */
const PERSONAL: ReadonlySet<Touch['kind']> = new Set(['email', 'call', 'meeting', 'chat']);

/** The last word of what sales or service have going on with the contact. */
const conversation = ({ touches, quietDays }: Situation, now: number): Touch | undefined =>
  newest(
    touches.filter(
      (touch) => touch.team !== 'marketing' && PERSONAL.has(touch.kind) && isWithin(touch, quietDays, now),
    ),
  );

/** Also one that is still to come, as a meeting may be. */
const isWithin = ({ at }: Touch, days: number, now: number) => Math.abs(Date.parse(at) - now) <= days * DAY;

const newest = (touches: Touch[]): Touch | undefined =>
  touches.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];

/**
 * What is in the way, the gravest first; of one rule the nearest in time first. Computed where it is shown, since
 * it depends on the time. Of a contact that was erased there is no card to ask about; one that was merged into
 * another is asked about as that other.
 * @param now ms since epoch
 */
export function collisions(situation: Situation | undefined, intent: Intent, now: number): Collision[] {
  if (!situation) return [];
  const found = RULES.flatMap((rule) =>
    LOOKS[rule](situation, intent, now)
      .filter((one) => one !== undefined)
      .map((one) => withGone(askable({ rule, ...one }, situation), situation, now))
      .sort((a, b) => away(a, now) - away(b, now)),
  );
  return found.sort((a, b) => GRAVITY[a.level] - GRAVITY[b.level]);
}

const GRAVITY: Record<Level, number> = { stop: 0, warn: 1, note: 2 };
const away = ({ at = 0 }: Collision, now: number) => Math.abs(at - now);

/** One asks somebody else, and somebody who is known. */
function askable(collision: Collision, { me }: Situation): Collision {
  const { whoId, ways } = collision;
  if (whoId !== undefined && whoId !== me.id) return collision;
  return { ...collision, ways: ways.filter((way) => way !== 'ask') };
}

/** What one has said why about stays said for as long as the rule looks back; never of what must not be. */
function withGone(collision: Collision, { goAheads, me, quietDays }: Situation, now: number): Collision {
  if (collision.level === 'stop' || !collision.ways.includes('go')) return collision;
  const gone = goAheads.find(
    (one) =>
      one.rule === collision.rule &&
      one.refId === collision.refId &&
      one.byId === me.id &&
      Date.parse(one.at) > now - quietDays * DAY,
  );
  if (!gone) return collision;
  return { ...collision, level: 'note', ways: collision.ways.filter((way) => way !== 'go'), gone };
}

function said({ provenance }: Situation['contact'], field: 'consent' | 'doNotContact'): Partial<Found> {
  const from = provenance[field];
  return {
    ...(from && { at: Date.parse(from.at) }),
    ...(from?.by && { whoId: from.by }),
    ...(from?.reason && { what: from.reason }),
  };
}

const touched = ({ id, at, subject, memberId }: Touch) => ({
  refId: id,
  at: Date.parse(at),
  ...(subject && { what: subject }),
  ...(memberId && { whoId: memberId }),
});

/** Whom to ask of a conversation: who has it, else who owns the contact. */
const ownedBy = ({ ownerId }: Situation['contact'], { memberId }: Touch) =>
  !memberId && ownerId ? { whoId: ownerId } : {};

/** Who is of both teams is never the other one. */
const isOther = (team: Member['team'], mine: Member['team']) =>
  team !== mine && team !== 'both' && mine !== 'both';
