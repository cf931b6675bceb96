import type { Answer, Payload } from '../messages.ts';
import type { StreamWord } from '../screen.ts';
import { Trouble } from '../trouble.ts';
import { type End, readStream } from './read.ts';
import { Rest } from './rest.ts';

/** ms between two looks whether this computer has slept. */
const LOOK = 5000;
/** ms between two looks after which it has: a hidden page may look once a minute. */
const SLEPT = 90_000;
/** ms in which the background hears of signs of life at most once. */
const BEAT = 5000;

type Told = Payload<'stream.hear'>;

export interface FollowParts {
  /** Asks the background for what a stream is opened with. Throws `Trouble`. */
  open: (refused: string | undefined) => Promise<Answer<'stream.open'>>;
  /** Tells the background what a stream said. Throws when it did not take it. */
  hear: (told: Told) => Promise<unknown>;
  bye: (told: Payload<'stream.end'>) => Promise<unknown>;
  /** Tells the background how the stream is. */
  say: (word: StreamWord) => void;
  fetch: typeof globalThis.fetch;
  now: () => number;
  random: () => number;
  /** Stops for good. */
  signal: AbortSignal;
  /** Where `again` is heard: that what is held is no longer right, or that a new try may go well. */
  calls: EventTarget;
}

/** Holds one stream after the other, and tells the background what they say, until it is stopped. */
export async function followStream(parts: FollowParts): Promise<void> {
  const rest = new Rest(parts.random);
  let refused: string | undefined;
  while (!parts.signal.aborted) {
    const again = new AbortController();
    const call = () => again.abort();
    parts.calls.addEventListener('again', call);
    const stopLooking = onWaking(parts.now, call);
    try {
      const { end, lasted, token } = await once(
        parts,
        refused,
        AbortSignal.any([parts.signal, again.signal]),
      );
      refused = end.why === 'refused' ? token : undefined;
      if (lasted > 0) parts.say('lost');
      if (parts.signal.aborted) return;
      await pause(rest.after(end, lasted), AbortSignal.any([parts.signal, again.signal]));
    } finally {
      stopLooking();
      parts.calls.removeEventListener('again', call);
    }
  }
}

type Over = { end: End | { why: 'nobody' } | { why: 'bye' }; lasted: number; token?: string };

async function once(parts: FollowParts, refused: string | undefined, signal: AbortSignal): Promise<Over> {
  const { now, say } = parts;
  say('trying');
  let grant: Answer<'stream.open'>;
  try {
    grant = await parts.open(refused);
  } catch (error) {
    const away = error instanceof Trouble && /^(unset|signed-out|ended|removed)$/.test(error.code);
    return { end: { why: away ? 'nobody' : 'unreached' }, lasted: 0 };
  }
  if (signal.aborted) return { end: { why: 'stopped' }, lasted: 0 };
  const { of, token } = grant;
  let began: number | undefined;
  let saidAt: number | undefined;
  let bye = false;
  const leave = async (code: unknown) => {
    if (code !== 'ended' && code !== 'removed') return;
    bye = true;
    await parts.bye({ of, code });
  };
  const end = await readStream({
    ...grant,
    ...{ fetch: parts.fetch, now, signal },
    onBeat() {
      began ??= performance.now();
      if (saidAt !== undefined && Math.abs(now() - saidAt) < BEAT) return;
      saidAt = now();
      say('live');
    },
    async onEvent(name, data) {
      const said = typeof data === 'object' ? data : {};
      if (name === 'changes') await parts.hear({ ...said, of } as Told);
      if (name === 'bye') await leave((said as { code?: unknown } | null)?.code);
    },
  });
  if (end.why === 'refused') await leave(end.code).catch(() => undefined);
  const lasted = began === undefined ? 0 : Math.max(1, performance.now() - began);
  return { end: bye ? { why: 'bye' } : end, lasted, token };
}

/** Calls when the computer has slept, or its clock was set: a stream may be dead by then, and a rest too long. */
function onWaking(now: () => number, call: () => void): () => void {
  let seen = now();
  const timer = setInterval(() => {
    if (Math.abs(now() - seen) > SLEPT) call();
    seen = now();
  }, LOOK);
  return () => clearInterval(timer);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
