import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import type { Handlers } from './dispatcher.ts';

type Privacy = Pick<
  Handlers,
  'contact.export' | 'contact.erase' | 'contact.lift' | 'retention.read' | 'retention.save'
>;

export function privacyHandlers(replica: Replica, sync: Sync, changed: () => void): Privacy {
  return {
    'contact.export': ({ contactId }) => sync.use((api) => api.exportContact(contactId)),
    async 'contact.erase'({ contactId, reason }) {
      const erased = await sync.use((api) => api.erase(contactId, reason));
      // The feed would say so with the next round; nobody waits for it to see them go.
      await replica.write({ erased: [contactId] });
      changed();
      void sync.wake();
      return { erased };
    },
    'contact.lift': async ({ address }) => ({ lifted: await sync.use((api) => api.lift(address)) }),
    'retention.read': () => sync.use((api) => api.retention()),
    'retention.save': (settings) => sync.use((api) => api.setRetention(settings)),
  };
}
