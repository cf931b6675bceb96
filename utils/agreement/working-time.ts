import { TZDateMini } from '@date-fns/tz/date/mini';
import { hasWorkingTime, type Shift, type WorkingCalendar } from '../contract/calendar.ts';

export const HOUR = 3_600_000;

/** Days looked through for working time: a year of holidays, and then some. */
const HORIZON = 800;

/** A stretch of working time, ms since epoch. */
type Stretch = [from: number, to: number];

/**
 * The instant at which so much working time has passed. Without any left to do it is `from` itself.
 * @param from ms since epoch
 * @param ms of working time, as it passes: an hour that the clocks skip or repeat counts as it is lived
 * @throws {RangeError} when the calendar has not so much working time within two years
 */
export function addWorking(from: number, ms: number, calendar: WorkingCalendar): number {
  let left = ms;
  if (left <= 0) return from;
  for (const [start, end] of stretches(from, calendar)) {
    const begin = Math.max(start, from);
    if (begin + left <= end) return begin + left;
    left -= Math.max(0, end - begin);
  }
  throw new RangeError('[working-time] the calendar has no working time');
}

/** Working time in ms from one instant to a later one; 0 when it is not later. */
export function workingBetween(from: number, to: number, calendar: WorkingCalendar): number {
  let sum = 0;
  for (const [start, end] of stretches(from, calendar)) {
    if (start >= to) break;
    sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
  return sum;
}

/** Whether the team works at this instant, ms since epoch. */
export function isWorking(at: number, calendar: WorkingCalendar): boolean {
  const [first] = stretches(at, calendar);
  return first !== undefined && first[0] <= at;
}

/** The calendar's stretches that end after an instant, in order. */
function* stretches(from: number, calendar: WorkingCalendar): Generator<Stretch> {
  if (!hasWorkingTime(calendar)) return;
  const { zone, week } = calendar;
  const holidays = new Set(calendar.holidays);
  const first = new TZDateMini(from, zone);
  const [year, month, day] = [first.getFullYear(), first.getMonth(), first.getDate()];
  for (let days = 0; days < HORIZON; days++) {
    // A day of the calendar, which has no zone: counted on in UTC, where every day is as long.
    const on = new Date(Date.UTC(year, month, day + days));
    if (holidays.has(on.toISOString().slice(0, 10))) continue;
    for (const shift of week[(on.getUTCDay() + 6) % 7] ?? []) {
      const [start, end] = lived(on, shift, zone);
      if (end > from && end > start) yield [start, end];
    }
  }
}

/** When a shift of that day begins and ends in the zone. */
function lived(on: Date, { from, to }: Shift, zone: string): Stretch {
  const at = (clock: string) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    return +new TZDateMini(on.getUTCFullYear(), on.getUTCMonth(), on.getUTCDate(), hours, minutes, zone);
  };
  return [at(from), at(to)];
}
