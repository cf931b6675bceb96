import * as v from 'valibot';
import { Id, Int, Version } from './base.ts';
import { Membership } from './campaign.ts';
import { Company } from './company.ts';
import { Contact } from './contact.ts';
import { Deal } from './deal.ts';
import { GoAhead } from './go-ahead.ts';
import { Handover } from './handover.ts';
import { Hold } from './hold.ts';
import { Move } from './move.ts';
import { Note } from './note.ts';
import { Task } from './task.ts';
import { Ticket } from './ticket.ts';
import { Touch } from './touch.ts';

/** How much of a long history a card carries, newest first. */
export const CARD_LIMITS = {
  touches: 10,
  memberships: 20,
  notes: 20,
  tasks: 10,
  moves: 5,
  handovers: 3,
  holds: 10,
  goAheads: 10,
  tickets: 5,
  deals: 5,
} as const;

/**
 * A contact's own facts and the ids of what they refer to (stage, owner, company, campaigns), which are
 * joined where the card is shown. Stored on the server as JSON text and handed on unparsed.
 */
export const Card = v.object({
  contact: Contact,
  /** Newest first. */
  touches: v.array(Touch),
  touchCount: Int,
  /** Coming ones first (soonest first), then past ones (newest first). */
  memberships: v.array(Membership),
  membershipCount: Int,
  /** Pinned first, then newest first. */
  notes: v.array(Note),
  /** Open ones, by due day. */
  tasks: v.array(Task),
  /** From stage to stage, newest first; absent: none are known. */
  moves: v.optional(v.array(Move)),
  /** The open one first, then newest first; absent: there was none. */
  handovers: v.optional(v.array(Handover)),
  /** Newest first; absent: nobody wants them kept out of anything. */
  holds: v.optional(v.array(Hold)),
  /** Newest first. */
  goAheads: v.optional(v.array(GoAhead)),
  /** Open ones, newest first. */
  tickets: v.optional(v.array(Ticket)),
  /** Open ones, newest first. */
  deals: v.optional(v.array(Deal)),
});
export type Card = v.InferOutput<typeof Card>;

/** A card with the workspace version that last changed it, and the tags that asked for it. */
export const CardRow = v.object({ id: Id, version: Version, tags: v.array(Int), card: Card });
export type CardRow = v.InferOutput<typeof CardRow>;

/**
 * Answer of `POST /v1/lookup` and `POST /v1/cards`. Unknown tags and ids are just absent. The companies that
 * the cards name are asked for by id, where they are not held already.
 */
export const CardsAnswer = v.object({
  cards: v.array(CardRow),
  /** Of the ids asked for, those of people who were erased: nothing of them may stay. */
  erased: v.optional(v.array(Id)),
  /** Of a look-up: companies that have one of the tags' domains. */
  companies: v.optional(v.array(Company)),
});
export type CardsAnswer = v.InferOutput<typeof CardsAnswer>;
