import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type Commands = Pick<Handlers, 'command.write' | 'command.discard'>;

export function commandHandlers(replica: Replica, sync: Sync, changed: () => void): Commands {
  return {
    async 'command.write'(command) {
      await replica.load();
      const { workspaceId, me } = replica.meta;
      if (workspaceId === undefined) {
        throw new Trouble('unset', 'not connected yet');
      }
      await replica.append({ workspaceId, ...(me !== undefined && { memberId: me }), command });
      changed();
      void sync.wake();
      return { saved: true };
    },
    /** Only what the server has refused can be taken back: anything else may be on its way. */
    async 'command.discard'({ id }) {
      await replica.load();
      const refused = replica.queued.filter((entry) => entry.command.id === id && entry.refused);
      await replica.write({ dropQueued: refused.map(({ seq }) => seq) });
      changed();
    },
  };
}
