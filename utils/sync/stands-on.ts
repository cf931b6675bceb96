import type { Card } from '../contract/card.ts';
import type { Command, CommandOf } from '../contract/command.ts';
import type { Queued } from '../replica/disk.ts';

type Edit = CommandOf<'note.edit' | 'contact.edit'>;

/** The record that a command edits, of which a later edit may have been written on top of it. */
export function editedBy(command: Command): string | undefined {
  if (command.kind === 'note.edit') return command.payload.noteId;
  return command.kind === 'contact.edit' ? command.payload.contactId : undefined;
}

interface Decided {
  entry: Queued;
  applied: boolean;
  /** The contact's card before the command was sent, and now. */
  before: Card | undefined;
  after: Card | undefined;
}

/**
 * Edits that wait and were written on top of one that the server has decided. They name the revision which that one
 * was to make; where it made none (refused, or kept beside another's text), somebody else's edit may have that number.
 * Then they go back to the revision that their author had seen, so that nobody's words are written over unseen.
 */
export function rebased({ entry, applied, before, after }: Decided, queued: Queued[]): Queued[] {
  const { command, seq } = entry;
  if (!isEdit(command) || (applied && isTaken(command, before, after))) return [];
  const edited = editedBy(command);
  const { baseRevision } = command;
  return queued.flatMap((later) => {
    const edit = later.command;
    if (later.refused || later.seq <= seq || !isEdit(edit) || editedBy(edit) !== edited) return [];
    return edit.baseRevision > baseRevision ? [{ ...later, command: { ...edit, baseRevision } }] : [];
  });
}

const isEdit = (command: Command): command is Edit => editedBy(command) !== undefined;

/** Whether the revision after the one that it names is its own, for all that can be seen. */
function isTaken(command: Edit, before: Card | undefined, after: Card | undefined): boolean {
  // A contact's edit that does not fit is refused.
  if (command.kind === 'contact.edit') return true;
  const noteOf = (card: Card | undefined) => card?.notes.find(({ id }) => id === command.payload.noteId);
  const [was, is] = [noteOf(before), noteOf(after)];
  if (is?.revision !== command.baseRevision + 1) return false;
  if (command.payload.text !== undefined) return is.text === command.payload.text;
  return was?.revision === command.baseRevision && was.text === is.text;
}
