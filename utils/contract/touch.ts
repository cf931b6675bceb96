import { Id, Instant, Link, Source, Team, z } from './base.ts';

export const TouchKind = z.enum([
  'email',
  'call',
  'meeting',
  'social',
  'event',
  'form',
  'direct-mail',
  'chat',
]);
export type TouchKind = z.infer<typeof TouchKind>;

/** One contact between us and a person. Never holds a mail's body. */
export const Touch = z.object({
  id: Id,
  kind: TouchKind,
  direction: z.enum(['in', 'out']),
  team: Team,
  /** Who of us; absent when the source does not say. */
  memberId: z.optional(Id),
  at: Instant,
  subject: z.optional(z.string()),
  excerpt: z.optional(z.string()),
  link: z.optional(Link),
  source: Source,
});
export type Touch = z.infer<typeof Touch>;
