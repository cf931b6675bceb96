import { Asking } from '../../utils/background/asking.ts';
import { situationOf } from '../../utils/background/situation-of.ts';
import { viewOf } from '../../utils/background/view-of.ts';
import type { Command } from '../../utils/contract/command.ts';
import type { Sighting } from '../../utils/detect/types.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { Sync } from '../../utils/sync/sync.ts';
import type { Team } from './team.ts';

export const seen = (address: string, more: Partial<Sighting> = {}): Sighting => ({
  ...{ keys: [`email:${address}`], address, role: 'mentioned', focus: false, why: 'text' },
  ...more,
});

/** A browser with this page open: the shipped background's parts on the real server. */
export async function open(team: Team, sightings: Sighting[]) {
  const asked: { path: string; body: string }[] = [];
  const denied = new Set<string>();
  const replica = new Replica(async () => memoryDisk());
  let down = false;
  const sync: Sync = new Sync({
    replica,
    auth: {
      token: async () => team.token,
      ask: () => Promise.reject(new Error('not asked')),
      drop: (batch) => replica.write(batch).then(() => true),
      signOut: async () => async () => undefined,
    },
    onChange: () => undefined,
    fetch: async (input, init) => {
      if (down) throw new TypeError('no network');
      const { pathname, search } = new URL(String(input));
      const body = typeof init?.body === 'string' ? init.body : '';
      asked.push({ path: pathname, body });
      const headers = Object.fromEntries(new Headers(init?.headers));
      return team.request(pathname + search, { headers, ...(body !== '' && { body }) });
    },
  });
  const { workspaceId, memberId: me } = team;
  await sync.change(async () => {
    await replica.write({ meta: { ...replica.meta, server: 'http://server.test', workspaceId, me } });
  });
  const asking = new Asking(replica, sync);
  const look = async () => {
    const tab = { sightings, opened: [], frames: new Map(), once: false, named: [] };
    const { situation, ask } = await situationOf(
      {
        ...{ replica, sync, asking, signIn: { state: undefined }, preset: async () => undefined },
        pages: { load: async () => undefined, of: () => tab },
        pageStates: { of: async () => ({ state: 'read' as const }) },
        denials: {
          load: async () => undefined,
          among: async (guesses) => denied.intersection(new Set(guesses)),
        },
      },
      1,
    );
    return { view: viewOf(situation), ask };
  };
  return {
    asked,
    denied,
    replica,
    sync,
    /** Looks, asks what is to be asked, and looks again. */
    async view() {
      const { ask } = await look();
      await asking.ask(ask);
      return (await look()).view;
    },
    /** Puts a command into the outbox, as a screen does. */
    write: (command: Command) =>
      replica.append({ workspaceId, server: 'http://server.test', memberId: me, command }),
    unplug: (now: boolean) => {
      down = now;
    },
  };
}
