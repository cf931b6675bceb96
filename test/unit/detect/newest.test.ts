import { expect, test } from 'vitest';
import { newestOf } from '../../../utils/detect/newest.ts';

test.each([
  [['Mon 09/11/2026 15:00', 'Tue 10/11/2026 9:00'], 1],
  [['Tue 11/10/2026 3:00 PM', 'Tue 11/10/2026 10:00 AM'], 0],
  [['Tue 11/10/2026 12:30 AM', 'Tue 11/10/2026 1:10 AM'], 1],
  [['Mo 09.11.2026 15:00', 'Fr 13.11.2026 8:15', 'Do 12.11.2026 8:15'], 1],
  [['2026/11/09 (月) 15:00', '2026/11/10 (火) 9:00'], 1],
  [['2026/11/09 午後3:00', '2026/11/09 午前9:00'], 0],
  [['2026-11-09T15:00:00Z', '2026-11-09T15:01:00Z'], 1],
  [['November 13, 2026 8:15 AM', 'November 12, 2026 9:15 AM'], 0],
  [['13/11/2026 8:15'], 0],
])('of %j the latest is at %i', (dates, place) => {
  expect(newestOf(dates)).toBe(place);
});

test.each([
  [['it depends on what comes first', '01/02/2026 15:00', '02/01/2026 15:00'].slice(1)],
  [['two at the same time', '13/11/2026 15:00', '13/11/2026 15:00'].slice(1)],
  [['one that cannot be read', '13/11/2026 15:00', 'gestern'].slice(1)],
  [['a time without its day', '8:15', '9:15'].slice(1)],
  [[]],
])('of %j none is', (dates) => {
  expect(newestOf(dates)).toBeUndefined();
});
