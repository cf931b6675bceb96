import * as v from 'valibot';
import { Id, Instant, Link, Source } from './base.ts';

/** A sale in hand, as the CRM has it. */
export const Deal = v.object({
  id: Id,
  name: v.string(),
  open: v.boolean(),
  /** Where it stands, in the words of its source. */
  stage: v.optional(v.string()),
  /** Of the definitions of kind `sale`. */
  saleTypeId: v.optional(Id),
  ownerId: v.optional(Id),
  /** When it last changed. */
  at: Instant,
  link: v.optional(Link),
  source: Source,
});
export type Deal = v.InferOutput<typeof Deal>;
