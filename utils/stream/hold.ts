import { send } from '../messages.ts';
import { sayStream, streamCalls } from '../screen.ts';
import { followStream } from './follow.ts';

/** Whoever of this extension's screens has this lock holds the stream, for all of them. */
const LOCK = 'truce-stream';

export interface HoldParts {
  locks: Pick<LockManager, 'request'>;
  /** Holds streams until it is stopped. */
  follow: (signal: AbortSignal) => Promise<void>;
  /** Where the background's calls are heard: `again`, `take`. */
  calls: EventTarget;
  /** The page's window. */
  page: EventTarget;
}

/** Has this screen hold the stream of changes, or wait for its turn to, as long as it is open and not frozen. */
export function holdStream({ locks, follow, calls, page }: HoldParts = here()): void {
  let turn: AbortController | undefined;
  let holds = false;

  async function wait(take: boolean): Promise<void> {
    turn?.abort();
    const mine = new AbortController();
    turn = mine;
    const work = async () => {
      holds = turn === mine;
      await follow(mine.signal);
    };
    const error: unknown = await locks
      .request(LOCK, take ? { steal: true } : { signal: mine.signal }, work)
      .catch((reason: unknown) => reason);
    // Of a lock that is taken away the work goes on: it has to be stopped.
    const stolen = !mine.signal.aborted && error instanceof DOMException;
    mine.abort();
    if (turn !== mine) return;
    holds = false;
    if (stolen) void wait(false);
  }
  const begin = () => {
    if (!turn || turn.signal.aborted) void wait(false);
  };
  const stop = () => turn?.abort();

  for (const name of ['pagehide', 'freeze']) page.addEventListener(name, stop, true);
  for (const name of ['pageshow', 'resume']) page.addEventListener(name, begin, true);
  page.addEventListener('online', () => calls.dispatchEvent(new Event('again')));
  calls.addEventListener('take', () => {
    if (!holds && !turn?.signal.aborted) void wait(true);
  });
  begin();
}

function here(): HoldParts {
  const follow = (signal: AbortSignal) =>
    followStream({
      open: (refused) => send('stream.open', refused === undefined ? {} : { refused }),
      hear: (told) => send('stream.hear', told),
      bye: (told) => send('stream.end', told),
      ...{ say: sayStream, calls: streamCalls, signal },
      ...{ fetch: (...input) => globalThis.fetch(...input), now: Date.now, random: Math.random },
    });
  return { locks: navigator.locks, follow, calls: streamCalls, page: globalThis };
}
