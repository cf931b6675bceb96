import { Id, Instant, text, z } from './base.ts';

/** Why somebody was erased; words of one's own could name them again. */
export const EraseReason = z.enum(['asked', 'wrong', 'other']);
export type EraseReason = z.infer<typeof EraseReason>;

/** `POST /v1/export`: lead or admin. Answers `ContactExport`. */
export const ExportRequest = z.object({ contactId: Id });

const Row = z.record(z.string(), z.unknown());

/** Everything the server holds of one person. Ids of members, stages and campaigns have their names beside them. */
export const ContactExport = z.object({
  format: z.literal('truce-contact-1'),
  exportedAt: Instant,
  workspace: z.string(),
  contact: Row,
  /** What else is held, by kind: `identities`, `touches`, `notes` and so on. */
  held: z.record(z.string(), z.array(Row)),
  /** What is held in a form that one cannot read: how much of it, and what it is for. */
  derived: z.record(z.string(), z.object({ count: z.int(), what: z.string() })),
});
export type ContactExport = z.infer<typeof ContactExport>;

/** `POST /v1/erase`: lead or admin; for good. `erased` is false when they were gone already. */
export const EraseRequest = z.object({ contactId: Id, reason: z.optional(EraseReason) });
export const EraseAnswer = z.object({ erased: z.boolean() });

/** `POST /v1/suppression/lift`: admin. An address or a LinkedIn or X profile. `lifted`: it was suppressed. */
export const LiftRequest = z.object({ address: text(320) });
export const LiftAnswer = z.object({ lifted: z.boolean() });

const months = z.int().check(z.positive(), z.lte(600));

/** How long things are kept; `null`: for ever. `GET /v1/retention`, and `POST` by an admin. */
export const Retention = z.object({
  /** Touches and campaign history older than this go. */
  historyMonths: z.nullable(months),
  /** Contacts without any activity for so long go, save those who must not be contacted. */
  idleMonths: z.nullable(months),
  auditMonths: months,
  /** For how long a browser may be away and catch up without starting over. */
  feedDays: z.int().check(z.gte(14), z.lte(3650)),
});
export type Retention = z.infer<typeof Retention>;
