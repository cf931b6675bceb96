import * as v from 'valibot';
import { expect, test } from 'vitest';
import { NOTE_MAX } from '../../../components/limits.ts';
import { ready } from '../../../components/lookup.tsx';
import { redone } from '../../../components/panel/refused.tsx';
import { isShared } from '../../../components/sent.tsx';
import { wordsOf } from '../../../utils/actions.ts';
import * as commands from '../../../utils/commands.ts';
import { Command } from '../../../utils/contract/command.ts';
import * as contract from '../../../utils/contract/note.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { ann, annCard } from '../../screens/people.ts';
import { speakEnglish } from '../../screens/speak.ts';
import { calm, id } from '../../screens/world.ts';

const contactId = ann.contactId;
const view = { ...calm, people: [ann] };

test('every trouble has words of its own language, whatever its message', () => {
  speakEnglish();
  const codes = [
    'unset',
    'address',
    'plain',
    'preset',
    'invalid',
    'storage',
    'full',
    'offline',
    'denied',
    'forbidden',
    'removed',
    'locked',
    'cancelled',
    'window',
    'expired',
    'signed-out',
    'strange',
  ] as const;
  const words = [...codes, 'sender' as const, 'outdated' as const, 'failed' as const].map((code) =>
    wordsOf(new Trouble(code, 'for whoever debugs')),
  );
  expect(new Set(words).size).toBe(codes.length + 2);
  for (const each of words) expect(each).toMatch(/^[A-Z].+ .+/);
  expect(wordsOf(new Error('Said by the screen.'))).toBe('Said by the screen.');
});

test('commands are as the contract has them', () => {
  const made = [
    commands.addContact({ name: 'Jo Quill', email: 'jo@elsewhere.example' }),
    commands.editContact(3, { contactId, ownerId: null }),
    commands.pinNote({ contactId, text: 'Call after four.', site: 'mail.google.com' }),
    commands.editNote(1, { contactId, noteId: id('91'), pinned: false }),
    commands.logTouch({ contactId, kind: 'call', direction: 'out', at: '2026-11-22T10:30:00.000Z' }),
    commands.addTask({ contactId, text: 'Send it', dueOn: '2026-11-30' }),
    commands.doneTask({ contactId, taskId: id('81'), done: true }),
  ];
  for (const command of made) expect(v.parse(Command, command)).toEqual(command);
  expect(new Set(made.map((command) => command.id)).size).toBe(made.length);
});

test('a note is as long as the contract lets it be', () => {
  expect(NOTE_MAX).toBe(contract.NOTE_MAX);
});

test('half an address is not looked up', () => {
  expect(ready('ann')).toBe(true);
  expect(ready('a')).toBe(false);
  expect(ready('ann@acm')).toBe(false);
  expect(ready('ann@acme.example')).toBe(true);
});

test('a record is shared once it is on the card and waits no longer', () => {
  const written = { contactId, recordId: id('91') };
  expect(isShared(view, written)).toBe(true);
  expect(isShared({ ...view, people: [{ ...ann, waiting: [id('91')] }] }, written)).toBe(false);
  expect(isShared(view, { contactId, recordId: id('99') })).toBe(false);
  expect(isShared(calm, written)).toBe(false);
});

test('what was refused is told again only where that can help', () => {
  const edit = commands.editContact(1, { contactId, stageId: id('55') });
  const again = redone({ command: edit, reason: 'changed' }, view);
  expect(again).toMatchObject({ baseRevision: annCard.contact.revision, payload: edit.payload });
  expect(again?.id).not.toBe(edit.id);
  expect(redone({ command: edit, reason: 'gone' }, view)).toBeUndefined();
  const add = commands.addContact({ name: 'Ann Lee' });
  expect(redone({ command: add, reason: 'taken' }, view)).toBeUndefined();
  expect(redone({ command: add, reason: 'alike' }, view)?.payload).toEqual({ ...add.payload, evenSo: true });
});
