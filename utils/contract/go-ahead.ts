import * as v from 'valibot';
import { Id, Instant } from './base.ts';

/** What may be in the way of writing to somebody, or of sending them a campaign; the gravest first. */
export const RULES = [
  'suppressed',
  'no-consent',
  'complaint',
  'clock',
  'open-conversation',
  'open-deal',
  'campaign-near',
  'other-team',
  'owned',
] as const;
export const Rule = v.picklist(RULES);
export type Rule = v.InferOutput<typeof Rule>;

/** Somebody was warned, and went ahead all the same. */
export const GoAhead = v.object({
  id: Id,
  rule: Rule,
  /** What the warning was about: a campaign, a deal, a ticket, a touch, a handover. */
  refId: v.optional(Id),
  byId: Id,
  at: Instant,
  why: v.string(),
});
export type GoAhead = v.InferOutput<typeof GoAhead>;
