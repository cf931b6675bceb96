import { expect, test, vi } from 'vitest';
import { badgeOf } from '../../../utils/background/badge.ts';
import type { Found } from '../../../utils/background/people.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Handover } from '../../../utils/contract/handover.ts';
import { speak } from '../../../utils/i18n.ts';
import { cardOf, heldOf, idOf, rita } from '../replica/samples.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
speak(() => '', 'en');

const office = [{ from: '09:00', to: '17:00' }];
const agreement: Agreement = {
  ...{ hours: 24, perDay: 50, quietDays: 7, remindHours: [2, 4], revision: 1, marketing: {} },
  calendar: { zone: 'UTC', week: [office, office, office, office, office, [], []], holidays: [] },
  criteria: { stageIds: [], leadTypeIds: [], needs: [] },
  reasons: [{ id: 'timing', label: 'Not now' }],
};
const handover: Handover = {
  ...{ id: idOf(9), state: 'accepted', byId: idOf(8), at: '2026-03-01T09:00:00Z', toId: rita.id },
  revision: 2,
};
const found = (number: number): Found => ({
  ...{ key: `email:${number}@acme.example`, ids: [idOf(number)], by: 'address' },
  sighting: { keys: [], role: 'mentioned', focus: false, why: 'text' },
});

/** On a Monday at noon, of people whose handovers end then. */
function badge(ends: (string | undefined)[], more: Partial<Handover> = {}, at = '2026-03-02T12:00:00Z') {
  const cards = ends.map((dueAt, nth) =>
    heldOf(
      cardOf(idOf(nth), 'Ann Lee', 'ann@acme.example', {
        handovers: dueAt === undefined ? [] : [{ ...handover, dueAt, ...more }],
      }),
    ),
  );
  return badgeOf({
    now: Date.parse(at),
    connection: { state: 'online', me: rita.id },
    found: ends.map((_, nth) => found(nth)),
    cards: new Map(cards.map((card) => [card.id, card])),
    shared: { version: 1, stages: [], members: [rita], campaigns: [], agreement },
  });
}

test('a clock of one’s own goes before the count once it is about to end, in working hours', () => {
  expect(badge(['2026-03-02T15:30:00Z', undefined])).toEqual({ text: '3h', urgent: true });
  // An hour of Monday is left, and one of Tuesday.
  expect(badge(['2026-03-03T10:00:00Z'], {}, '2026-03-02T16:00:00Z')).toEqual({ text: '2h', urgent: true });
});

test('the first to end is told of; one that has run out is less than nothing', () => {
  expect(badge(['2026-03-02T15:00:00Z', '2026-03-02T13:00:00Z'])).toEqual({ text: '1h', urgent: true });
  expect(badge(['2026-03-02T15:00:00Z', '2026-02-27T14:00:00Z'])).toEqual({ text: '-6h', urgent: true });
  expect(badge(['2026-03-02T11:59:00Z'])).toEqual({ text: '0h', urgent: true });
});

test.each<[string, (string | undefined)[], Partial<Handover>?]>([
  ['there is time', ['2026-03-03T12:00:00Z']],
  ['it is somebody else’s', ['2026-03-02T13:00:00Z'], { toId: idOf(7) }],
  ['they were followed up', ['2026-03-02T13:00:00Z'], { state: 'followed' }],
  ['nobody was handed over', [undefined]],
])('people are counted while %s', (_, ends, more) => {
  expect(badge(ends, more)).toEqual({ text: '1' });
});
