import * as v from 'valibot';
import { Id, Instant, text } from './base.ts';

export const HoldState = v.picklist([
  'asked', // the campaign's owner has not answered
  'held', // the contact is left out of it
  'refused', // the campaign goes out to them all the same
  'lifted', // no longer needed
]);
export type HoldState = v.InferOutput<typeof HoldState>;

/** Words that go with it, and with the answer. */
export const HoldWords = text(300);

/** Somebody wants a contact kept out of a campaign. */
export const Hold = v.object({
  id: Id,
  campaignId: Id,
  state: HoldState,
  byId: Id,
  at: Instant,
  words: v.optional(v.string()),
  answeredById: v.optional(Id),
  answeredAt: v.optional(Instant),
  answer: v.optional(v.string()),
});
export type Hold = v.InferOutput<typeof Hold>;

/** It is asked for, or in force. */
export const isStanding = ({ state }: Pick<Hold, 'state'>): boolean => state === 'asked' || state === 'held';
