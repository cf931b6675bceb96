import * as v from 'valibot';
import { Id, Instant, Int, record, text } from './base.ts';

/** Why somebody was erased; words of one's own could name them again. */
export const EraseReason = v.picklist(['asked', 'wrong', 'other']);
export type EraseReason = v.InferOutput<typeof EraseReason>;

/** `POST /v1/export`: lead or admin. Answers `ContactExport`. */
export const ExportRequest = v.object({ contactId: Id });

const Row = record(v.unknown());

/** Everything the server holds of one person. Ids of members, stages and campaigns have their names beside them. */
export const ContactExport = v.object({
  format: v.literal('truce-contact-1'),
  exportedAt: Instant,
  workspace: v.string(),
  contact: Row,
  /** What else is held, by kind: `identities`, `touches`, `notes` and so on. */
  held: record(v.array(Row)),
  /** What is held in a form that one cannot read: how much of it, and what it is for. */
  derived: record(v.object({ count: Int, what: v.string() })),
});
export type ContactExport = v.InferOutput<typeof ContactExport>;

/** `POST /v1/erase`: lead or admin; for good. `erased` is false when they were gone already. */
export const EraseRequest = v.object({ contactId: Id, reason: v.optional(EraseReason) });
export const EraseAnswer = v.object({ erased: v.boolean() });

/** `POST /v1/suppression/lift`: admin. An address, or a profile on any network. `lifted`: it was suppressed. */
export const LiftRequest = v.object({ address: text(320) });
export const LiftAnswer = v.object({ lifted: v.boolean() });

const months = v.pipe(Int, v.minValue(1), v.maxValue(600));

/** How long things are kept; `null`: for ever. `GET /v1/retention`, and `POST` by an admin. */
export const Retention = v.object({
  /** Touches, campaign history and moves between stages older than this go. */
  historyMonths: v.nullable(months),
  /** Contacts without any activity for so long go, save those who must not be contacted. */
  idleMonths: v.nullable(months),
  auditMonths: months,
  /** For how long a browser may be away and catch up without starting over. */
  feedDays: v.pipe(Int, v.minValue(14), v.maxValue(3650)),
});
export type Retention = v.InferOutput<typeof Retention>;
