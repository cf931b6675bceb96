import { expect, test, vi } from 'vitest';
import { badgeOf } from '../../../utils/background/badge.ts';
import type { Found } from '../../../utils/background/people.ts';
import { type Situation, viewOf } from '../../../utils/background/view-of.ts';
import { addContact, pinNote } from '../../../utils/commands.ts';
import type { Command } from '../../../utils/contract/command.ts';
import { acme, cardOf, heldOf, idOf, rita } from '../replica/samples.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const ann = heldOf(cardOf(idOf(1), 'Ann Lee', 'ann@acme.example'));
const bo = heldOf(cardOf(idOf(2), 'Bo Ray', 'bo@acme.example'));

const found = (key: string, ids: string[], more: Partial<Found['sighting']> = {}): Found => ({
  key,
  ids,
  by: key.startsWith('name:') ? 'name' : 'address',
  sighting: { keys: [key], role: 'mentioned', focus: false, why: 'text', ...more },
});
const situation = (more: Partial<Situation> = {}): Situation => ({
  now: Date.parse('2026-03-02T12:00:30Z'),
  tested: true,
  connection: { state: 'online', me: rita.id, inStepAt: Date.parse('2026-03-02T12:00:00Z') },
  page: { state: 'read' },
  found: [],
  strangers: [],
  opened: [],
  cards: new Map([ann, bo].map((card) => [card.id, card])),
  companies: new Map([[acme.id, acme]]),
  unreadable: new Map(),
  shared: { version: 1, stages: [], members: [rita], campaigns: [] },
  queued: [],
  storage: 'ok',
  ...more,
});
const pin: Command = {
  id: idOf(70),
  at: '2026-03-02T10:00:00.000Z',
  kind: 'note.pin',
  payload: { noteId: idOf(71), contactId: ann.id, text: 'Hello' },
};

test('focus first, then by role, names alone after facts', () => {
  const view = viewOf(
    situation({
      found: [
        found('name:bo ray|acme.example', [bo.id]),
        found('email:x@acme.example', [], { role: 'recipient' }),
        found('email:ann@acme.example', [ann.id], { role: 'sender', focus: true }),
      ],
    }),
  );
  expect(view.people.map(({ contactId }) => contactId)).toEqual([ann.id, 'email:x@acme.example', bo.id]);
  expect(view.people[0]).toMatchObject({ matched: 'ann@acme.example', company: { name: 'Acme Logistics' } });
  expect(view.people[1]?.card).toBeUndefined();
});

test('what waits is on the card and counted; what was refused is neither', () => {
  const waiting = { seq: 1, workspaceId: 'w', command: pin };
  const refused = { ...waiting, seq: 2, refused: { reason: 'gone' as const } };
  const people = [found('email:ann@acme.example', [ann.id])];
  const view = viewOf(situation({ found: people, queued: [waiting, refused] }));
  expect(view.people[0]?.card?.notes).toHaveLength(1);
  expect(view.people[0]?.waiting).toEqual([idOf(71)]);
  expect(view.waiting).toBe(1);
  expect(view.outbox).toEqual([{ command: pin, who: 'Ann Lee' }]);
  expect(view.refused).toEqual([{ command: pin, who: 'Ann Lee', reason: 'gone' }]);
});

test('what was written about somebody who was not added waits behind that, under their name', () => {
  const add = addContact({ contactId: idOf(60), name: 'Cy New' });
  const note = pinNote({ contactId: idOf(60), text: 'Hello' });
  const entry = (seq: number, command: Command) => ({ seq, workspaceId: 'w', command });
  const refused = { ...entry(1, add), refused: { reason: 'alike' as const, contactIds: [ann.id] } };
  const view = viewOf(situation({ queued: [refused, entry(2, pin), entry(3, note)] }));
  expect(view).toMatchObject({ waiting: 1, outbox: [{ command: pin }] });
  expect(view.refused).toEqual([
    { command: add, who: 'Cy New', reason: 'alike', contactIds: [ann.id], behind: [note] },
  ]);
});

test('of a copy that is locked it is counted what waits, and not told', () => {
  const connection = { state: 'locked' as const };
  const view = viewOf(situation({ connection, queued: [{ seq: 1, workspaceId: 'w', command: pin }] }));
  expect(view).toMatchObject({ waiting: 1, outbox: [] });
});

test('somebody opened by hand is on top, whether the page names them or not', () => {
  const people = [found('email:ann@acme.example', [ann.id], { focus: true })];
  const view = viewOf(situation({ found: people, opened: [bo.id] }));
  expect(view.people.map(({ contactId, by }) => [contactId, by])).toEqual([
    [bo.id, 'hand'],
    [ann.id, 'address'],
  ]);
  const known = viewOf(situation({ found: people, opened: [ann.id] }));
  expect(known.people).toMatchObject([{ contactId: ann.id, by: 'address' }]);
});

test('a card is as current as the feed vouches for', () => {
  const people = [found('email:ann@acme.example', [ann.id])];
  const [person] = viewOf(situation({ found: people })).people;
  expect(person?.cardAt).toBe(Date.parse('2026-03-02T12:00:00Z'));
});

test('a card that came while the clock was ahead is not from the future', () => {
  const future = new Map([[ann.id, { ...ann, fetchedAt: Date.parse('2026-03-03T12:00:00Z') }]]);
  const people = [found('email:ann@acme.example', [ann.id])];
  const [person] = viewOf(situation({ found: people, cards: future })).people;
  expect(person?.cardAt).toBe(Date.parse('2026-03-02T12:00:00Z'));
});

test('a card that cannot be read is said to be so', () => {
  const people = [found('email:x@acme.example', [idOf(9)])];
  const unreadable = new Map([[idOf(9), ['email:x@acme.example']]]);
  expect(viewOf(situation({ found: people, unreadable })).people[0]).toMatchObject({ unreadable: true });
});

test('those that are not listed are counted', () => {
  const strangers = Array.from({ length: 2000 }, (_, index) => ({
    address: `p${index}@x.example`,
    role: 'mentioned' as const,
    focus: false,
  }));
  const view = viewOf(situation({ strangers }));
  expect(view.strangers).toHaveLength(100);
  expect(view.more).toEqual({ people: 0, strangers: 1900 });
});

test('the badge counts people whom the team knows for sure', () => {
  const people = [found('email:ann@acme.example', [ann.id]), found('name:bo ray|acme.example', [bo.id])];
  expect(badgeOf(situation({ found: people }))).toEqual({ text: '1' });
  expect(badgeOf(situation())).toEqual({ text: '' });
  expect(badgeOf(situation({ connection: { state: 'signed-out' } }))).toEqual({ text: '!' });
});
