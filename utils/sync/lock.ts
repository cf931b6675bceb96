import type { Meta } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';

const DAY = 24 * 3_600_000;
/** Days, where the server has not said. */
const LOCK_DAYS = 14;
/** ms of being without its server after which a copy notes how long it has been. */
const COUNT_EVERY = 3_600_000;

/** ms since the copy met its server, as far as was noted. A clock that is set back takes nothing off it. */
export function awayFor({ inStepAt, away }: Meta, now: number): number {
  if (inStepAt === undefined) return 0;
  const { ms, at } = away ?? { ms: 0, at: inStepAt };
  return ms + Math.max(0, now - at);
}

/** Whether a copy has not met its server for so long that nothing of it may be shown. `now`: ms since epoch. */
export function isLocked(meta: Meta, now: number): boolean {
  return meta.locked === true || awayFor(meta, now) > (meta.lockDays ?? LOCK_DAYS) * DAY;
}

/**
 * Notes where a copy stands, before it asks its server. Once locked, it stays so until it is in step, whatever the
 * clock says then; and how long it has been away is noted now and then, and when the clock was set back.
 * @returns whether it has just locked
 */
export async function noteLock(replica: Pick<Replica, 'meta' | 'write'>, now: number): Promise<boolean> {
  const { meta } = replica;
  if (meta.locked) return false;
  const locked = isLocked(meta, now);
  const at = meta.away?.at ?? meta.inStepAt;
  if (locked) await replica.write({ meta: { ...meta, locked } });
  else if (at !== undefined && (now < at || now - at >= COUNT_EVERY)) {
    await replica.write({ meta: { ...meta, away: { ms: awayFor(meta, now), at: now } } });
  }
  return locked;
}
