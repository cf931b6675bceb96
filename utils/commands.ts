import { v7 } from 'uuid';
import type { Command, CommandKind, CommandOf } from './contract/command.ts';

/** Payload of a command, without the id of the record it makes: that is made here. */
type Fields<K extends CommandKind, Made extends string = never> = Omit<CommandOf<K>['payload'], Made>;

const envelope = (now: Date) => ({ id: v7(), at: now.toISOString() });

/** An id is given when it is added once more, so that what was written about them meanwhile fits. */
export const addContact = (
  fields: Fields<'contact.add', 'contactId'> & { contactId?: string },
  now = new Date(),
) =>
  ({
    ...envelope(now),
    kind: 'contact.add',
    payload: { contactId: v7(), ...fields },
  }) satisfies CommandOf<'contact.add'>;

/** `baseRevision` is the revision of the contact that its author saw. */
export const editContact = (baseRevision: number, payload: Fields<'contact.edit'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'contact.edit', baseRevision, payload }) satisfies CommandOf<'contact.edit'>;

/** A profile is this contact's; `false`: it is not, as somebody here had said. */
export const identifyContact = (payload: Fields<'contact.identify'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'contact.identify', payload }) satisfies CommandOf<'contact.identify'>;

export const pinNote = (fields: Fields<'note.pin', 'noteId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'note.pin',
    payload: { noteId: v7(), ...fields },
  }) satisfies CommandOf<'note.pin'>;

export const editNote = (baseRevision: number, payload: Fields<'note.edit'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'note.edit', baseRevision, payload }) satisfies CommandOf<'note.edit'>;

export const logTouch = (fields: Fields<'touch.log', 'touchId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'touch.log',
    payload: { touchId: v7(), ...fields },
  }) satisfies CommandOf<'touch.log'>;

export const addTask = (fields: Fields<'task.add', 'taskId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'task.add',
    payload: { taskId: v7(), ...fields },
  }) satisfies CommandOf<'task.add'>;

export const doneTask = (payload: Fields<'task.done'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'task.done', payload }) satisfies CommandOf<'task.done'>;

/** `baseRevision` is the revision of the definition that its author saw; 0: a new one. */
export const proposeDefinition = (
  baseRevision: number,
  fields: Fields<'definition.propose', 'proposalId'>,
  now = new Date(),
) =>
  ({
    ...envelope(now),
    kind: 'definition.propose',
    baseRevision,
    payload: { proposalId: v7(), ...fields },
  }) satisfies CommandOf<'definition.propose'>;

/** `baseRevision` is the revision of the agreement that its author saw; 0: there is none. */
export const proposeAgreement = (
  baseRevision: number,
  fields: Fields<'agreement.propose', 'proposalId'>,
  now = new Date(),
) =>
  ({
    ...envelope(now),
    kind: 'agreement.propose',
    baseRevision,
    payload: { proposalId: v7(), ...fields },
  }) satisfies CommandOf<'agreement.propose'>;

export const decideProposal = (payload: Fields<'proposal.decide'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'proposal.decide', payload }) satisfies CommandOf<'proposal.decide'>;

export const withdrawProposal = (payload: Fields<'proposal.withdraw'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'proposal.withdraw', payload }) satisfies CommandOf<'proposal.withdraw'>;

export const offerHandover = (fields: Fields<'handover.offer', 'handoverId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'handover.offer',
    payload: { handoverId: v7(), ...fields },
  }) satisfies CommandOf<'handover.offer'>;

type Answering = 'handover.accept' | 'handover.return' | 'handover.reassign' | 'handover.withdraw';

/** What becomes of a handover; `baseRevision` is the one of it that its author saw. */
export const answerHandover = <K extends Answering>(
  kind: K,
  baseRevision: number,
  payload: Fields<K>,
  now = new Date(),
) => ({ ...envelope(now), kind, baseRevision, payload });

export const askHold = (fields: Fields<'hold.ask', 'holdId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'hold.ask',
    payload: { holdId: v7(), ...fields },
  }) satisfies CommandOf<'hold.ask'>;

export const answerHold = (payload: Fields<'hold.answer'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'hold.answer', payload }) satisfies CommandOf<'hold.answer'>;

export const liftHold = (payload: Fields<'hold.lift'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'hold.lift', payload }) satisfies CommandOf<'hold.lift'>;

export const goAhead = (fields: Fields<'go-ahead.say', 'goAheadId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'go-ahead.say',
    payload: { goAheadId: v7(), ...fields },
  }) satisfies CommandOf<'go-ahead.say'>;

export const openTicket = (fields: Fields<'ticket.open', 'ticketId'>, now = new Date()) =>
  ({
    ...envelope(now),
    kind: 'ticket.open',
    payload: { ticketId: v7(), ...fields },
  }) satisfies CommandOf<'ticket.open'>;

export const closeTicket = (payload: Fields<'ticket.close'>, now = new Date()) =>
  ({ ...envelope(now), kind: 'ticket.close', payload }) satisfies CommandOf<'ticket.close'>;

/** What a command says, whatever was made for it: two of the same form that say the same are one wish. */
export const wishOf = ({ kind, payload }: Command): string => {
  const made = {
    ...{ noteId: 0, touchId: 0, taskId: 0, ...(kind === 'handover.offer' && { handoverId: 0 }) },
    ...(kind === 'hold.ask' && { holdId: 0 }),
    ...(kind === 'ticket.open' && { ticketId: 0 }),
    goAheadId: 0,
    ...(kind === 'contact.add' && { contactId: 0 }),
    ...(kind === 'definition.propose' && { proposalId: 0, definitionId: 0 }),
    ...(kind === 'agreement.propose' && { proposalId: 0 }),
  };
  return JSON.stringify([kind, payload], (name, value) => (Object.hasOwn(made, name) ? undefined : value));
};

/** The same wish once more: a command is decided only once. */
export const repeated = (command: Command): Command => ({ ...command, id: v7() });
