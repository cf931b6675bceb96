import * as v from 'valibot';
import { Id, Instant, Revision, Source } from './base.ts';

/** A contact came from one stage into another. */
export const Move = v.object({
  id: Id,
  /** Absent: from none. */
  fromId: v.optional(Id),
  toId: Id,
  /** Of the stage they came into, as it was defined then. */
  toRevision: v.optional(Revision),
  at: Instant,
  /** The member who did it here. */
  by: v.optional(Id),
  reason: v.optional(v.string()),
  source: Source,
});
export type Move = v.InferOutput<typeof Move>;
