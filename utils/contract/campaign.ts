import * as v from 'valibot';
import { Id, Instant, Link, Revision, Source } from './base.ts';

/** A shared record: synced whole. */
export const Campaign = v.object({
  id: Id,
  name: v.string(),
  channel: v.picklist(['email', 'social', 'event', 'webinar', 'direct-mail', 'ads', 'other']),
  subject: v.optional(v.string()),
  /** The words it used, as the customer read them; at most 500 characters. */
  excerpt: v.optional(v.string()),
  link: v.optional(Link),
  audience: v.optional(v.string()),
  ownerId: v.optional(Id),
  /** When it is due to go out; `sentAt` says when it did. */
  plannedAt: v.optional(Instant),
  sentAt: v.optional(Instant),
  source: Source,
  revision: Revision,
});
export type Campaign = v.InferOutput<typeof Campaign>;

/** In the order of how far somebody got: a state never goes back. */
export const MembershipState = v.picklist([
  'planned',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
]);
export type MembershipState = v.InferOutput<typeof MembershipState>;

/** One contact in one campaign, with the furthest it got and the time of that. */
export const Membership = v.object({
  campaignId: Id,
  state: MembershipState,
  at: Instant,
});
export type Membership = v.InferOutput<typeof Membership>;
