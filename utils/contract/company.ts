import { Id, Revision, SourceRecord, z } from './base.ts';

/** A shared record, fetched with the cards that name it. */
export const Company = z.object({
  id: Id,
  name: z.string(),
  /** Normal form (punycode, lower case), never a free-mail domain. */
  domains: z.array(z.string()),
  industry: z.optional(z.string()),
  /** Number of people, as the source words it: `200-1,000`. */
  size: z.optional(z.string()),
  website: z.optional(z.string()),
  ownerId: z.optional(Id),
  records: z.array(SourceRecord),
  revision: Revision,
});
export type Company = z.infer<typeof Company>;
