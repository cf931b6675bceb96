import { now } from '../utils/now.ts';
import type { Connection } from '../utils/view.ts';

/** ms after which what is shown is old, whatever the connection seems to be. */
const STALE = 120_000;

/** Whether the copy was last in step so long ago that it has to be said. */
export function isStale({ inStepAt }: Connection): boolean {
  return inStepAt !== undefined && now.value - inStepAt > STALE;
}
