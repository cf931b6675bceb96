import * as v from 'valibot';
import { Id, Instant, Revision, record, Source, SourceRecord } from './base.ts';

export const Consent = v.picklist(['granted', 'denied', 'unknown']);
export type Consent = v.InferOutput<typeof Consent>;

/** What was said of `consent` or `doNotContact` before. */
export const Said = v.object({
  value: v.optional(v.union([Consent, v.boolean()])),
  source: Source,
  at: Instant,
  by: v.optional(Id),
  reason: v.optional(v.string()),
});
export type Said = v.InferOutput<typeof Said>;

/** How many earlier statements are kept of one field. */
export const SAID_MAX = 20;

/** Source and time of one field's value. */
export const Provenance = v.object({
  source: Source,
  at: Instant,
  /** Of a profile, `stage`, `consent` and `doNotContact`: the member who said so here; why, and what held before, newest first. */
  by: v.optional(Id),
  reason: v.optional(v.string()),
  before: v.optional(v.array(Said)),
});
export type Provenance = v.InferOutput<typeof Provenance>;

export const Contact = v.object({
  id: Id,
  name: v.string(),
  title: v.optional(v.string()),
  companyId: v.optional(Id),
  ownerId: v.optional(Id),
  stageId: v.optional(Id),
  /** When the contact came into this stage. */
  stageAt: v.optional(Instant),
  leadTypeId: v.optional(Id),
  saleTypeId: v.optional(Id),
  /** Normal forms, the main one first. */
  emails: v.array(v.string()),
  phones: v.array(v.string()),
  /** Profile by network, in the form of its match key without the kind: `in/ann-lee`, `annlee`. */
  linkedin: v.optional(v.string()),
  x: v.optional(v.string()),
  /** Match keys of further profiles: `github:annlee`, `profile:xing.com/profile/ann_lee`, another `linkedin:in/…`. */
  profiles: v.optional(v.array(v.string())),
  records: v.array(SourceRecord),
  doNotContact: v.optional(v.boolean()),
  consent: v.optional(Consent),
  /**
   * By field name (`name`, `title`, `company`, `owner`, `stage`, `leadType`, `saleType`, `consent`, `doNotContact`), and
   * by match key of a profile that a member has said is theirs.
   */
  provenance: record(Provenance),
  revision: Revision,
});
export type Contact = v.InferOutput<typeof Contact>;
