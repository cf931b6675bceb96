import type { MembershipState } from '../../utils/contract/campaign.ts';
import type { VendorExport } from './exports/types.ts';
import { type Field, isField, plain } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { DateOrder } from './times.ts';

/** How the rows of one file are read. */
export interface Plan {
  /** As people call it: `HubSpot contacts`. */
  label: string;
  source: VendorExport['source'];
  subject: VendorExport['subject'];
  /** Width of the table. */
  width: number;
  /** Places of the columns that hold a field, the best first. */
  places: Map<Field, number[]>;
  header: readonly string[];
  separator: RegExp;
  defaults: Partial<Record<Field, string>>;
  memberState?: MembershipState;
  /** By plain value. */
  stages: Map<string, string>;
  dateOrder: DateOrder;
  footer: boolean;
}

export function planOf(
  header: readonly string[],
  from: { vendor: VendorExport } | { mapping: Mapping; name: string },
  dateOrder: DateOrder | undefined,
): Plan {
  const given = 'vendor' in from ? from.vendor : from.mapping;
  const vendor = 'vendor' in from ? from.vendor : undefined;
  return {
    label: 'vendor' in from ? from.vendor.label : `mapping ${from.name}`,
    source: given.source,
    subject: given.subject,
    width: header.length,
    places: findPlaces(header, given.columns),
    header,
    separator: vendor?.separator ?? /;/,
    defaults: given.defaults ?? {},
    ...(vendor?.memberState && { memberState: vendor.memberState }),
    stages: new Map(Object.entries(given.stages ?? {}).map(([value, stage]) => [plain(value), stage])),
    dateOrder: ('mapping' in from ? from.mapping.dateFormat : undefined) ?? dateOrder ?? 'mdy',
    footer: vendor?.footer ?? false,
  };
}

/** In the order in which the columns are declared: the first that is filled counts. */
function findPlaces(header: readonly string[], columns: Record<string, Field | ''>): Map<Field, number[]> {
  const places = new Map<Field, number[]>();
  const named = header.map(plain);
  for (const [column, field] of Object.entries(columns)) {
    if (!isField(field)) continue;
    const wanted = plain(column);
    for (const [place, name] of named.entries())
      if (name === wanted) places.set(field, [...(places.get(field) ?? []), place]);
  }
  return places;
}

/** Columns of times, for telling the order of day and month. */
export function timePlaces(plan: Plan): number[] {
  const fields: Field[] = ['createdAt', 'changedAt', 'lastActivityAt', 'consentAt', 'memberAt'];
  return fields.flatMap((field) => plan.places.get(field) ?? []);
}
