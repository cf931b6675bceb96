import * as v from 'valibot';
import { Day, Id, Instant, Link, Revision, text, Version } from './base.ts';
import { GoAheadSay, HoldAnswer, HoldAsk, HoldLift, TicketClose, TicketOpen } from './commands/collision.ts';
import { envelope } from './commands/envelope.ts';
import {
  HandoverAccept,
  HandoverOffer,
  HandoverReassign,
  HandoverReturn,
  HandoverWithdraw,
} from './commands/handover.ts';
import {
  AgreementPropose,
  DefinitionPropose,
  ProposalDecide,
  ProposalWithdraw,
} from './commands/proposal.ts';
import { Consent } from './contact.ts';
import { Contradiction } from './contradiction.ts';
import { NoteText, PageLink, Site } from './note.ts';
import { PROFILE_KEY_MAX } from './profile-key.ts';
import { TouchKind } from './touch.ts';

export const ContactAdd = v.object({
  ...envelope,
  kind: v.literal('contact.add'),
  payload: v.object({
    contactId: Id,
    name: text(200),
    email: v.optional(text(320)),
    linkedin: v.optional(text(300)),
    /** A profile on any network. */
    profile: v.optional(text(300)),
    title: v.optional(text(200)),
    companyName: v.optional(text(200)),
    stageId: v.optional(Id),
    /** Add although somebody alike is there. An address that is taken is refused all the same. */
    evenSo: v.optional(v.boolean()),
  }),
});

export const ContactEdit = v.object({
  ...envelope,
  kind: v.literal('contact.edit'),
  baseRevision: Revision,
  payload: v.object({
    contactId: Id,
    stageId: v.optional(Id),
    /** `null` takes it away. */
    ownerId: v.optional(v.nullable(Id)),
    leadTypeId: v.optional(v.nullable(Id)),
    saleTypeId: v.optional(v.nullable(Id)),
    doNotContact: v.optional(v.boolean()),
    consent: v.optional(Consent),
    /** Why the stage changes, or how one knows that they may, or may not, be contacted. */
    reason: v.optional(text(300)),
  }),
});

export const ContactIdentify = v.object({
  ...envelope,
  kind: v.literal('contact.identify'),
  payload: v.object({
    contactId: Id,
    /** Match key of a profile, in its normal form. */
    key: text(PROFILE_KEY_MAX),
    /** `false` takes back what a member has said. */
    theirs: v.boolean(),
  }),
});

export const NotePin = v.object({
  ...envelope,
  kind: v.literal('note.pin'),
  payload: v.object({
    noteId: Id,
    contactId: Id,
    text: NoteText,
    site: v.optional(Site),
    link: v.optional(PageLink),
  }),
});

export const NoteEdit = v.object({
  ...envelope,
  kind: v.literal('note.edit'),
  /** If the note has moved on, a changed text is kept beside it as a note of its own. */
  baseRevision: Revision,
  payload: v.object({
    noteId: Id,
    contactId: Id,
    text: v.optional(NoteText),
    pinned: v.optional(v.boolean()),
  }),
});

export const TouchLog = v.object({
  ...envelope,
  kind: v.literal('touch.log'),
  payload: v.object({
    touchId: Id,
    contactId: Id,
    kind: TouchKind,
    direction: v.picklist(['in', 'out']),
    at: Instant,
    subject: v.optional(text(300)),
    excerpt: v.optional(text(1000)),
    link: v.optional(Link),
  }),
});

export const TaskAdd = v.object({
  ...envelope,
  kind: v.literal('task.add'),
  payload: v.object({
    taskId: Id,
    contactId: Id,
    text: text(500),
    dueOn: Day,
    assigneeId: v.optional(Id),
  }),
});

export const TaskDone = v.object({
  ...envelope,
  kind: v.literal('task.done'),
  payload: v.object({ taskId: Id, contactId: Id, done: v.boolean() }),
});

/** A write. Applied once, whatever happens: a retry with the same id gets the first result again. */
export const Command = v.variant('kind', [
  ContactAdd,
  ContactEdit,
  ContactIdentify,
  NotePin,
  NoteEdit,
  TouchLog,
  TaskAdd,
  TaskDone,
  DefinitionPropose,
  AgreementPropose,
  ProposalDecide,
  ProposalWithdraw,
  HandoverOffer,
  HandoverAccept,
  HandoverReturn,
  HandoverReassign,
  HandoverWithdraw,
  HoldAsk,
  HoldAnswer,
  HoldLift,
  GoAheadSay,
  TicketOpen,
  TicketClose,
]);
export type Command = v.InferOutput<typeof Command>;
export type CommandKind = Command['kind'];
export type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>;

/** A command about one contact; the others are about what the team shares. */
export type AboutContact = Extract<Command, { payload: { contactId: string } }>;
export const isAboutContact = (command: Command): command is AboutContact => 'contactId' in command.payload;

/** The contact that a command is about, if it is about one. */
export const contactOf = (command: Command): string | undefined =>
  isAboutContact(command) ? command.payload.contactId : undefined;

/** The id of what a command is about: those about one and the same are applied in the order in which they were given. */
export const subjectOf = ({ payload }: Command): string =>
  'contactId' in payload ? payload.contactId : payload.proposalId;

/** Why the server would not: each has a sentence on screen that says what to do. */
export const Refusal = v.picklist([
  'taken', // the address or profile belongs to a contact already, or they were handed over, or held from the campaign, by somebody else: `contactIds`
  'alike', // somebody with this name at this company is there: `contactIds`
  'changed', // edited by somebody else since; look and decide again
  'gone', // the contact, note, task, stage, proposal or member is not there, or can't be chosen any more
  'invalid', // cannot be read as what it should be (an address that is none)
  'role', // a viewer may look but not write; only leads agree, and each for their side
  'suppressed', // they were erased and must not come back; an admin can lift that
  'unagreed', // the two teams have no service agreement yet
  'unmet', // they do not meet what the agreement asks for
  'limit', // as many were handed over today as were agreed on; tomorrow there is room again
  'contradicts', // what is proposed can't hold, with itself another definition or the agreement: `contradiction`
]);
export type Refusal = v.InferOutput<typeof Refusal>;

export const CommandResult = v.variant('status', [
  v.object({ id: Id, status: v.literal('applied'), version: Version }),
  v.object({
    id: Id,
    status: v.literal('refused'),
    reason: Refusal,
    contactIds: v.optional(v.array(Id)),
    contradiction: v.optional(Contradiction),
  }),
]);
export type CommandResult = v.InferOutput<typeof CommandResult>;

/** `POST /v1/commands`: applied one after the other in this order, each in a transaction of its own. */
export const COMMANDS_MAX = 50;
export const CommandsRequest = v.object({
  commands: v.pipe(v.array(Command), v.minLength(1), v.maxLength(COMMANDS_MAX)),
  /** By the clock that also says when they were written: how far it is off is told by this. */
  sentAt: v.optional(Instant),
});
export const CommandsAnswer = v.object({ results: v.array(CommandResult) });
