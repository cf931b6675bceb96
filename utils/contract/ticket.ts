import * as v from 'valibot';
import { Id, Instant, Link, Source, text } from './base.ts';

export const TicketSubject = text(200);

/** What somebody needs of us: a question of theirs or a complaint. */
export const Ticket = v.object({
  id: Id,
  subject: v.string(),
  open: v.boolean(),
  complaint: v.boolean(),
  /** When it came. */
  at: Instant,
  /** Who noted it here. */
  byId: v.optional(Id),
  link: v.optional(Link),
  source: Source,
});
export type Ticket = v.InferOutput<typeof Ticket>;
