import * as v from 'valibot';
import { type Provenance, SAID_MAX, Said } from '../../../utils/contract/contact.ts';

/**
 * The provenance of a field that says whether somebody may be contacted, with what held before, newest first.
 * @param value what held before; null when nothing did
 */
export function restate(
  before: Provenance | undefined,
  value: string | boolean | null,
  now: Omit<Provenance, 'before'>,
): Provenance {
  if (!before) return now;
  const { before: earlier = [], ...said } = before;
  const held = v.is(Said.entries.value, value) ? value : undefined;
  const last: Said = { ...(held !== undefined && { value: held }), ...said };
  return { ...now, before: [last, ...earlier].slice(0, SAID_MAX) };
}
