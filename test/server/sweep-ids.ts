import type { Ask } from './sweep-rules.ts';

/** A request with the other of each pair in place of the one. */
export const swapped = (ask: Ask, pairs: [string, string][]): Ask =>
  JSON.parse(pairs.reduce((text, [own, theirs]) => text.replaceAll(own, theirs), JSON.stringify(ask)));

/** As much of a schema as it takes to find ids in it. */
export interface Inner {
  _zod: { def: { type: string; format?: string; innerType?: Inner; shape?: Record<string, Inner> } };
}

/** Names of a schema's fields that hold an id. */
export function idFields(shape: Record<string, Inner>): string[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    let { def } = field._zod;
    while (def.innerType) def = def.innerType._zod.def;
    if (def.shape) return idFields(def.shape);
    return def.format === 'uuid' || def.format === 'guid' ? [name] : [];
  });
}
