import type { Card } from '../../utils/contract/card.ts';
import type { AboutContact, CommandOf } from '../../utils/contract/command.ts';
import { typedProfileKey } from '../../utils/contract/profile-key.ts';
import { localInput } from '../../utils/format.ts';
import { t } from '../../utils/i18n.ts';
import type { Newcomer } from '../add-person.tsx';
import { noteDraft } from '../card/note-item.tsx';
import { offerDraft } from '../card/offer-form.tsx';
import { permissionDraft } from '../card/permission-form.tsx';
import { backDraft } from '../card/send-back.tsx';
import { stageDraft } from '../card/stage-form.tsx';
import type { DockForm } from '../dock/dock.tsx';
import type { Fields } from '../use-draft.ts';

/** What was typed of somebody who was not added. */
export function newcomerOf({ payload }: CommandOf<'contact.add'>): Partial<Newcomer> {
  const { name, email, profile, title, companyName, stageId } = payload;
  return {
    name,
    ...(email && { email }),
    ...(profile && { profile: typedProfileKey(profile) ?? profile }),
    ...(title && { title }),
    ...(companyName && { company: companyName }),
    ...(stageId && { stageId }),
  };
}

type Refillable = Exclude<AboutContact, CommandOf<'contact.add'>>;

interface Refill {
  form: string;
  fields: Fields;
  /** Of the dock, to be opened for it; those on the card open by themselves. */
  opens?: DockForm;
}

/**
 * Where a refused command's words were typed, and what they were. Those of a note that is gone become a new one.
 * @param card of the contact that it is about, as it is now
 * @returns undefined for one without words
 */
export function refill(command: Refillable, card: Card | undefined): Refill | undefined {
  const { contactId } = command.payload;
  switch (command.kind) {
    case 'contact.edit': {
      if (!card) throw new Error(t('contactGone'));
      const now = card.contact;
      const { consent, doNotContact, reason } = command.payload;
      if (consent !== undefined || doNotContact !== undefined) {
        const barred = (doNotContact ?? now.doNotContact) ? 'yes' : 'no';
        const fields = { consent: consent ?? now.consent ?? 'unknown', barred, reason: reason ?? '' };
        return { form: permissionDraft(now), fields };
      }
      const { stageId = now.stageId, ownerId = now.ownerId } = command.payload;
      const { leadTypeId = now.leadTypeId, saleTypeId = now.saleTypeId } = command.payload;
      const chosen = { stageId, ownerId, leadTypeId, saleTypeId, reason };
      const fields = Object.entries(chosen).map(([name, value]) => [name, value ?? '']);
      return { form: stageDraft(now), fields: Object.fromEntries(fields) };
    }
    case 'note.edit': {
      const { noteId, text } = command.payload;
      if (text === undefined) return undefined;
      if (card?.notes.some(({ id }) => id === noteId)) {
        return { form: noteDraft(contactId, noteId), fields: { text } };
      }
      return { form: `note:${contactId}`, fields: { text }, opens: 'note' };
    }
    case 'note.pin':
      return { form: `note:${contactId}`, fields: { text: command.payload.text }, opens: 'note' };
    case 'touch.log': {
      const { kind, direction, at, subject = '', excerpt = '', link = '' } = command.payload;
      const fields = { kind, direction, at: localInput(Date.parse(at)), subject, excerpt, link };
      return { form: `touch:${contactId}`, fields, opens: 'touch' };
    }
    case 'task.add': {
      const { text, dueOn, assigneeId = '' } = command.payload;
      return { form: `task:${contactId}`, fields: { text, dueOn, assigneeId }, opens: 'task' };
    }
    case 'handover.offer': {
      const { toId, words = '' } = command.payload;
      return { form: offerDraft(contactId), fields: { toId, words } };
    }
    case 'handover.return': {
      const { handoverId, words = '' } = command.payload;
      return words === '' ? undefined : { form: backDraft(contactId, handoverId), fields: { words } };
    }
    default:
      return undefined;
  }
}

/** What is typed in words, and in how many lines. */
const WORDS = { text: '\n', excerpt: '\n', subject: ' ', link: ' ', reason: ' ' };

/** A form's words with those that come back into it after them: neither are lost. */
export function joined(there: Fields, back: Fields): Fields {
  const both = Object.entries(WORDS).flatMap(([name, between]) => {
    const words = new Set([there[name]?.trim(), back[name]?.trim()].filter(Boolean));
    return words.size > 0 ? [[name, [...words].join(between)]] : [];
  });
  return { ...back, ...Object.fromEntries(both) };
}
