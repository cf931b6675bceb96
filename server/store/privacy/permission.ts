import { type Provenance, SAID_MAX, type Said } from '../../../utils/contract/contact.ts';

/** The fields that say whether somebody may be contacted: what was said of them before is kept. */
export const PERMISSIONS = ['consent', 'doNotContact'] as const;

/**
 * The provenance of a field that says whether somebody may be contacted, with what held before, newest first.
 * @param value what held before; undefined when nothing did
 */
export function restate(
  before: Provenance | undefined,
  value: Said['value'] | null,
  now: Omit<Provenance, 'before'>,
): Provenance {
  if (!before) return now;
  const { before: earlier = [], ...said } = before;
  const last: Said = { ...(value !== null && value !== undefined && { value }), ...said };
  return { ...now, before: [last, ...earlier].slice(0, SAID_MAX) };
}
