import { EXPORTS } from './exports/index.ts';
import type { VendorExport } from './exports/types.ts';
import { plain } from './fields.ts';

/**
 * Which vendor's export has these columns.
 * @param vendor only exports of this one
 */
export function recognise(header: readonly string[], vendor?: string): VendorExport | undefined {
  const columns = new Set(header.map(plain));
  const has = (name: string) => columns.has(plain(name));
  const known = (candidate: VendorExport) => Object.keys(candidate.columns).filter(has).length;
  return EXPORTS.filter(
    (candidate) =>
      (vendor === undefined || candidate.source === vendor) &&
      candidate.marks.every((group) => group.some(has)) &&
      !candidate.without?.some(has),
  ).sort((a, b) => known(b) - known(a))[0];
}
