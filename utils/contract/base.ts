import * as z from 'zod/mini';

// Extension pages forbid eval; zod would otherwise probe for it and log a CSP violation.
z.config({ jitless: true });

export { z };

/** UUIDv7, made by whoever creates the row. */
export const Id = z.uuid();

/** ISO 8601 instant with an offset, as PostgreSQL writes `timestamptz` into JSON. */
export const Instant = z.iso.datetime({ offset: true });

/** A calendar day, `YYYY-MM-DD`, without a time zone. */
export const Day = z.iso.date();

/** The workspace's counter: every committed change gets a higher one. Starts at 0. */
export const Version = z.int().check(z.nonnegative());

/** Counts the edits of one record; a command names the one that its author saw. Starts at 1. */
export const Revision = z.int().check(z.positive());

export const Team = z.enum(['sales', 'marketing', 'service', 'both']);
export type Team = z.infer<typeof Team>;

/** Where a value came from. `truce` is what our own users typed. */
export const Source = z.enum([
  'truce',
  'hubspot',
  'salesforce',
  'pipedrive',
  'mailchimp',
  'superoffice',
  'csv',
]);
export type Source = z.infer<typeof Source>;

/** Text a person typed: trimmed, 1 to `max` UTF-16 units. */
export const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/** An `https:` or `http:` address; anything else (`javascript:`, `data:`) is refused. */
export const Link = z.url({ protocol: /^https?$/ }).check(z.maxLength(2000));

/** A record of another system that says the same: `url` opens it there. */
export const SourceRecord = z.object({
  source: Source,
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  url: z.optional(Link),
});
export type SourceRecord = z.infer<typeof SourceRecord>;
