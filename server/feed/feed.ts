import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { forLog, Refusal } from '../routes/problem.ts';
import type { Device } from '../store/browser.ts';
import { listGone } from '../store/browser-list.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import { readFeed } from '../store/feed.ts';
import { atATime } from './at-a-time.ts';
import { Channel } from './channel.ts';
import { listen } from './listen.ts';
import { Listener } from './listener.ts';

export interface FeedSettings {
  /** Whether the database tells of changes; otherwise it is asked every second. */
  listen: boolean;
  /** Streams at a time, and of one workspace. */
  streams: number;
  workspaceStreams: number;
  /** Seconds between two looks at the database that nobody asked for: at memberships, and for what went untold. */
  checkEvery?: number;
}

export const DEFAULT_FEED: FeedSettings = { listen: true, streams: 8000, workspaceStreams: 6000 };

/** The live feed of one server process. */
export interface Feed {
  /**
   * Begins a stream of what happens after `since`; it lives on when this has returned.
   * @throws Refusal when there are too many, or the server is stopping
   */
  open(device: Pick<Device, 'workspaceId' | 'browserId'>, since: number, response: ServerResponse): void;
  /** Ends all streams at once. */
  stop(): Promise<void>;
}

/** A browser needs one, and may not know yet that the one before is dead. */
const PER_BROWSER = 3;
/** Seconds between two signs of life on a stream. */
const BEAT_EVERY = 20;
const RETRY_AFTER = 30;
/** ms between two lines of the log about what goes on failing. */
const SAY_EVERY = 60_000;

const TOO_MANY = 'The server holds as many live connections as it can. Try again in a moment.';
const STOPPING = 'The server is stopping. Try again in a moment.';

export function startFeed({ db, log }: { db: Database; log: Logger }, settings = DEFAULT_FEED): Feed {
  const { checkEvery = 15 } = settings;
  const channels = new Map<string, Channel>();
  /** Streams by the second in which they get their sign of life, so that not all get it at once. */
  const beats = Array.from({ length: BEAT_EVERY }, () => new Set<Listener>());
  // So that requests find connections to the database whatever joins and catches up.
  const [live, joining] = [atATime(3), atATime(2)];
  let [open, opened, seconds] = [0, 0, 0];
  let [polling, stopped] = [true, false];
  let saidAt = Number.NEGATIVE_INFINITY;

  const onError = (error: unknown) => {
    if (stopped || performance.now() - saidAt < SAY_EVERY) return;
    saidAt = performance.now();
    log.warn(forLog(error), 'the feed could not be read; trying again');
  };

  const channelOf = (workspaceId: string): Channel => {
    const known = channels.get(workspaceId);
    if (known) return known;
    const channel = new Channel({
      read: (since, isLive) =>
        (isLive ? live : joining)(() =>
          inWorkspace(db, workspaceId, (trx) => readFeed(trx, workspaceId, since), 'repeatable read'),
        ),
      gone: (ids) => live(() => inWorkspace(db, workspaceId, (trx) => listGone(trx, workspaceId, ids))),
      onError,
      giveUp: checkEvery * 1000,
    });
    channels.set(workspaceId, channel);
    return channel;
  };

  const pullAll = () => {
    for (const channel of channels.values()) void channel.pull();
  };

  function tick(): void {
    seconds += 1;
    const now = performance.now();
    for (const listener of beats[seconds % BEAT_EVERY] ?? []) listener.beat(now);
    if (polling) pullAll();
    let place = 0;
    for (const channel of channels.values()) {
      place += 1;
      if ((seconds + place) % checkEvery > 0) continue;
      void channel.check();
      // Nothing is lost for longer, whatever became of what the database told.
      void channel.pull();
    }
  }

  const timer = setInterval(tick, 1000);
  timer.unref();
  const stopListening = settings.listen
    ? listen({
        options: db.pool.options,
        onChange: (workspaceId, version) => channels.get(workspaceId)?.tell(version),
        onUp() {
          polling = false;
          pullAll();
        },
        onDown(error) {
          if (!polling) log.warn(forLog(error), 'the database tells of no changes; asking it every second');
          polling = true;
        },
      })
    : undefined;

  return {
    open({ workspaceId, browserId }, since, response) {
      if (stopped) throw new Refusal(503, 'unavailable', STOPPING, 1);
      if (response.destroyed) return;
      const there = channels.get(workspaceId);
      const own = there?.streamsOf(browserId) ?? [];
      const [oldest] = own;
      const full = open >= settings.streams || (there?.size ?? 0) >= settings.workspaceStreams;
      if (oldest && own.length >= PER_BROWSER) oldest.end();
      else if (full) throw new Refusal(429, 'busy', TOO_MANY, RETRY_AFTER);
      const channel = channelOf(workspaceId);
      const slot = beats[opened % BEAT_EVERY];
      opened += 1;
      open += 1;
      const listener = new Listener(browserId, response, (over) => {
        open -= 1;
        slot?.delete(over);
        channel.leave(over);
        if (channel.empty && channels.get(workspaceId) === channel) channels.delete(workspaceId);
      });
      slot?.add(listener);
      void channel.join(listener, since);
    },

    async stop() {
      stopped = true;
      clearInterval(timer);
      for (const channel of channels.values()) for (const listener of channel.streams()) listener.end();
      await stopListening?.();
    },
  };
}
