import { contactOf } from '../contract/command.ts';
import { contactOfDraft } from '../replica/erased.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { locked } from './contact.ts';
import type { Handlers } from './dispatcher.ts';

export function draftHandlers(
  replica: Replica,
  sync: Pick<Sync, 'locked'>,
): Pick<Handlers, 'draft.save' | 'draft.read'> {
  return {
    'draft.save': async ({ form, text }) => {
      await replica.load();
      // A screen may still be open after a removal, or on somebody who was erased: what is typed there is not kept.
      if (text !== '' && (replica.meta.ended || !(await isKept(replica, contactOfDraft(form))))) return;
      await replica.saveDraft(form, text);
    },
    'draft.read': async ({ form }) => {
      await replica.load();
      if (sync.locked) throw locked();
      return replica.draft(form);
    },
  };
}

/** Nobody in particular, or somebody of whom there is a card here or on its way. */
async function isKept(replica: Replica, contactId: string | undefined): Promise<boolean> {
  if (contactId === undefined || replica.unreadable.has(contactId)) return true;
  const about = replica.queued.filter(({ command }) => contactOf(command) === contactId);
  if (about.some(({ refused }) => !refused?.erased)) return true;
  return (await replica.cards([contactId])).has(contactId);
}
