import { locale } from './i18n.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const dates = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

function date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()}${JSON.stringify(options)}`;
  const found = dates.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  dates.set(key, found);
  return found;
}

function relative(style: 'long' | 'narrow'): Intl.RelativeTimeFormat {
  const key = `${locale()}${style}`;
  const found = relatives.get(key) ?? new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style });
  relatives.set(key, found);
  return found;
}

const CLOCK = { timeStyle: 'short' } as const;

/** Calendar days from `now` to `at` in local time: -1 is yesterday, whatever the hour. */
export function daysBetween(now: number, at: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / DAY);
}

/** `12s ago`, `5 minutes ago`, `3 hours ago`, `2 days ago`. Times in ms since epoch. */
export function age(at: number, now: number): string {
  const past = Math.max(0, now - at);
  if (past < 5 * SECOND) return relative('long').format(0, 'second');
  if (past < MINUTE) return relative('narrow').format(-Math.round(past / SECOND), 'second');
  if (past < HOUR) return relative('long').format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return relative('long').format(-Math.floor(past / HOUR), 'hour');
  return relative('long').format(-Math.floor(past / DAY), 'day');
}

/** When something was or will be, as one would say it: `3 hours ago`, `yesterday`, `tomorrow 09:00`, `6 Nov`. */
export function when(at: number, now: number): string {
  const days = daysBetween(now, at);
  if (at <= now && days === 0) return at > now - MINUTE ? relative('long').format(0, 'second') : age(at, now);
  if (days < 0 && days > -7) return relative('long').format(days, 'day');
  if (days >= 0 && days < 2) return `${relative('long').format(days, 'day')} ${date(CLOCK).format(at)}`;
  if (days >= 2 && days < 7) return `${date({ weekday: 'short' }).format(at)} ${date(CLOCK).format(at)}`;
  return dayOf(at, now);
}

/** `6 Nov`, with the year when it is another one. */
export function dayOf(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return date({ day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }).format(at);
}

/** A calendar day `YYYY-MM-DD`: `today`, `in 3 days`, `6 Nov`. */
export function due(day: string, now: number): string {
  const at = dayStart(day);
  const days = daysBetween(now, at);
  return Math.abs(days) < 7 ? relative('long').format(days, 'day') : dayOf(at, now);
}

/** A calendar day with its year: `24 Dec 2026`. */
export const fullDay = (day: string): string =>
  date({ day: 'numeric', month: 'short', year: 'numeric' }).format(dayStart(day));

/** A day of the week; 0 is Monday. */
export const weekday = (nth: number, style: 'long' | 'short'): string =>
  date({ weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + nth));

/** The first moment of a calendar day in local time, ms since epoch. */
export function dayStart(day: string): number {
  return new Date(`${day}T00:00`).getTime();
}

/** The whole of it, for whoever wants to know exactly: `6 November 2026 at 09:00`. */
export function exact(at: number): string {
  return date({ dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/** Local time as `<input type="datetime-local">` takes it: `2026-11-06T09:00`. */
export function localInput(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return shifted.toISOString().slice(0, 16);
}
