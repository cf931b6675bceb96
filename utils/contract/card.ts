import { Id, Version, z } from './base.ts';
import { Membership } from './campaign.ts';
import { Contact } from './contact.ts';
import { Note } from './note.ts';
import { Task } from './task.ts';
import { Touch } from './touch.ts';

/** How much of a long history a card carries, newest first. */
export const CARD_LIMITS = { touches: 10, memberships: 20, notes: 20, tasks: 10 } as const;

/**
 * A contact's own facts and the ids of what they refer to (stage, owner, company, campaigns), which are
 * joined where the card is shown. Stored on the server as JSON text and handed on unparsed.
 */
export const Card = z.object({
  contact: Contact,
  /** Newest first. */
  touches: z.array(Touch),
  touchCount: z.int(),
  /** Coming ones first (soonest first), then past ones (newest first). */
  memberships: z.array(Membership),
  membershipCount: z.int(),
  /** Pinned first, then newest first. */
  notes: z.array(Note),
  /** Open ones, by due day. */
  tasks: z.array(Task),
});
export type Card = z.infer<typeof Card>;

/** A card with the workspace version that last changed it, and the tags that asked for it. */
export const CardRow = z.object({ id: Id, version: Version, tags: z.array(z.int()), card: Card });
export type CardRow = z.infer<typeof CardRow>;

/**
 * Answer of `POST /v1/lookup` and `POST /v1/cards`. Unknown tags and ids are just absent. The companies that
 * the cards name are asked for by id, where they are not held already.
 */
export const CardsAnswer = z.object({
  cards: z.array(CardRow),
  /** Of the ids asked for, those of people who were erased: nothing of them may stay. */
  erased: z.optional(z.array(Id)),
});
export type CardsAnswer = z.infer<typeof CardsAnswer>;
