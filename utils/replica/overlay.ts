import type { Card } from '../contract/card.ts';
import { type AboutContact, type Command, type CommandOf, isAboutContact } from '../contract/command.ts';
import type { Member } from '../contract/member.ts';
import { collided, collisionSubject } from './overlay-collision.ts';
import { added, edited, identified } from './overlay-contact.ts';
import { handedOver } from './overlay-handover.ts';

export interface Overlaid {
  card: Card | undefined;
  /** Ids of the notes, touches, tasks and handovers that wait; `contact` for the contact's own fields. */
  waiting: string[];
}

/**
 * A contact's card as it will be once the server has taken these commands (in order, all of them the
 * contact's, others do nothing). Pure: the card that goes in is not changed. One that `contact.add` makes starts from nothing.
 */
export function overlay(card: Card | undefined, commands: Command[], me: Member | undefined): Overlaid {
  const waiting = new Set<string>();
  // A task that is ticked and unticked again is as it was.
  const ticks = new Map(
    commands.flatMap((command) => (command.kind === 'task.done' ? [[command.payload.taskId, command]] : [])),
  );
  let shown = card;
  for (const command of commands) {
    if (command.kind === 'contact.add') {
      shown ??= added(command);
      waiting.add('contact');
    } else if (shown && isAboutContact(command)) {
      waiting.add(subject(command));
      if (command.kind === 'task.done' && ticks.get(command.payload.taskId) !== command) continue;
      shown = apply(shown, command, me);
    }
  }
  return { card: shown, waiting: [...waiting] };
}

type Edit = Exclude<AboutContact, CommandOf<'contact.add'>>;

function subject(command: Edit): string {
  switch (command.kind) {
    case 'contact.edit':
    case 'contact.identify':
      return 'contact';
    case 'note.pin':
    case 'note.edit':
      return command.payload.noteId;
    case 'touch.log':
      return command.payload.touchId;
    case 'task.add':
    case 'task.done':
      return command.payload.taskId;
    case 'handover.offer':
    case 'handover.accept':
    case 'handover.return':
    case 'handover.reassign':
    case 'handover.withdraw':
      return command.payload.handoverId;
    default:
      return collisionSubject(command);
  }
}

function apply(card: Card, command: Edit, me: Member | undefined): Card {
  switch (command.kind) {
    case 'contact.edit':
      return edited(card, command, me);
    case 'contact.identify':
      return { ...card, contact: identified(card.contact, command, me) };
    case 'note.pin':
      return pinned(card, command, me);
    case 'note.edit':
      return rewritten(card, command);
    case 'touch.log':
      return logged(card, command, me);
    case 'task.add':
      return tasked(card, command, me);
    case 'task.done':
      return done(card, command);
    case 'handover.offer':
    case 'handover.accept':
    case 'handover.return':
    case 'handover.reassign':
    case 'handover.withdraw':
      return handedOver(card, command, me);
    default:
      return collided(card, command, me);
  }
}

/** Times come with different offsets, so they are not compared as text. */
const newest = (a: { at: string }, b: { at: string }) => Date.parse(b.at) - Date.parse(a.at);

const byPin = (a: Card['notes'][number], b: Card['notes'][number]) =>
  Number(b.pinned) - Number(a.pinned) || newest(a, b);

function pinned(card: Card, { payload, at }: CommandOf<'note.pin'>, me: Member | undefined): Card {
  if (card.notes.some(({ id }) => id === payload.noteId)) return card;
  const note = {
    id: payload.noteId,
    text: payload.text,
    pinned: true,
    authorId: me?.id ?? '',
    ...(payload.site !== undefined && { site: payload.site }),
    ...(payload.link !== undefined && { link: payload.link }),
    at,
    revision: 1,
  };
  return { ...card, notes: [note, ...card.notes].sort(byPin) };
}

function rewritten(card: Card, { payload, at, baseRevision }: CommandOf<'note.edit'>): Card {
  const { noteId, text, pinned } = payload;
  const notes = card.notes.map((note) => {
    if (note.id !== noteId) return note;
    const counts =
      text !== undefined && text !== note.text
        ? baseRevision === note.revision
        : pinned !== undefined && pinned !== note.pinned;
    return {
      ...note,
      ...(text !== undefined && { text, editedAt: at }),
      ...(pinned !== undefined && { pinned }),
      revision: note.revision + Number(counts),
    };
  });
  return { ...card, notes: notes.sort(byPin) };
}

function logged(card: Card, { payload }: CommandOf<'touch.log'>, me: Member | undefined): Card {
  if (card.touches.some(({ id }) => id === payload.touchId)) return card;
  const { touchId, contactId: _, ...rest } = payload;
  const touch = {
    ...rest,
    id: touchId,
    team: me?.team ?? ('both' as const),
    ...(me && { memberId: me.id }),
    source: 'truce' as const,
  };
  return { ...card, touches: [touch, ...card.touches].sort(newest), touchCount: card.touchCount + 1 };
}

function tasked(card: Card, { payload }: CommandOf<'task.add'>, me: Member | undefined): Card {
  if (card.tasks.some(({ id }) => id === payload.taskId)) return card;
  const { taskId, contactId: _, ...rest } = payload;
  const tasks = [...card.tasks, { ...rest, id: taskId, authorId: me?.id ?? '' }];
  return { ...card, tasks: tasks.sort((a, b) => a.dueOn.localeCompare(b.dueOn)) };
}

function done(card: Card, { payload }: CommandOf<'task.done'>): Card {
  // Cards hold open tasks only.
  if (!payload.done) return card;
  return { ...card, tasks: card.tasks.filter(({ id }) => id !== payload.taskId) };
}
