import { Id, Instant, Revision, Source, SourceRecord, z } from './base.ts';

export const Consent = z.enum(['granted', 'denied', 'unknown']);

/** What was said of `consent` or `doNotContact` before. */
export const Said = z.object({
  value: z.optional(z.union([Consent, z.boolean()])),
  source: Source,
  at: Instant,
  by: z.optional(Id),
  reason: z.optional(z.string()),
});
export type Said = z.infer<typeof Said>;

/** How many earlier statements are kept of one field. */
export const SAID_MAX = 20;

/** Source and time of one field's value. */
export const Provenance = z.object({
  source: Source,
  at: Instant,
  /** Of `consent` and `doNotContact`: the member who said so here, why, and what held before, newest first. */
  by: z.optional(Id),
  reason: z.optional(z.string()),
  before: z.optional(z.array(Said)),
});
export type Provenance = z.infer<typeof Provenance>;

export const Contact = z.object({
  id: Id,
  name: z.string(),
  title: z.optional(z.string()),
  companyId: z.optional(Id),
  ownerId: z.optional(Id),
  stageId: z.optional(Id),
  /** When the contact came into this stage. */
  stageAt: z.optional(Instant),
  /** Normal forms, the main one first. */
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  /** Profile by network, in the form of its match key without the kind: `in/ann-lee`, `annlee`. */
  linkedin: z.optional(z.string()),
  x: z.optional(z.string()),
  records: z.array(SourceRecord),
  doNotContact: z.optional(z.boolean()),
  consent: z.optional(Consent),
  /** By field name (`name`, `title`, `company`, `owner`, `stage`, `consent`, `doNotContact`). */
  provenance: z.record(z.string(), Provenance),
  revision: Revision,
});
export type Contact = z.infer<typeof Contact>;
