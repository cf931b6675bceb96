import { Id } from '../../utils/contract/base.ts';
import type { Ask } from './sweep-rules.ts';

/** A request with the other of each pair in place of the one. */
export const swapped = (ask: Ask, pairs: [string, string][]): Ask =>
  JSON.parse(pairs.reduce((text, [own, theirs]) => text.replaceAll(own, theirs), JSON.stringify(ask)));

/** As much of a schema as it takes to find ids in it. */
export interface Inner {
  type: string;
  wrapped?: Inner;
  entries?: Record<string, Inner>;
}

/** Names of a schema's fields that hold an id. */
export function idFields(entries: Record<string, Inner>): string[] {
  return Object.entries(entries).flatMap(([name, field]) => {
    let inner = field;
    while (inner.wrapped) inner = inner.wrapped;
    if (inner.entries) return idFields(inner.entries);
    return inner === Id ? [name] : [];
  });
}
