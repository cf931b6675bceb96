import type { Card } from '../contract/card.ts';
import type { AboutContact } from '../contract/command.ts';
import { type Hold, isStanding } from '../contract/hold.ts';
import type { Member } from '../contract/member.ts';

export type OfCollision = Extract<
  AboutContact,
  { kind: `hold.${string}` | 'go-ahead.say' | `ticket.${string}` }
>;

/** A card's holds, reasons and tickets as they will be once the server has taken this. */
export function collided(card: Card, command: OfCollision, me: Member | undefined): Card {
  const { holds = [], goAheads = [], tickets = [] } = card;
  const by = { byId: me?.id ?? '', at: command.at };
  switch (command.kind) {
    case 'hold.ask': {
      const { holdId, campaignId, words } = command.payload;
      // Who was asked already is refused a second time.
      if (holds.some((one) => one.campaignId === campaignId && isStanding(one))) return card;
      const hold: Hold = {
        id: holdId,
        campaignId,
        state: 'asked',
        ...by,
        ...(words !== undefined && { words }),
      };
      return { ...card, holds: [hold, ...holds] };
    }
    case 'hold.answer': {
      const { holdId, held, words } = command.payload;
      const answered: Partial<Hold> = {
        ...{ state: held ? 'held' : 'refused', answeredById: by.byId, answeredAt: by.at },
        ...(words !== undefined && { answer: words }),
      };
      return { ...card, holds: holds.map((one) => (one.id === holdId ? { ...one, ...answered } : one)) };
    }
    case 'hold.lift': {
      const { holdId } = command.payload;
      return { ...card, holds: holds.map((one) => (one.id === holdId ? { ...one, state: 'lifted' } : one)) };
    }
    case 'go-ahead.say': {
      const { goAheadId, rule, refId, why } = command.payload;
      if (goAheads.some(({ id }) => id === goAheadId)) return card;
      return {
        ...card,
        goAheads: [{ id: goAheadId, rule, why, ...by, ...(refId !== undefined && { refId }) }, ...goAheads],
      };
    }
    case 'ticket.open': {
      const { ticketId, subject, complaint } = command.payload;
      if (tickets.some(({ id }) => id === ticketId)) return card;
      const ticket = { id: ticketId, subject, complaint, open: true, ...by, source: 'truce' as const };
      return { ...card, tickets: [ticket, ...tickets] };
    }
    case 'ticket.close':
      return { ...card, tickets: tickets.filter(({ id }) => id !== command.payload.ticketId) };
  }
}

/** What it is about, by id. */
export function collisionSubject({ kind, payload }: OfCollision): string {
  switch (kind) {
    case 'go-ahead.say':
      return payload.goAheadId;
    case 'ticket.open':
    case 'ticket.close':
      return payload.ticketId;
    default:
      return payload.holdId;
  }
}
