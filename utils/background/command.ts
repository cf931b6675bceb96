import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type Commands = Pick<Handlers, 'command.write' | 'command.discard'>;

export function commandHandlers(replica: Replica, sync: Sync, changed: () => void): Commands {
  return {
    async 'command.write'(command) {
      await replica.load();
      const { server, workspaceId, me, ended } = replica.meta;
      if (workspaceId === undefined) {
        throw new Trouble('unset', 'not connected yet');
      }
      // A screen may not have heard yet: what it says is saved here would never be sent.
      if (ended) throw new Trouble(ended.state, 'this browser was ended');
      const author = { ...(server !== undefined && { server }), ...(me !== undefined && { memberId: me }) };
      await replica.append({ workspaceId, ...author, command });
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
