import { Day, Id, Instant, Link, Revision, text, Version, z } from './base.ts';
import { Consent } from './contact.ts';
import { NoteText, PageLink, Site } from './note.ts';
import { TouchKind } from './touch.ts';

const envelope = { id: Id, /** When its author gave it, by the author's clock. */ at: Instant };

export const ContactAdd = z.object({
  ...envelope,
  kind: z.literal('contact.add'),
  payload: z.object({
    contactId: Id,
    name: text(200),
    email: z.optional(text(320)),
    linkedin: z.optional(text(300)),
    title: z.optional(text(200)),
    companyName: z.optional(text(200)),
    stageId: z.optional(Id),
    /** Add although somebody alike is there. An address that is taken is refused all the same. */
    evenSo: z.optional(z.boolean()),
  }),
});

export const ContactEdit = z.object({
  ...envelope,
  kind: z.literal('contact.edit'),
  baseRevision: Revision,
  payload: z.object({
    contactId: Id,
    stageId: z.optional(Id),
    /** `null` takes the owner away. */
    ownerId: z.optional(z.nullable(Id)),
    doNotContact: z.optional(z.boolean()),
    consent: z.optional(Consent),
    /** How one knows that they may, or may not, be contacted. */
    reason: z.optional(text(300)),
  }),
});

export const NotePin = z.object({
  ...envelope,
  kind: z.literal('note.pin'),
  payload: z.object({
    noteId: Id,
    contactId: Id,
    text: NoteText,
    site: z.optional(Site),
    link: z.optional(PageLink),
  }),
});

export const NoteEdit = z.object({
  ...envelope,
  kind: z.literal('note.edit'),
  /** If the note has moved on, a changed text is kept beside it as a note of its own. */
  baseRevision: Revision,
  payload: z.object({
    noteId: Id,
    contactId: Id,
    text: z.optional(NoteText),
    pinned: z.optional(z.boolean()),
  }),
});

export const TouchLog = z.object({
  ...envelope,
  kind: z.literal('touch.log'),
  payload: z.object({
    touchId: Id,
    contactId: Id,
    kind: TouchKind,
    direction: z.enum(['in', 'out']),
    at: Instant,
    subject: z.optional(text(300)),
    excerpt: z.optional(text(1000)),
    link: z.optional(Link),
  }),
});

export const TaskAdd = z.object({
  ...envelope,
  kind: z.literal('task.add'),
  payload: z.object({
    taskId: Id,
    contactId: Id,
    text: text(500),
    dueOn: Day,
    assigneeId: z.optional(Id),
  }),
});

export const TaskDone = z.object({
  ...envelope,
  kind: z.literal('task.done'),
  payload: z.object({ taskId: Id, contactId: Id, done: z.boolean() }),
});

/** A write. Applied once, whatever happens: a retry with the same id gets the first result again. */
export const Command = z.discriminatedUnion('kind', [
  ContactAdd,
  ContactEdit,
  NotePin,
  NoteEdit,
  TouchLog,
  TaskAdd,
  TaskDone,
]);
export type Command = z.infer<typeof Command>;
export type CommandKind = Command['kind'];
export type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>;

/** Why the server would not: each has a sentence on screen that says what to do. */
export const Refusal = z.enum([
  'taken', // the address or profile belongs to a contact already: `contactIds`
  'alike', // somebody with this name at this company is there: `contactIds`
  'changed', // edited by somebody else since; look and decide again
  'gone', // the contact, note, task, stage or member is not there
  'invalid', // cannot be read as what it should be (an address that is none)
  'role', // a viewer may look but not write
  'suppressed', // they were erased and must not come back; an admin can lift that
]);
export type Refusal = z.infer<typeof Refusal>;

export const CommandResult = z.discriminatedUnion('status', [
  z.object({ id: Id, status: z.literal('applied'), version: Version }),
  z.object({
    id: Id,
    status: z.literal('refused'),
    reason: Refusal,
    contactIds: z.optional(z.array(Id)),
  }),
]);
export type CommandResult = z.infer<typeof CommandResult>;

/** `POST /v1/commands`: applied one after the other in this order, each in a transaction of its own. */
export const COMMANDS_MAX = 50;
export const CommandsRequest = z.object({
  commands: z.array(Command).check(z.minLength(1), z.maxLength(COMMANDS_MAX)),
});
export const CommandsAnswer = z.object({ results: z.array(CommandResult) });
