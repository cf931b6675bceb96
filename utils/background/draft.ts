import type { Replica } from '../replica/replica.ts';
import type { Handlers } from './dispatcher.ts';

export function draftHandlers(replica: Replica): Pick<Handlers, 'draft.save' | 'draft.read'> {
  return {
    'draft.save': async ({ form, text }) => {
      await replica.load();
      await replica.saveDraft(form, text);
    },
    'draft.read': async ({ form }) => {
      await replica.load();
      return replica.draft(form);
    },
  };
}
