import type { VendorExport } from './exports/types.ts';
import { guessField } from './fields.ts';
import { type Inspected, inspect } from './inspect.ts';
import { guessMapping, type Mapping } from './mapping.ts';
import { type Plan, planOf, timePlaces } from './plan.ts';
import { openTable, type Table } from './read.ts';
import { recognise } from './recognise.ts';
import { ImportRefusal } from './refusal.ts';
import { type DateOrder, findOrder } from './times.ts';

/** A file that is ready to be imported. */
export interface Prepared {
  file: Inspected;
  table: Table;
  plan: Plan;
  /** Its dates can be read in two ways, and nothing says which. */
  unsureDates: boolean;
}

export type Choice = { vendor: VendorExport } | { mapping: Mapping; name: string };

/** Nobody's export, and no mapping given: carries a mapping to start from. */
export class Unrecognised extends ImportRefusal {
  readonly header: readonly string[];
  readonly guess: Mapping;

  constructor(path: string, header: readonly string[], vendor?: string) {
    const whose = vendor === undefined ? 'any export that is known' : `an export of ${vendor}`;
    super(`${path} does not have the columns of ${whose}.`);
    this.header = header;
    this.guess = guessMapping(header);
  }
}

/**
 * Looks at a file and settles how it is read.
 * @param choose asked for a mapping with the column names; without one the columns must be a vendor's
 * @param as only exports of this vendor
 * @throws ImportRefusal with what to do
 */
export async function prepare(
  path: string,
  choose: (header: readonly string[]) => Promise<{ mapping: Mapping; name: string } | undefined>,
  as?: string,
): Promise<Prepared> {
  const file = await inspect(path);
  const table = await openTable(file);
  const vendor = recognise(table.header, as);
  const choice: Choice | undefined = (await choose(table.header)) ?? (vendor && { vendor });
  if (choice === undefined) {
    const [only = '', ...more] = table.header;
    // A letter, a log or a list of words: asking for a mapping would not help.
    if (more.length === 0 && guessField(only) === undefined)
      throw new ImportRefusal(
        `${path} is not a table: its first line has one column, and no name that is known. Export the list as CSV, with column names in its first line.`,
      );
    throw new Unrecognised(path, table.header, as);
  }
  const found = await findDateOrder(table, planOf(table.header, choice, undefined));
  const plan = planOf(table.header, choice, found.order);
  const given = 'mapping' in choice && choice.mapping.dateFormat !== undefined;
  return { file, table, plan, unsureDates: found.unsure && !given };
}

const SAMPLE_ROWS = 5000;

async function findDateOrder(table: Table, plan: Plan): Promise<{ order?: DateOrder; unsure: boolean }> {
  const places = timePlaces(plan);
  if (places.length === 0) return { unsure: false };
  const values: string[] = [];
  let rows = 0;
  for await (const { records } of table.rows()) {
    for (const record of records)
      if ('cells' in record) values.push(...places.flatMap((place) => record.cells[place] ?? []));
    rows += records.length;
    if (rows >= SAMPLE_ROWS) break;
  }
  const order = findOrder(values);
  if (order !== undefined) return { order, unsure: false };
  return { unsure: values.some((value) => /^\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}/.test(value)) };
}
