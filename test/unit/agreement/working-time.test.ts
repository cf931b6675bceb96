import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorking, HOUR, isWorking, workingBetween } from '../../../utils/agreement/working-time.ts';
import { readAs } from '../../../utils/contract/base.ts';
import { WorkingCalendar } from '../../../utils/contract/calendar.ts';

const office = [{ from: '09:00', to: '17:00' }];
const oslo: WorkingCalendar = {
  zone: 'Europe/Oslo',
  week: [office, office, office, office, office, [], []],
  holidays: ['2026-12-24', '2026-12-25'],
};
const at = (text: string) => Date.parse(text);
const due = (from: string, hours: number, calendar = oslo) =>
  new Date(addWorking(at(from), hours * HOUR, calendar)).toISOString();

test.each([
  ['within a day', '2026-11-23T09:00+01:00', 4, '2026-11-23T13:00+01:00'],
  ['to the very end of a day', '2026-11-23T09:00+01:00', 8, '2026-11-23T17:00+01:00'],
  ['from before work', '2026-11-23T05:00+01:00', 1, '2026-11-23T10:00+01:00'],
  ['from after work', '2026-11-23T18:00+01:00', 1, '2026-11-24T10:00+01:00'],
  ['over a night', '2026-11-23T15:00+01:00', 4, '2026-11-24T11:00+01:00'],
  ['over a weekend', '2026-11-27T16:00+01:00', 2, '2026-11-30T10:00+01:00'],
  ['24 hours are three days', '2026-11-23T09:00+01:00', 24, '2026-11-25T17:00+01:00'],
  ['over holidays and a weekend', '2026-12-23T16:00+01:00', 2, '2026-12-28T10:00+01:00'],
  ['nothing to do', '2026-11-28T12:00+01:00', 0, '2026-11-28T12:00+01:00'],
  ['over the end of summer time', '2026-10-23T16:00+02:00', 2, '2026-10-26T10:00+01:00'],
])('%s', (_, from, hours, expected) => {
  expect(due(from, hours)).toBe(new Date(expected).toISOString());
});

const nights = (zone: string): WorkingCalendar => ({
  zone,
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '06:00' }]),
  holidays: [],
});

test('an hour that the clocks skip is not worked, one that they repeat is worked twice', () => {
  const berlin = nights('Europe/Berlin');
  // 29 March: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
  expect(workingBetween(at('2026-03-29T00:00+01:00'), at('2026-03-29T12:00+02:00'), berlin)).toBe(5 * HOUR);
  expect(workingBetween(at('2026-10-25T00:00+02:00'), at('2026-10-25T12:00+01:00'), berlin)).toBe(7 * HOUR);
});

test('a day of a zone far from UTC is that zone’s day', () => {
  const auckland = { ...oslo, zone: 'Pacific/Auckland' };
  expect(isWorking(at('2026-11-22T20:30Z'), auckland)).toBe(true); // Monday, 09:30
  expect(isWorking(at('2026-11-27T20:30Z'), auckland)).toBe(false); // Saturday, 09:30
});

test('the end of a shift is no working time, its begin is', () => {
  expect(isWorking(at('2026-11-23T09:00+01:00'), oslo)).toBe(true);
  expect(isWorking(at('2026-11-23T17:00+01:00'), oslo)).toBe(false);
});

test('a shift up to midnight goes on in the one that follows', () => {
  const round: WorkingCalendar = {
    zone: 'UTC',
    week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
    holidays: [],
  };
  expect(due('2026-11-23T12:00Z', 100, round)).toBe('2026-11-27T16:00:00.000Z');
});

test('without working time there is no end', () => {
  const never = { ...oslo, week: Array.from({ length: 7 }, () => []) };
  expect(() => addWorking(0, HOUR, never)).toThrow(RangeError);
  expect(workingBetween(0, 1e12, never)).toBe(0);
  expect(isWorking(0, never)).toBe(false);
});

describe('for any calendar', () => {
  const minute = fc.integer({ min: 0, max: 1440 });
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const shifts = fc
    .uniqueArray(minute, { maxLength: 6 })
    .map((times) => times.sort((a, b) => a - b))
    .map((times) =>
      times.flatMap((from, nth) => {
        const to = times[nth + 1];
        return nth % 2 === 0 && to !== undefined ? [{ from: clock(from), to: clock(to) }] : [];
      }),
    );
  const calendar = fc
    .record({
      zone: fc.constantFrom(
        'UTC',
        'Europe/Oslo',
        'America/New_York',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
      ),
      week: fc.array(shifts, { minLength: 7, maxLength: 7 }),
      holidays: fc.array(
        fc
          .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
          .map((day) => day.toISOString().slice(0, 10)),
        { maxLength: 20 },
      ),
    })
    .filter(({ week }) => week.some((day) => day.length > 0));
  const instant = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2026-12-31T00:00Z') });
  const span = fc.integer({ min: 1, max: 40 * HOUR });

  test('it is one that the contract takes', () => {
    fc.assert(
      fc.property(calendar, (any) => {
        expect(readAs(WorkingCalendar, any)).toEqual(any);
      }),
    );
  });

  test('the clock runs in working time only', () => {
    fc.assert(
      fc.property(calendar, instant, span, (any, from, ms) => {
        const end = dueOr(from, ms, any);
        if (end === undefined) return;
        expect(workingBetween(from, end, any)).toBe(ms);
        // The last of it was worked: it did not end in time off.
        expect(isWorking(end - 1, any)).toBe(true);
        expect(end).toBeGreaterThanOrEqual(from + ms);
      }),
    );
  });

  test('it can be stopped and go on anywhere', () => {
    fc.assert(
      fc.property(calendar, instant, span, span, (any, from, one, two) => {
        const half = dueOr(from, one, any);
        const whole = dueOr(from, one + two, any);
        if (half === undefined || whole === undefined) return;
        expect(dueOr(half, two, any)).toBe(whole);
        expect(workingBetween(from, half, any) + workingBetween(half, whole, any)).toBe(one + two);
      }),
    );
  });

  /** Undefined where a sparse week has not so much of it within two years. */
  function dueOr(from: number, ms: number, any: WorkingCalendar): number | undefined {
    try {
      return addWorking(from, ms, any);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
});

test.each([
  ['overlapping shifts', { week: [[...office, { from: '16:00', to: '18:00' }], [], [], [], [], [], []] }],
  [
    'a shift that ends before it begins',
    { week: [[{ from: '17:00', to: '09:00' }], [], [], [], [], [], []] },
  ],
  ['a week of six days', { week: [office, [], [], [], [], []] }],
  ['no such zone', { zone: 'Europe/Atlantis' }],
  ['no such day', { holidays: ['2026-02-30'] }],
])('the contract does not take %s', (_, wrong) => {
  expect(readAs(WorkingCalendar, { ...oslo, ...wrong })).toBeUndefined();
});
