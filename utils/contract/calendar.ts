import * as v from 'valibot';
import { Day } from './base.ts';

/** Time of day, `HH:MM`; as an end also `24:00`. */
const Clock = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));
const ClockEnd = v.union([Clock, v.literal('24:00')]);

/** A stretch of working time within one day. */
export const Shift = v.pipe(
  v.object({ from: Clock, to: ClockEnd }),
  v.check(({ from, to }) => from < to),
);
export type Shift = v.InferOutput<typeof Shift>;

/** In order and without overlap. */
const Shifts = v.pipe(
  v.array(Shift),
  v.maxLength(6),
  v.check((shifts) => shifts.every(({ from }, nth) => nth === 0 || (shifts[nth - 1]?.to ?? '') <= from)),
);

/** Name of a zone of the IANA's that this engine knows: `Europe/Oslo`. */
const Zone = v.pipe(
  v.string(),
  v.check((zone) => {
    try {
      return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
    } catch {
      return false;
    }
  }),
);

/** Holidays at most: years ahead, of several countries. */
export const HOLIDAYS_MAX = 500;

/** When the team works. */
export const WorkingCalendar = v.object({
  zone: Zone,
  /** Monday first; an empty list is a day off. */
  week: v.pipe(v.array(Shifts), v.length(7)),
  holidays: v.pipe(v.array(Day), v.maxLength(HOLIDAYS_MAX)),
});
export type WorkingCalendar = v.InferOutput<typeof WorkingCalendar>;

/** Whether there is any working time in it: without, a clock would never end. */
export const hasWorkingTime = ({ week }: WorkingCalendar): boolean => week.some((day) => day.length > 0);
