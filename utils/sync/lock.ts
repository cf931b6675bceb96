import type { Meta } from '../replica/disk.ts';

const DAY = 24 * 3_600_000;
/** Days, where the server has not said. */
const LOCK_DAYS = 14;

/** Whether a copy has not met its server for so long that nothing of it may be shown. `now`: ms since epoch. */
export function isLocked({ locked, inStepAt, lockDays = LOCK_DAYS }: Meta, now: number): boolean {
  return locked === true || (inStepAt !== undefined && now - inStepAt > lockDays * DAY);
}
