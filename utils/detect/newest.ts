/** `Mon 09/11/2026 15:00`, `2026/11/9 15:00`, `9.11.2026, 3:00 PM`: numbers first, for people or machines. */
const WRITTEN = /(\d{1,4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,4})\D{1,12}?(\d{1,2})[:.](\d{2})/;
const HALVES = /([ap])\.?\s?m\b|(午前|上午|오전)|(午後|下午|오후)/i;

/** What a date may mean, in minutes: with the day first, and with the month first. Neither, when it is none. */
type Meanings = [dayFirst: number | undefined, monthFirst: number | undefined];

function minutes(year: number, month: number, day: number, hour: number, minute: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23) return undefined;
  return Date.UTC(year < 100 ? year + 2000 : year, month - 1, day, hour, minute) / 60_000;
}

function meaningsOf(text: string): Meanings {
  const [, a = '', b = '', c = '', clock = '', minute = ''] = WRITTEN.exec(text) ?? [];
  if (a === '') {
    // `November 9, 2026 3:00 PM`, and what else the browser can read.
    const at = /\d{4}.*\d:\d\d/s.test(text) ? Date.parse(text) / 60_000 : Number.NaN;
    return Number.isNaN(at) ? [undefined, undefined] : [at, at];
  }
  const [, half, morning, evening] = HALVES.exec(text) ?? [];
  const late = evening !== undefined || half?.toLowerCase() === 'p';
  const twelve = late || morning !== undefined || half !== undefined;
  const hour = twelve ? (Number(clock) % 12) + (late ? 12 : 0) : Number(clock);
  const [x, y, z, m] = [a, b, c, minute].map(Number) as [number, number, number, number];
  if (a.length > 2) {
    const at = minutes(x, y, z, hour, m);
    return [at, at];
  }
  return [minutes(z, y, x, hour, m), minutes(z, x, y, hour, m)];
}

/**
 * Which of several dates, as a page writes them in one language, is the latest: its place among them. Undefined where
 * one cannot be read, or two are the same, or where it depends on whether the day or the month comes first.
 */
export function newestOf(dates: readonly string[]): number | undefined {
  const meanings = dates.map((text) => meaningsOf(text.slice(0, 200)));
  const places = [0, 1].flatMap((way) => {
    const times = meanings.flatMap((one) => one[way] ?? []);
    if (times.length < dates.length) return [];
    const last = Math.max(...times);
    return times.indexOf(last) === times.lastIndexOf(last) ? times.indexOf(last) : -1;
  });
  const [place] = places;
  return place === undefined || place < 0 || places.some((one) => one !== place) ? undefined : place;
}
