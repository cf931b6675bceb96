import { expect, test } from 'vitest';
import type { Command } from '../../../utils/contract/command.ts';
import { overlay } from '../../../utils/replica/overlay.ts';
import { cardOf, idOf, rita } from './samples.ts';

const at = '2026-03-02T10:00:00.000Z';
const contactId = idOf(1);
const ann = cardOf(contactId, 'Ann Lee', 'ann@acme.example', {
  notes: [
    { id: idOf(11), text: 'old', pinned: true, authorId: rita.id, at: '2026-01-01T10:00:00Z', revision: 1 },
  ],
  tasks: [{ id: idOf(12), text: 'Send the offer', dueOn: '2026-03-10', authorId: rita.id }],
});

let count = 100;
const envelope = () => {
  count += 1;
  return { id: idOf(count), at };
};
const pin = (text: string): Command => ({
  ...envelope(),
  kind: 'note.pin',
  payload: { noteId: idOf(count + 1000), contactId, text, site: 'mail.example' },
});

test('a pinned note is on top, its author is me, and it waits', () => {
  const { card, waiting } = overlay(ann, [pin('new')], rita);
  expect(card?.notes.map(({ text }) => text)).toEqual(['new', 'old']);
  expect(card?.notes[0]).toMatchObject({ authorId: rita.id, pinned: true, site: 'mail.example' });
  expect(waiting).toEqual([card?.notes[0]?.id]);
  expect(ann.notes).toHaveLength(1);
});

test('a note that the card has by now is not shown twice', () => {
  const command = pin('new');
  const once = overlay(ann, [command], rita).card;
  expect(overlay(once, [command], rita).card?.notes).toHaveLength(2);
});

test('edits of stage and owner show at once, with their source', () => {
  const edit: Command = {
    ...envelope(),
    kind: 'contact.edit',
    baseRevision: 1,
    payload: { contactId, stageId: idOf(50), ownerId: null },
  };
  const { card, waiting } = overlay({ ...ann, contact: { ...ann.contact, ownerId: idOf(9) } }, [edit], rita);
  expect(card?.contact).toMatchObject({ stageId: idOf(50), stageAt: at });
  expect(card?.contact.ownerId).toBeUndefined();
  expect(card?.contact.provenance).toEqual({
    stage: { source: 'truce', at },
    owner: { source: 'truce', at },
  });
  expect(waiting).toEqual(['contact']);
});

test('touches and tasks show in their order', () => {
  const touch: Command = {
    ...envelope(),
    kind: 'touch.log',
    payload: { touchId: idOf(30), contactId, kind: 'call', direction: 'out', at, subject: 'Pilot' },
  };
  const task: Command = {
    ...envelope(),
    kind: 'task.add',
    payload: { taskId: idOf(31), contactId, text: 'Ring', dueOn: '2026-03-03' },
  };
  const done: Command = {
    ...envelope(),
    kind: 'task.done',
    payload: { taskId: idOf(12), contactId, done: true },
  };
  const both = overlay(ann, [touch, task], rita).card;
  expect(both?.touches[0]).toMatchObject({ id: idOf(30), team: 'sales', memberId: rita.id, source: 'truce' });
  expect(both?.touchCount).toBe(1);
  expect(both?.tasks.map(({ text }) => text)).toEqual(['Ring', 'Send the offer']);
  expect(overlay(ann, [done], rita).card?.tasks).toEqual([]);
  const undone: Command = { ...done, ...envelope(), payload: { ...done.payload, done: false } };
  expect(overlay(ann, [done, undone], rita).card?.tasks).toHaveLength(1);
});

test('an edited note keeps its place and says when', () => {
  const edit: Command = {
    ...envelope(),
    kind: 'note.edit',
    baseRevision: 1,
    payload: { noteId: idOf(11), contactId, text: 'newer' },
  };
  expect(overlay(ann, [edit], rita).card?.notes[0]).toMatchObject({ text: 'newer', editedAt: at });
});

test('a new person has a card before the server knows of them, and can be noted on', () => {
  const add: Command = {
    ...envelope(),
    kind: 'contact.add',
    payload: { contactId, name: 'New Person', email: 'New@Acme.example' },
  };
  const { card, waiting } = overlay(undefined, [add, pin('hello')], rita);
  expect(card?.contact).toMatchObject({ name: 'New Person', emails: ['new@acme.example'] });
  expect(card?.notes).toHaveLength(1);
  expect(waiting[0]).toBe('contact');
  expect(overlay(undefined, [pin('hello')], rita)).toEqual({ card: undefined, waiting: [] });
});

const note = () => ann.notes[0]?.id ?? '';
const edit = (baseRevision: number, stageId: string): Command => ({
  ...{ ...envelope(), kind: 'contact.edit', baseRevision },
  payload: { contactId, stageId },
});
const rewrite = (baseRevision: number, text: string): Command => ({
  ...{ ...envelope(), kind: 'note.edit', baseRevision },
  payload: { contactId, noteId: note(), text },
});

test('a second edit of what waits fits the first, as the server will count', () => {
  const first = overlay(ann, [edit(1, idOf(50)), rewrite(1, 'newer')], rita).card;
  expect(first?.contact.revision).toBe(2);
  expect(first?.notes[0]?.revision).toBe(2);
  const second = overlay(
    ann,
    [edit(1, idOf(50)), edit(2, idOf(51)), rewrite(1, 'newer'), rewrite(2, 'newest')],
    rita,
  );
  expect(second.card?.contact).toMatchObject({ revision: 3, stageId: idOf(51) });
  expect(second.card?.notes[0]).toMatchObject({ revision: 3, text: 'newest' });
});

test('an edit that changes nothing, or that the server has applied by now, counts for nothing', () => {
  const there = overlay(ann, [edit(1, idOf(50)), rewrite(1, 'newer')], rita).card;
  const again = overlay(there, [edit(1, idOf(50)), rewrite(1, 'newer')], rita).card;
  expect(again?.contact.revision).toBe(2);
  expect(again?.notes[0]?.revision).toBe(2);
  const on = overlay(there, [edit(1, idOf(50)), edit(2, idOf(51))], rita).card;
  expect(on?.contact.revision).toBe(3);
});
