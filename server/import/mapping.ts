import * as v from 'valibot';
import { record } from '../../utils/contract/base.ts';
import { type Field, FieldName, guessField, plain, REPEATABLE } from './fields.ts';
import { ImportRefusal } from './refusal.ts';

/** Everybody but `truce`: nothing that a file says was typed in Truce. */
const VendorSource = v.picklist(['hubspot', 'salesforce', 'pipedrive', 'mailchimp', 'superoffice', 'csv']);

/** What a file's columns hold, as a user writes it down. A column that is empty or absent is left out. */
export const Mapping = v.strictObject({
  subject: v.optional(v.picklist(['contacts', 'companies']), 'contacts'),
  source: v.optional(VendorSource, 'csv'),
  columns: record(v.union([FieldName, v.literal('')])),
  dateFormat: v.optional(v.picklist(['ymd', 'mdy', 'dmy'])),
  defaults: v.optional(v.record(FieldName, v.string())),
  stages: v.optional(record(v.string())),
});
export type Mapping = v.InferOutput<typeof Mapping>;

/** @param name where it comes from, for the message. @throws ImportRefusal with what is wrong */
export function parseMapping(text: string, name: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ImportRefusal(`The mapping ${name} is not valid JSON. Check its commas and quotes.`, { cause });
  }
  const parsed = v.safeParse(Mapping, json);
  if (parsed.success) return parsed.output;
  const wrong = parsed.issues.map(wherein).join(', ');
  throw new ImportRefusal(
    `The mapping ${name} cannot be used. Wrong: ${wrong}. Fields a column can hold: ${FieldName.options.join(', ')}.`,
  );
}

const wherein = ({ path }: v.BaseIssue<unknown>): string =>
  path?.map(({ key }) => String(key)).join(' › ') ?? 'the whole';

/** A mapping ready to be edited, with what could be guessed from the column names. */
export function guessMapping(header: readonly string[]): Mapping {
  const used = new Set<Field>();
  const columns: Mapping['columns'] = {};
  for (const column of header) {
    const field = guessField(column);
    const free = field !== undefined && (REPEATABLE.has(field) || !used.has(field));
    columns[column] = free ? field : '';
    if (field !== undefined) used.add(field);
  }
  return { subject: 'contacts', source: 'csv', columns };
}

/** Whether every column that the mapping names is there. */
export function fits(mapping: Mapping, header: readonly string[]): boolean {
  const columns = new Set(header.map(plain));
  return missing(mapping, columns).length === 0;
}

export function checkColumns(mapping: Mapping, header: readonly string[], name: string): void {
  const gone = missing(mapping, new Set(header.map(plain)));
  if (gone.length === 0) return;
  throw new ImportRefusal(
    `The mapping ${name} names columns that the file does not have: ${gone.join(', ')}.\nThe file has: ${header.join(', ')}.`,
  );
}

function missing(mapping: Mapping, columns: Set<string>): string[] {
  const named = Object.entries(mapping.columns).filter(([, field]) => field !== '');
  return named.map(([column]) => column).filter((column) => !columns.has(plain(column)));
}
