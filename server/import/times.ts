export type DateOrder = 'ymd' | 'mdy' | 'dmy';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})${CLOCK}$`, 'i');
const WORDS = new RegExp(
  String.raw`^(?:(\d{1,2})[\s.-]+([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\.?\s+(\d{1,2})),?[\s-]+(\d{4})${CLOCK}$`,
  'i',
);

/**
 * Reads a time as exports write it; without a zone it is taken as UTC, without a clock as midnight.
 * @param order of day and month where the year stands last
 * @returns undefined when it is no time
 */
export function readTime(text: string, order: DateOrder): Date | undefined {
  const trimmed = text.trim();
  if (/^\d{13}$/.test(trimmed)) return new Date(Number(trimmed));
  const ymd = YEAR_FIRST.exec(trimmed);
  if (ymd) return timeOf(ymd[1], ymd[2], ymd[3], ymd.slice(4));
  const last = YEAR_LAST.exec(trimmed);
  if (last) {
    const dayFirst = last[2] === '.' || order === 'dmy';
    const year = last[4]?.length === 2 ? `20${last[4]}` : last[4];
    return timeOf(year, dayFirst ? last[3] : last[1], dayFirst ? last[1] : last[3], last.slice(5));
  }
  const words = WORDS.exec(trimmed);
  if (!words) return undefined;
  const month = MONTHS.indexOf((words[2] ?? words[3] ?? '').toLowerCase()) + 1;
  return timeOf(words[5], String(month), words[1] ?? words[4], words.slice(6));
}

type Part = string | undefined;

function timeOf(year: Part, month: Part, day: Part, clock: Part[]): Date | undefined {
  const [hours = '0', minutes = '0', seconds = '0', half, zone] = clock;
  let hour = Number(hours);
  if (half !== undefined) hour = (hour % 12) + (half[0]?.toLowerCase() === 'p' ? 12 : 0);
  const date = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), hour, Number(minutes), Number(seconds)),
  );
  const exact = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!exact || hour > 23 || Number(minutes) > 59) return undefined;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!offset) return date;
  const shift = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? 1 : -1);
  return new Date(date.getTime() + shift * 60_000);
}

/** Tells the order from the values themselves: only a day can be above 12. Undefined when none says. */
export function findOrder(values: Iterable<string>): DateOrder | undefined {
  for (const value of values) {
    const last = YEAR_LAST.exec(value.trim());
    if (!last || last[2] === '.') continue;
    if (Number(last[1]) > 12) return 'dmy';
    if (Number(last[3]) > 12) return 'mdy';
  }
  return undefined;
}
