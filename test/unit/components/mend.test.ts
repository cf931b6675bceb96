import { expect, test } from 'vitest';
import { joined, refill } from '../../../components/panel/mend.ts';
import {
  addContact,
  addTask,
  answerHandover,
  editContact,
  editNote,
  offerHandover,
  pinNote,
  wishOf,
} from '../../../utils/commands.ts';
import type { AboutContact } from '../../../utils/contract/command.ts';
import { cardOf, idOf } from '../replica/samples.ts';

const card = cardOf(idOf(10), 'Ann Lee', 'ann@acme.example');
const contactId = card.contact.id;
const back = (command: Exclude<AboutContact, { kind: 'contact.add' }>) => refill(command, card);

test('words go back where they were typed; of a note that is gone they become a new one', () => {
  const [note] = card.notes;
  expect(back(pinNote({ contactId, text: 'a' }))).toMatchObject({ form: `note:${contactId}`, opens: 'note' });
  expect(back(editNote(1, { contactId, noteId: idOf(99), text: 'b' }))).toEqual({
    ...{ form: `note:${contactId}`, fields: { text: 'b' }, opens: 'note' },
  });
  expect(note).toBeUndefined();
  expect(back(editNote(1, { contactId, noteId: idOf(99), pinned: false }))).toBeUndefined();
  // Without the card it can't be said what was chosen: nothing is given up.
  const edit = editContact(1, { contactId, consent: 'denied', reason: 'asked' });
  expect(() => refill(edit, undefined)).toThrow();
  expect(back(edit)?.fields).toMatchObject({ consent: 'denied', reason: 'asked' });
});

test('an offer that was refused is made again with its words; of a return they go with the next reason', () => {
  const offer = offerHandover({ contactId, toId: idOf(8), words: 'Asked twice.' });
  expect(back(offer)).toEqual({
    ...{ form: `handover:${contactId}`, fields: { toId: idOf(8), words: 'Asked twice.' } },
  });
  const about = { contactId, handoverId: idOf(9), reasonId: 'timing' };
  expect(back(answerHandover('handover.return', 1, { ...about, words: 'In spring.' }))).toEqual({
    ...{ form: `sendback:${contactId}:${idOf(9)}`, fields: { words: 'In spring.' } },
  });
  expect(back(answerHandover('handover.return', 1, about))).toBeUndefined();
});

test('what is half typed there stays, before what comes back', () => {
  expect(joined({ text: 'half' }, { text: 'whole' })).toEqual({ text: 'half\nwhole' });
  expect(joined({}, { text: 'whole' })).toEqual({ text: 'whole' });
  expect(joined({ text: ' ' }, { text: 'whole' })).toEqual({ text: 'whole' });
  // Where the screen was closed before it heard that this was done.
  expect(joined({ text: 'whole' }, { text: 'whole' })).toEqual({ text: 'whole' });
  expect(
    joined(
      { kind: 'call', subject: 'Price', excerpt: 'too high' },
      { kind: 'meeting', subject: '', excerpt: 'fine' },
    ),
  ).toEqual({ kind: 'meeting', subject: 'Price', excerpt: 'too high\nfine' });
});

test('made anew with the same words it is the same wish; about somebody else or with other words it is not', () => {
  const wish = (text: string, about = contactId) => wishOf(pinNote({ contactId: about, text }));
  expect(wish('a')).toBe(wish('a'));
  expect(wish('a')).not.toBe(wish('b'));
  expect(wish('a')).not.toBe(wish('a', idOf(11)));
  expect(wish('a')).not.toBe(wishOf(addTask({ contactId, text: 'a', dueOn: '2026-01-01' })));
  const add = (email: string) => wishOf(addContact({ name: 'Ann', email }));
  expect(add('ann@acme.example')).toBe(add('ann@acme.example'));
  expect(add('ann@acme.example')).not.toBe(add('ann@other.example'));
});
