import type { Actions } from '../../utils/actions.ts';
import type { Command, CommandOf } from '../../utils/contract/command.ts';
import { localInput } from '../../utils/format.ts';
import type { View } from '../../utils/view.ts';
import type { Newcomer } from '../add-person.tsx';
import { noteDraft } from '../card/note-item.tsx';
import { permissionDraft } from '../card/permission-form.tsx';
import { stageDraft } from '../card/stage-form.tsx';
import type { DockForm } from '../dock/dock.tsx';
import { keepDraft } from '../use-draft.ts';

/** What was typed of somebody who was not added. */
export function newcomerOf({ payload }: CommandOf<'contact.add'>): Partial<Newcomer> {
  const { name, email, title, companyName, stageId } = payload;
  return {
    name,
    ...(email && { email }),
    ...(title && { title }),
    ...(companyName && { company: companyName }),
    ...(stageId && { stageId }),
  };
}

type Refillable = Exclude<Command, CommandOf<'contact.add'>>;

/**
 * Puts a refused command's words back where they were typed. Those of a note that is gone become a new one.
 * @returns the form of the dock that is to be opened for it; those on the card open by themselves
 */
export function refill(command: Refillable, view: View, act: Actions): DockForm | undefined {
  const { payload } = command;
  if (command.kind === 'contact.edit') {
    const now = cardOf(view, payload.contactId)?.contact;
    if (!now) return undefined;
    const { consent, doNotContact, reason } = command.payload;
    if (consent !== undefined || doNotContact !== undefined) {
      const barred = (doNotContact ?? now.doNotContact) ? 'yes' : 'no';
      const fields = { consent: consent ?? now.consent ?? 'unknown', barred, reason: reason ?? '' };
      keepDraft(permissionDraft(now), fields, act);
      return undefined;
    }
    const { stageId = now.stageId ?? '', ownerId = now.ownerId ?? '' } = command.payload;
    keepDraft(stageDraft(now), { stageId, ownerId: ownerId ?? '' }, act);
    return undefined;
  }
  if (command.kind === 'note.edit') {
    const { noteId, text } = command.payload;
    if (text === undefined) return undefined;
    if (cardOf(view, payload.contactId)?.notes.some(({ id }) => id === noteId)) {
      keepDraft(noteDraft(payload.contactId, noteId), { text }, act);
      return undefined;
    }
    keepDraft(`note:${payload.contactId}`, { text }, act);
    return 'note';
  }
  if (command.kind === 'note.pin') {
    keepDraft(`note:${payload.contactId}`, { text: command.payload.text }, act);
    return 'note';
  }
  if (command.kind === 'touch.log') {
    const { kind, direction, at, subject = '', excerpt = '', link = '' } = command.payload;
    const fields = { kind, direction, at: localInput(Date.parse(at)), subject, excerpt, link };
    keepDraft(`touch:${payload.contactId}`, fields, act);
    return 'touch';
  }
  if (command.kind === 'task.add') {
    const { text, dueOn, assigneeId = '' } = command.payload;
    keepDraft(`task:${payload.contactId}`, { text, dueOn, assigneeId }, act);
    return 'task';
  }
  return undefined;
}

const cardOf = (view: View, contactId: string) =>
  view.people.find((person) => person.contactId === contactId)?.card;
