import * as v from 'valibot';
import { Id, Revision, SourceRecord } from './base.ts';

/** A shared record, fetched with the cards that name it. */
export const Company = v.object({
  id: Id,
  name: v.string(),
  /** Normal form (punycode, lower case), never a free-mail domain. */
  domains: v.array(v.string()),
  industry: v.optional(v.string()),
  /** Number of people, as the source words it: `200-1,000`. */
  size: v.optional(v.string()),
  website: v.optional(v.string()),
  ownerId: v.optional(Id),
  records: v.array(SourceRecord),
  revision: Revision,
});
export type Company = v.InferOutput<typeof Company>;
