const DAY = 86_400_000;

/** Times told from a given now, so that the sample never grows old before it is made. */
export interface Clock {
  now: Date;
  /** `days` before now (negative: to come), at this hour and minute UTC; never later today than now. */
  at(days: number, hour?: number, minute?: number): Date;
  /** The same, moved back to a Friday when it falls on a weekend. */
  workday(days: number, hour?: number, minute?: number): Date;
  /** A day as people write it in a note: `4 December`. */
  spoken(days: number): string;
}

export function clockOf(now: Date): Clock {
  const at = (days: number, hour = 9, minute = 0) => {
    const day = new Date(now.getTime() - days * DAY);
    day.setUTCHours(hour, minute, 0, 0);
    return days >= 0 && day > now ? new Date(now.getTime() - 40 * 60_000) : day;
  };
  const workday = (days: number, hour?: number, minute?: number) => {
    const weekday = at(days).getUTCDay();
    return at(days + (weekday === 6 ? 1 : weekday === 0 ? 2 : 0), hour, minute);
  };
  const spoken = (days: number) =>
    at(days).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return { now, at, workday, spoken };
}
