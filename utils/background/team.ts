import type { Sync } from '../sync/sync.ts';
import type { Handlers } from './dispatcher.ts';

type TeamHandlers = Pick<Handlers, 'team.read' | 'team.audit' | 'team.change' | 'team.link'>;

/** The team page's. Nothing of it is kept: who may come in is the server's to say. */
export function teamHandlers(sync: Sync): TeamHandlers {
  return {
    'team.read': () => sync.use((api) => api.team.read()),
    'team.audit': ({ before }) => sync.use((api) => api.team.audit(before)),
    async 'team.change'(change) {
      await sync.use((api) => api.team.change(change));
      void sync.wake();
    },
    'team.link': (wanted) => sync.use((api) => api.team.link(wanted)),
  };
}
