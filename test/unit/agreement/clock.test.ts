import { expect, test } from 'vitest';
import { clockOf, loadOf } from '../../../utils/agreement/clock.ts';
import { HOUR } from '../../../utils/agreement/working-time.ts';
import type { Handover, HandoverState } from '../../../utils/contract/handover.ts';

const office = [{ from: '09:00', to: '17:00' }];
const agreement = {
  calendar: { zone: 'UTC', week: [office, office, office, office, office, [], []], holidays: [] },
  remindHours: [4, 1],
};
const handover = (state: HandoverState = 'offered'): Handover => ({
  id: 'one',
  state,
  byId: 'mia',
  at: '2026-11-20T09:00:00Z',
  dueAt: '2026-11-24T17:00:00Z', // Tuesday
  agreementRevision: 1,
  revision: 1,
});
const clock = (now: string, state?: HandoverState) => clockOf(handover(state), agreement, Date.parse(now));

test.each([
  ['on Friday evening', '2026-11-20T18:00:00Z', 'running', 16],
  ['a weekend takes nothing off', '2026-11-22T18:00:00Z', 'running', 16],
  ['on the day itself', '2026-11-24T11:00:00Z', 'running', 6],
  ['four hours before', '2026-11-24T13:00:00Z', 'soon', 4],
  ['at the very end', '2026-11-24T17:00:00Z', 'lapsed', 0],
  ['the next day', '2026-11-25T12:00:00Z', 'lapsed', 3],
])('%s', (_, now, state, hours) => {
  expect(clock(now)).toEqual({ state, working: hours * HOUR, dueAt: Date.parse('2026-11-24T17:00:00Z') });
  expect(clock(now, 'accepted')?.state).toBe(state);
});

test('what the server has called lapsed is lapsed, whatever this clock says', () => {
  expect(clock('2026-11-20T18:00:00Z', 'lapsed')).toMatchObject({ state: 'lapsed', working: 0 });
});

test.each<HandoverState>(['followed', 'returned', 'withdrawn'])('one that is %s has no clock', (state) => {
  expect(clock('2026-11-25T12:00:00Z', state)).toBeUndefined();
});

test('hands are full at their capacity; without one never', () => {
  expect(loadOf(4, 5)).toEqual({ open: 4, capacity: 5, full: false });
  expect(loadOf(5, 5).full).toBe(true);
  expect(loadOf(0, 0).full).toBe(true);
  expect(loadOf(500, undefined)).toEqual({ open: 500, full: false });
});
