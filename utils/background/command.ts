import { v7 } from 'uuid';
import type { Command } from '../contract/command.ts';
import type { Queued } from '../replica/disk.ts';
import { heldBack } from '../replica/held-back.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { Trouble } from '../trouble.ts';
import type { Handlers } from './dispatcher.ts';

type Commands = Pick<
  Handlers,
  'command.write' | 'command.discard' | 'command.mend' | 'command.replace' | 'command.move'
>;

export function commandHandlers(replica: Replica, sync: Sync, changed: () => void): Commands {
  async function write(command: Command, form?: string): Promise<{ saved: true }> {
    await replica.load();
    const { server, workspaceId, me, ended } = replica.meta;
    if (workspaceId === undefined) {
      throw new Trouble('unset', 'not connected yet');
    }
    // A screen may not have heard yet: what it says is saved here would never be sent.
    if (ended) throw new Trouble(ended.state, 'this browser was ended');
    const author = { ...(server !== undefined && { server }), ...(me !== undefined && { memberId: me }) };
    await replica.append({ workspaceId, ...author, command }, form);
    if (replica.meta.workspaceId === undefined) {
      // Signed out meanwhile: nothing of this person's stays.
      const late = replica.queued.filter((entry) => entry.command.id === command.id);
      await replica.write({ dropQueued: late.map(({ seq }) => seq) });
      throw new Trouble('signed-out', 'signed out meanwhile');
    }
    changed();
    void sync.wake();
    return { saved: true };
  }

  return {
    'command.write': ({ command, form }) => write(command, form),
    /** Only what the server has refused can be taken back: anything else may be on its way. */
    async 'command.discard'({ id }) {
      await replica.load();
      const { refused, behind } = findRefused(replica, id);
      if (refused) await replica.write({ dropQueued: [refused, ...behind].map(({ seq }) => seq) });
      changed();
    },
    async 'command.mend'({ id, form, text }) {
      await replica.load();
      const { refused } = findRefused(replica, id);
      // Mended or given up on another screen meanwhile, there is nothing to be done.
      if (refused?.refused?.erased) throw new Trouble('gone', 'erased meanwhile');
      if (refused) await replica.write({ draft: { form, text }, dropQueued: [refused.seq] }, true);
      changed();
    },
    async 'command.replace'({ id, command }) {
      await replica.load();
      const { refused } = findRefused(replica, id);
      // Given up on another screen meanwhile: what is asked for here counts all the same.
      if (!refused) return write(command);
      const { refused: _, ...entry } = refused;
      await replica.write({ queued: [{ ...entry, command }] }, true);
      changed();
      void sync.wake();
      return { saved: true };
    },
    async 'command.move'({ id, contactId }) {
      await replica.load();
      const { refused, behind } = findRefused(replica, id);
      if (!refused) return;
      const queued = behind.map((entry) => ({ ...entry, command: about(entry.command, contactId) }));
      await replica.write({ dropQueued: [refused.seq], queued }, true);
      changed();
      void sync.wake();
    },
  };
}

/** A refused command, and what waits behind it. */
function findRefused({ queued }: Replica, id: string): { refused: Queued | undefined; behind: Queued[] } {
  const refused = queued.find((entry) => entry.command.id === id && entry.refused);
  return { refused, behind: refused ? (heldBack(queued).get(refused.seq) ?? []) : [] };
}

/** The same about another contact: nobody has seen the one of before. */
function about(command: Command, contactId: string): Command {
  return { ...command, id: v7(), payload: { ...command.payload, contactId } } as Command;
}
