import {
  addContact,
  addTask,
  doneTask,
  editContact,
  editNote,
  logTouch,
  pinNote,
} from '../../utils/commands.ts';
import type { KnownPerson, View, WaitingCommand } from '../../utils/view.ts';
import { ann, annCard, marco } from './people.ts';
import { before, id } from './world.ts';

const about = { contactId: ann.contactId };

/** One of each, written at such a time. */
export const written = (span: Parameters<typeof before>[0]): WaitingCommand[] => {
  const at = new Date(before(span));
  const who = 'Ann Lee';
  const touch = {
    kind: 'call',
    direction: 'out',
    at: before(span),
    subject: 'Keys and group claims',
  } as const;
  return [
    { who: 'Noa Ben-David', command: addContact({ name: 'Noa Ben-David', email: 'noa@acme.example' }, at) },
    { who, command: editContact(3, { ...about, stageId: id('55'), ownerId: id('e2') }, at) },
    { who, command: pinNote({ ...about, text: 'Prefers to be called after four.' }, at) },
    { who, command: editNote(1, { ...about, noteId: id('91'), text: 'Board decides on 5 December.' }, at) },
    { who, command: logTouch({ ...about, ...touch }, at) },
    { command: addTask({ contactId: id('a9'), text: 'Send the report', dueOn: '2026-12-01' }, at) },
    { who, command: doneTask({ ...about, taskId: id('71'), done: true }, at) },
  ];
};

/** Ann's card with what `written` says of it. */
const asWritten = (one: KnownPerson): KnownPerson => ({
  ...one,
  waiting: ['contact', id('91'), id('71'), id('81')],
  card: {
    ...annCard,
    contact: { ...annCard.contact, stageId: id('55'), ownerId: id('e2') },
    notes: annCard.notes.map((note) =>
      note.id === id('91') ? { ...note, text: 'Board decides on 5 December.' } : note,
    ),
  },
});

/** What waits and what was refused. */
export const outboxViews = (mail: View, away: View) =>
  ({
    outbox: { ...away, waiting: 60, outbox: written({ days: 1 }) },
    stuck: { ...mail, waiting: 1, outbox: written({ hours: 1 }).slice(2, 3) },
    waiting: {
      ...away,
      waiting: 3,
      outbox: written({ hours: 1 }).slice(1, 4),
      people: away.people.map((one) => (one.contactId === ann.contactId ? asWritten(one) : one)),
    },
    // The same, when the server has it.
    sent: {
      ...mail,
      people: mail.people.map((one) =>
        one.contactId === ann.contactId ? { ...asWritten(one), waiting: [] } : one,
      ),
    },
    refused: {
      ...mail,
      refused: [
        { command: pinNote({ ...about, text: 'Prefers to be called after four.' }), reason: 'gone' },
        { command: editContact(3, { ...about, stageId: id('55') }), reason: 'changed' },
        {
          command: addContact({ name: 'Marco Ortiz', email: 'marco.ortiz@acme.example' }),
          reason: 'taken',
          contactIds: [marco.contactId],
        },
        {
          command: addContact({ name: 'Ann Lee', companyName: 'Acme Logistics' }),
          reason: 'alike',
          contactIds: [ann.contactId],
        },
      ],
    },
    refusedBehind: {
      ...mail,
      refused: [
        {
          ...{
            who: 'Marco Ortiz',
            command: addContact({ name: 'Marco Ortiz', email: 'marco.ortiz@acme.example' }),
          },
          ...{ reason: 'taken', contactIds: [marco.contactId] },
          behind: written({ hours: 1 })
            .slice(2, 5)
            .map(({ command }) => command),
        },
      ],
    },
    refusedForNow: {
      ...mail,
      refused: [
        { who: 'Ann Lee', command: pinNote({ ...about, text: 'Written as a viewer.' }), reason: 'role' },
        { who: 'Zed Gone', command: addContact({ name: 'Zed Gone' }), reason: 'suppressed' },
        { command: doneTask({ contactId: id('a9'), taskId: id('71'), done: true }), reason: 'gone' },
      ],
    },
    refusedEdits: {
      ...mail,
      refused: [
        { command: editContact(3, { ...about, stageId: id('55'), ownerId: null }), reason: 'changed' },
        {
          command: editNote(1, { ...about, noteId: id('91'), text: 'Board decides on 5 December.' }),
          reason: 'invalid',
        },
        {
          command: editNote(1, { ...about, noteId: id('99'), text: 'Of a note that is gone.' }),
          reason: 'gone',
        },
      ],
    },
  }) satisfies Record<string, View>;
