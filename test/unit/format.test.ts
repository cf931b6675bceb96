import { beforeAll, expect, test } from 'vitest';
import { age, daysBetween, due, localInput, when } from '../../utils/format.ts';
import { speakEnglish } from '../screens/speak.ts';

beforeAll(speakEnglish);

/** Local time, as people mean it. */
const at = (text: string) => new Date(text).getTime();
const NOW = at('2026-11-22T10:30');

test.each([
  ['2026-11-22T10:30', 'now'],
  ['2026-11-22T10:29:48', '12 sec ago'],
  ['2026-11-22T10:18', '12 minutes ago'],
  ['2026-11-22T07:30', '3 hours ago'],
  ['2026-11-20T10:30', '2 days ago'],
  ['2026-11-22T11:00', 'now'], // Clocks differ: nothing is from the future.
])('age of %s is %s', (time, words) => {
  expect(age(at(time), NOW)).toBe(words);
});

test.each([
  ['2026-11-22T10:29:48', 'now'],
  ['2026-11-22T10:18', '12 minutes ago'],
  ['2026-11-22T00:05', '10 hours ago'],
  ['2026-11-21T23:55', 'yesterday'],
  ['2026-11-20T09:00', '2 days ago'],
  ['2026-11-06T09:00', '6 Nov'],
  ['2025-11-06T09:00', '6 Nov 2025'],
  ['2026-11-22T15:00', 'today 15:00'],
  ['2026-11-23T09:00', 'tomorrow 09:00'],
  ['2026-11-26T09:00', 'Thu 09:00'],
  ['2026-12-24T09:00', '24 Dec'],
  ['2027-01-05T09:00', '5 Jan 2027'],
])('%s is %s', (time, words) => {
  expect(when(at(time), NOW)).toBe(words);
});

test.each([
  ['2026-11-22', 'today'],
  ['2026-11-23', 'tomorrow'],
  ['2026-11-21', 'yesterday'],
  ['2026-11-25', 'in 3 days'],
  ['2026-12-24', '24 Dec'],
])('%s is due %s', (day, words) => {
  expect(due(day, NOW)).toBe(words);
});

test('days are calendar days, also over a change of the clocks', () => {
  expect(daysBetween(at('2026-10-24T23:59'), at('2026-10-25T00:01'))).toBe(1);
  expect(daysBetween(at('2026-10-24T12:00'), at('2026-10-26T12:00'))).toBe(2);
});

test('a local time comes back from its field', () => {
  expect(localInput(NOW)).toBe('2026-11-22T10:30');
});
