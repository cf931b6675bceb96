import * as v from 'valibot';
import { Id, text } from '../base.ts';
import { Rule } from '../go-ahead.ts';
import { HoldWords } from '../hold.ts';
import { TicketSubject } from '../ticket.ts';
import { envelope } from './envelope.ts';

/** Asks whose campaign it is to leave a contact out of it; of one's own, it is done. */
export const HoldAsk = v.object({
  ...envelope,
  kind: v.literal('hold.ask'),
  payload: v.object({ holdId: Id, contactId: Id, campaignId: Id, words: v.optional(HoldWords) }),
});

export const HoldAnswer = v.object({
  ...envelope,
  kind: v.literal('hold.answer'),
  payload: v.object({ holdId: Id, contactId: Id, held: v.boolean(), words: v.optional(HoldWords) }),
});

export const HoldLift = v.object({
  ...envelope,
  kind: v.literal('hold.lift'),
  payload: v.object({ holdId: Id, contactId: Id }),
});

/** Goes ahead in spite of what is in the way, and says why. */
export const GoAheadSay = v.object({
  ...envelope,
  kind: v.literal('go-ahead.say'),
  payload: v.object({ goAheadId: Id, contactId: Id, rule: Rule, refId: v.optional(Id), why: text(300) }),
});

export const TicketOpen = v.object({
  ...envelope,
  kind: v.literal('ticket.open'),
  payload: v.object({ ticketId: Id, contactId: Id, subject: TicketSubject, complaint: v.boolean() }),
});

export const TicketClose = v.object({
  ...envelope,
  kind: v.literal('ticket.close'),
  payload: v.object({ ticketId: Id, contactId: Id }),
});
