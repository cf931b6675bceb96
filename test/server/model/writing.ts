import {
  addContact,
  addTask,
  doneTask,
  editContact,
  editNote,
  logTouch,
  pinNote,
  repeated,
} from '../../../utils/commands.ts';
import type { Card } from '../../../utils/contract/card.ts';
import type { Command } from '../../../utils/contract/command.ts';
import type { Browser } from './browser.ts';
import { PEOPLE } from './people.ts';
import type { KINDS } from './steps.ts';

let written = 0;
/** Nobody ever writes the same twice. */
const words = (): string => {
  written += 1;
  return `words ${written}`;
};
const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length];
/** Mostly one of the first, so that several people write about the same. */
const early = <T>(list: readonly T[], pick: number): T | undefined =>
  list[Math.floor(list.length * ((pick % 100) / 100) ** 3)];

/** Writes something that fits what the person sees, as the screens' forms do. Nothing where they see nothing. */
export async function write(
  browser: Browser,
  kind: (typeof KINDS)[number],
  pick: number,
  stageIds: string[],
): Promise<void> {
  const now = new Date(browser.now());
  if (kind === 'add') {
    const person = one(PEOPLE, pick) ?? { name: 'Nobody' };
    return browser.write(addContact({ ...person, ...(pick % 7 === 0 && { evenSo: true }) }, now));
  }
  const contactId = early(await browser.contacts(), pick);
  const card = contactId === undefined ? undefined : await browser.view(contactId);
  const command = card && about(card, kind, pick, now, stageIds);
  const noteId = command?.kind === 'note.edit' ? command.payload.noteId : undefined;
  if (command) browser.write(command, card?.notes.find(({ id }) => id === noteId)?.text);
}

function about(
  { contact, notes, tasks }: Card,
  kind: Exclude<(typeof KINDS)[number], 'add'>,
  pick: number,
  now: Date,
  stageIds: string[],
): Command | undefined {
  const contactId = contact.id;
  const byId = [...notes].sort((a, b) => a.id.localeCompare(b.id));
  const [note, task] = [early(byId, pick / 10), one(tasks, pick)];
  const noteId = note?.id ?? '';
  switch (kind) {
    case 'pin':
      return pinNote({ contactId, text: words() }, now);
    case 'edit':
      return note && editNote(note.revision, { noteId, contactId, text: words() }, now);
    case 'toggle':
      return note && editNote(note.revision, { noteId, contactId, pinned: !note.pinned }, now);
    case 'touch': {
      const touch = { kind: 'call', direction: 'out', at: now.toISOString() } as const;
      return logTouch({ contactId, ...touch, subject: words() }, now);
    }
    case 'stage': {
      const stageId = one(
        stageIds.filter((id) => id !== contact.stageId),
        pick,
      );
      return stageId === undefined ? undefined : editContact(contact.revision, { contactId, stageId }, now);
    }
    case 'task':
      return addTask({ contactId, text: words(), dueOn: '2026-12-01' }, now);
    case 'done':
      return task && doneTask({ contactId, taskId: task.id, done: true }, now);
  }
}

/** Gives something up that was refused, or wishes for it once more. */
export async function mend(browser: Browser, pick: number): Promise<void> {
  const refused = one(
    browser.replica.queued.filter((entry) => entry.refused),
    pick,
  );
  if (!refused) return;
  const { command } = refused;
  if (pick % 3 === 0 || refused.refused?.erased) return browser.discard(command.id);
  if (command.kind === 'contact.edit') {
    const card = (await browser.replica.cards([command.payload.contactId])).get(command.payload.contactId);
    if (!card) return browser.discard(command.id);
    const again = editContact(card.card.contact.revision, command.payload, new Date(browser.now()));
    return browser.replace(command.id, again);
  }
  if (command.kind === 'contact.add') {
    const email = one(PEOPLE, pick)?.email ?? '';
    const again = { ...command, payload: { ...command.payload, email, evenSo: true } };
    return browser.replace(command.id, repeated(again));
  }
  browser.replace(command.id, repeated(command));
}
