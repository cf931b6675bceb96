import { type AboutContact, contactOf, isAboutContact } from '../contract/command.ts';
import type { Batch, Queued } from './disk.ts';

/** The contact that a form's draft is about: `note:<contact id>`, `edit:<contact id>:<note id>`. */
export function contactOfDraft(form: string): string | undefined {
  return /^[a-z]+:([0-9a-f]{8}-[0-9a-f-]{27})(?::|$)/.exec(form)?.[1];
}

/** Contacts that something here is about, held or not: half-typed forms, the outbox. */
export function writtenAbout(queued: Queued[], forms: string[]): Set<string> {
  const about = [...queued.map(({ command }) => contactOf(command)), ...forms.map(contactOfDraft)];
  return new Set(about.filter((id) => id !== undefined));
}

/**
 * What goes with people who were erased: their cards, what was half typed about them, and the words of what
 * waited in the outbox. That something was written stays to be seen, so that nobody wonders where it went.
 * @param queued all that is queued, as it is before this batch
 * @param forms names of all drafts
 */
export function withErased(batch: Batch, queued: Queued[], forms: string[]): Batch {
  const erased = new Set(batch.erased);
  if (erased.size === 0) return batch;
  const changed = new Map((batch.queued ?? []).map((entry) => [entry.seq, entry]));
  const dropQueued = new Set(batch.dropQueued);
  for (const before of queued) {
    const entry = changed.get(before.seq) ?? before;
    const { command } = entry;
    if (!isAboutContact(command) || !erased.has(command.payload.contactId)) continue;
    if (dropQueued.has(entry.seq)) continue;
    // Whoever was erased had been added: only the answer was lost.
    if (command.kind === 'contact.add') dropQueued.add(entry.seq);
    else {
      const refused = { reason: 'gone', erased: true } as const;
      changed.set(entry.seq, { ...entry, command: withoutWords(command), refused });
    }
  }
  const isTheirs = (form: string) => erased.has(contactOfDraft(form) ?? '');
  return {
    ...batch,
    cards: (batch.cards ?? []).filter(({ id }) => !erased.has(id)),
    dropCards: [...new Set([...(batch.dropCards ?? []), ...erased])],
    queued: [...changed.values()].filter(({ seq }) => !dropQueued.has(seq)),
    dropQueued: [...dropQueued],
    dropDrafts: forms.filter(isTheirs),
  };
}

/** The same command with nothing in it that somebody typed. */
function withoutWords(command: Exclude<AboutContact, { kind: 'contact.add' }>): AboutContact {
  const { contactId } = command.payload;
  switch (command.kind) {
    case 'contact.edit':
      return { ...command, payload: { contactId } };
    case 'contact.identify':
      return { ...command, payload: { contactId, key: '', theirs: command.payload.theirs } };
    case 'note.pin':
      return { ...command, payload: { contactId, noteId: command.payload.noteId, text: '' } };
    case 'note.edit':
      return { ...command, payload: { contactId, noteId: command.payload.noteId } };
    case 'touch.log': {
      const { touchId, kind, direction, at } = command.payload;
      return { ...command, payload: { contactId, touchId, kind, direction, at } };
    }
    case 'task.add': {
      const { taskId, dueOn } = command.payload;
      return { ...command, payload: { contactId, taskId, dueOn, text: '' } };
    }
    case 'hold.ask': {
      const { holdId, campaignId } = command.payload;
      return { ...command, payload: { contactId, holdId, campaignId } };
    }
    case 'hold.answer': {
      const { holdId, held } = command.payload;
      return { ...command, payload: { contactId, holdId, held } };
    }
    case 'go-ahead.say': {
      const { goAheadId, rule } = command.payload;
      return { ...command, payload: { contactId, goAheadId, rule, why: '' } };
    }
    case 'ticket.open': {
      const { ticketId, complaint } = command.payload;
      return { ...command, payload: { contactId, ticketId, complaint, subject: '' } };
    }
    case 'handover.offer': {
      const { handoverId, toId } = command.payload;
      return { ...command, payload: { contactId, handoverId, toId } };
    }
    case 'handover.return': {
      const { handoverId, reasonId } = command.payload;
      return { ...command, payload: { contactId, handoverId, reasonId } };
    }
    case 'task.done':
    case 'hold.lift':
    case 'ticket.close':
    case 'handover.accept':
    case 'handover.reassign':
    case 'handover.withdraw':
      return command;
  }
}
