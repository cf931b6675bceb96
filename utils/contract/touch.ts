import * as v from 'valibot';
import { Id, Instant, Link, Source, Team } from './base.ts';

export const TouchKind = v.picklist([
  'email',
  'call',
  'meeting',
  'social',
  'event',
  'form',
  'direct-mail',
  'chat',
]);
export type TouchKind = v.InferOutput<typeof TouchKind>;

/** One contact between us and a person. Never holds a mail's body. */
export const Touch = v.object({
  id: Id,
  kind: TouchKind,
  direction: v.picklist(['in', 'out']),
  team: Team,
  /** Who of us; absent when the source does not say. */
  memberId: v.optional(Id),
  at: Instant,
  subject: v.optional(v.string()),
  excerpt: v.optional(v.string()),
  link: v.optional(Link),
  source: Source,
});
export type Touch = v.InferOutput<typeof Touch>;
