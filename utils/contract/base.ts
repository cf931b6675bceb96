import * as v from 'valibot';

/** UUID of RFC 9562, versions 1 to 8, and the two that are all zeros and all ones. */
const UUID =
  /^(?:[\da-fA-F]{8}-[\da-fA-F]{4}-[1-8][\da-fA-F]{3}-[89abAB][\da-fA-F]{3}-[\da-fA-F]{12}|(?:0{8}-(?:0{4}-){3}0{12})|(?:f{8}-(?:f{4}-){3}f{12}))$/;
const LEAP_DAY = '(?:\\d\\d(?:[2468][048]|[13579][26]|0[48])|(?:[02468][048]|[13579][26])00)-02-29';
const OTHER_DAY =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const DAY = `(?:${LEAP_DAY}|${OTHER_DAY})`;
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';

/** UUIDv7, made by whoever creates the row. */
export const Id = v.pipe(v.string(), v.regex(UUID));

/** ISO 8601 instant with an offset, as PostgreSQL writes `timestamptz` into JSON. */
export const Instant = v.pipe(
  v.string(),
  v.regex(new RegExp(`^${DAY}T${TIME}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${TIME})$`)),
);

/** A calendar day, `YYYY-MM-DD`, without a time zone. */
export const Day = v.pipe(v.string(), v.regex(new RegExp(`^${DAY}$`)));

/** A whole number that a double holds exactly. */
export const Int = v.pipe(v.number(), v.safeInteger());

/** The workspace's counter: every committed change gets a higher one. Starts at 0. */
export const Version = v.pipe(Int, v.minValue(0));

/** Counts the edits of one record; a command names the one that its author saw. Starts at 1. */
export const Revision = v.pipe(Int, v.minValue(1));

export const Team = v.picklist(['sales', 'marketing', 'service', 'both']);
export type Team = v.InferOutput<typeof Team>;

/** Where a value came from. `truce` is what our own users typed. */
export const Source = v.picklist([
  'truce',
  'hubspot',
  'salesforce',
  'pipedrive',
  'mailchimp',
  'superoffice',
  'csv',
]);
export type Source = v.InferOutput<typeof Source>;

/** Text a person typed: trimmed, 1 to `max` UTF-16 units. */
export const text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));

/**
 * An `https:` or `http:` address, without the blanks and line breaks that URL parsers leave out; anything else
 * (`javascript:`, `data:`) is refused.
 */
export const WebAddress = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^https?:\/\//i),
  v.transform((address) => address.replace(/[\t\n\r]/g, '')),
  v.url(),
);
export const Link = v.pipe(WebAddress, v.maxLength(2000));

/** A record of another system that says the same: `url` opens it there. */
export const SourceRecord = v.object({
  source: Source,
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  url: v.optional(Link),
});
export type SourceRecord = v.InferOutput<typeof SourceRecord>;

/** Whatever keys there are, each with such a value. A list is none. */
export const record = <V extends v.GenericSchema>(value: V) =>
  v.pipe(
    v.custom<object>((given) => !Array.isArray(given)),
    v.record(v.string(), value),
  );

/** The value as the schema reads it; undefined when it cannot be read so. */
export function readAs<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | undefined {
  const read = v.safeParse(schema, value);
  return read.success ? read.output : undefined;
}
