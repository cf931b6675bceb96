import { Id, Instant, Link, Revision, Source, z } from './base.ts';

/** A shared record: synced whole. */
export const Campaign = z.object({
  id: Id,
  name: z.string(),
  channel: z.enum(['email', 'social', 'event', 'webinar', 'direct-mail', 'ads', 'other']),
  subject: z.optional(z.string()),
  /** The words it used, as the customer read them; at most 500 characters. */
  excerpt: z.optional(z.string()),
  link: z.optional(Link),
  audience: z.optional(z.string()),
  ownerId: z.optional(Id),
  /** When it is due to go out; `sentAt` says when it did. */
  plannedAt: z.optional(Instant),
  sentAt: z.optional(Instant),
  source: Source,
  revision: Revision,
});
export type Campaign = z.infer<typeof Campaign>;

/** In the order of how far somebody got: a state never goes back. */
export const MembershipState = z.enum([
  'planned',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
]);
export type MembershipState = z.infer<typeof MembershipState>;

/** One contact in one campaign, with the furthest it got and the time of that. */
export const Membership = z.object({
  campaignId: Id,
  state: MembershipState,
  at: Instant,
});
export type Membership = z.infer<typeof Membership>;
