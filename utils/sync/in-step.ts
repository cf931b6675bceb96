import type { Meta } from '../replica/disk.ts';
import { awayFor } from './lock.ts';

/** ms that two clocks may differ without anybody having set one. */
const SLACK = 60_000;

/** When the copy was last in step, by the computer's clock (ms since epoch) and by one that nobody can set (ms). */
export interface Mark {
  at: number;
  steady: number;
}

/**
 * Since when the copy is in step, by the clock as it stands now, ms since epoch; `undefined`: nobody can tell, since
 * the clock was set back meanwhile. Where a clock was set forward, or the computer slept, the copy looks older than
 * it is until it is in step again, and never younger.
 * @param mark of that time, where this background was running then
 */
export function inStepSince(
  meta: Meta,
  mark: Mark | undefined,
  now: number,
  steady: number,
): number | undefined {
  const at = meta.inStepAt;
  if (at === undefined) return undefined;
  const marked = mark?.at === at ? mark : undefined;
  if (!marked && at > now + SLACK) return undefined;
  const elapsed = Math.max(awayFor(meta, now), marked ? steady - marked.steady : 0);
  return elapsed - (now - at) > SLACK ? now - elapsed : at;
}
