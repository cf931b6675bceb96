import { askStanding } from '../../utils/auth/standing.ts';
import { streamHandlers } from '../../utils/background/stream.ts';
import { StreamWatch } from '../../utils/background/stream-watch.ts';
import type { Batch, Disk } from '../../utils/replica/disk.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { followStream } from '../../utils/stream/follow.ts';
import { lookup } from '../../utils/sync/cards.ts';
import { Sync } from '../../utils/sync/sync.ts';

interface Options {
  /** Where its requests go. */
  url: string;
  token: string;
  workspaceId: string;
  memberId: string;
  browserId: string;
  /** Outlives a browser that is closed. */
  disk?: Disk;
  now?: () => number;
}

const screen = { from: 'screen' as const };

/** The background of a browser with one screen, without the browser: all but its messages is what is shipped. */
export async function openBrowser({ url, token, workspaceId, memberId, browserId, ...more }: Options) {
  const { disk = memoryDisk(), now = Date.now } = more;
  const replica = new Replica(async () => disk);
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    asked.push(new URL(String(input)).pathname);
    return globalThis.fetch(input, init);
  };
  const auth = {
    token: async () => token,
    ask: () => askStanding(fetch, replica.meta),
    drop: (batch: Batch) => replica.write({ ...batch, grant: null }).then(() => true),
    signOut: () => replica.write({ clear: true, clearOwn: true }).then(() => async () => undefined),
  };
  const calls = new EventTarget();
  const again = () => void calls.dispatchEvent(new Event('again'));
  const sync = new Sync({ replica, auth, fetch, now, onChange: () => undefined, onPerson: again });
  let isLive = false;
  const watch = new StreamWatch<string>({
    onLive(live) {
      isLive = live;
      sync.setLive(live);
    },
    onBeat: () => sync.beat(),
    onSilence: () => undefined,
  });
  const handlers = streamHandlers({ replica, auth, sync });
  const stop = new AbortController();
  await replica.load();
  const meta = { server: url, workspaceId, me: memberId, browserId };
  if (replica.meta.server === undefined) await sync.change(() => replica.write({ meta }));
  sync.setScreens(1);
  const followed = followStream({
    open: (refused) => handlers['stream.open'](refused === undefined ? {} : { refused }, screen),
    hear: (told) => handlers['stream.hear'](told, screen),
    bye: (told) => handlers['stream.end'](told, screen),
    say: (word) => watch.said('panel', word),
    ...{ fetch, now, random: Math.random, signal: stop.signal, calls },
  });
  return {
    ...{ replica, sync, disk, asked, again },
    live: () => isLive,
    count: (path: string) => asked.filter((each) => each === path).length,
    find: async (key: string) => {
      await sync.use((api) => lookup(replica, api, [key], now));
      return (await replica.idsByKeys([key])).get(key)?.[0] ?? '';
    },
    notes: async (id: string) =>
      (await replica.cards([id])).get(id)?.card.notes.map(({ text }) => text) ?? [],
    /** Closes the screen, and the browser with it. */
    async close() {
      stop.abort();
      await followed;
      watch.rest();
      sync.setScreens(0);
    },
  };
}

export type Opened = Awaited<ReturnType<typeof openBrowser>>;
