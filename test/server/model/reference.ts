import { type Command, type CommandOf, contactOf } from '../../../utils/contract/command.ts';

export interface Note {
  text: string;
  pinned: boolean;
  revision: number;
  authorId: string;
}

/** What one contact ought to be like. */
export interface Person {
  revision: number;
  stageId: string | undefined;
  notes: Map<string, Note>;
  /** Texts that were kept beside another edit, with the note that they were meant for. */
  beside: { noteId: string; text: string; pinned: boolean; authorId: string }[];
  touches: Map<string, { subject: string | undefined; memberId: string }>;
  /** Whether it is done. */
  tasks: Map<string, boolean>;
}

const nobody = (): Person => ({
  ...{ revision: 1, stageId: undefined, beside: [] },
  ...{ notes: new Map(), touches: new Map(), tasks: new Map() },
});

/** What the commands that the server says it applied come to, one after the other: nothing of the server's code. */
export class Reference {
  readonly people = new Map<string, Person>();
  /** Texts that somebody wrote over without having seen them. */
  readonly lost: string[] = [];

  /** @param saw the text that its author saw where they wrote */
  apply(command: Command, memberId: string, saw: string | undefined): void {
    const contactId = contactOf(command) ?? '';
    if (command.kind === 'contact.add') {
      this.people.set(contactId, { ...nobody(), stageId: command.payload.stageId });
      return;
    }
    const person = this.people.get(contactId) ?? nobody();
    this.people.set(contactId, person);
    switch (command.kind) {
      case 'contact.edit':
        if (command.payload.stageId === person.stageId) return;
        person.stageId = command.payload.stageId;
        person.revision += 1;
        return;
      case 'note.pin':
        person.notes.set(command.payload.noteId, {
          ...{ text: command.payload.text, pinned: true, revision: 1, authorId: memberId },
        });
        return;
      case 'note.edit':
        this.lost.push(...edit(person, command, memberId, saw));
        return;
      case 'touch.log':
        person.touches.set(command.payload.touchId, { subject: command.payload.subject, memberId });
        return;
      case 'task.add':
        person.tasks.set(command.payload.taskId, false);
        return;
      case 'task.done':
        person.tasks.set(command.payload.taskId, command.payload.done);
    }
  }
}

/** Whoever has seen the note as it is may write over it; otherwise both texts stay. */
function edit(
  person: Person,
  { payload, baseRevision }: CommandOf<'note.edit'>,
  memberId: string,
  saw: string | undefined,
): string[] {
  const lost: string[] = [];
  const { noteId, text, pinned } = payload;
  const note = person.notes.get(noteId);
  if (!note) return lost;
  if (text !== undefined && text !== note.text) {
    if (baseRevision !== note.revision) {
      person.beside.push({ noteId, text, pinned: pinned ?? note.pinned, authorId: memberId });
      return lost;
    }
    if (saw !== undefined && saw !== note.text) lost.push(note.text);
    note.text = text;
  } else if (pinned === undefined || pinned === note.pinned) return lost;
  note.pinned = pinned ?? note.pinned;
  note.revision += 1;
  return lost;
}
