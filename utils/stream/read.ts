import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { PATHS } from '../contract/routes.ts';

/** ms in which a stream has to begin: behind a proxy that holds answers back it never does. */
const PATIENCE = 5000;
/** ms of silence after which a stream is dead; the server says something every 20 s. */
const SILENCE = 45_000;
const LOOK = 5000;
/** Characters of one event that are taken at most. */
const LONGEST = 16_000_000;

/** Why a stream is over. */
export type End =
  | { why: 'stopped' } // by us
  | { why: 'cut' } // it had begun
  | { why: 'unreached' } // there was no answer at all
  | { why: 'held' } // it did not begin in time, or is none
  | { why: 'busy'; retryAfter: number } // ms
  | { why: 'refused'; code: string | undefined }; // the token

export interface StreamParts {
  server: string;
  token: string;
  since: number;
  fetch: typeof globalThis.fetch;
  /** ms since epoch; it may jump. */
  now: () => number;
  signal: AbortSignal;
  /** All that was heard so far is handed on; for the first time, that the stream has begun. */
  onBeat: () => void;
  /** An event and its data as they came. What it returns is waited for; when it throws, the stream is cut. */
  onEvent: (name: string, data: unknown) => Promise<void>;
}

/** Reads one stream until it is over; never rejects. Events are handed on one after the other. */
export async function readStream(parts: StreamParts): Promise<End> {
  const { signal, now } = parts;
  const quit = new AbortController();
  let heardAt: number | undefined;
  const patience = setTimeout(() => quit.abort(), PATIENCE);
  // A clock that jumps costs a connection, and never leaves a dead one unnoticed.
  const look = setInterval(() => {
    if (heardAt !== undefined && Math.abs(now() - heardAt) > SILENCE) quit.abort();
  }, LOOK);
  const alive = () => {
    clearTimeout(patience);
    heardAt = now();
  };
  const over = (): End => {
    if (signal.aborted) return { why: 'stopped' };
    if (heardAt !== undefined) return { why: 'cut' };
    return { why: quit.signal.aborted ? 'held' : 'unreached' };
  };
  try {
    const response = await parts.fetch(`${parts.server}${PATHS.stream}?since=${parts.since}`, {
      headers: { authorization: `Bearer ${parts.token}`, accept: 'text/event-stream' },
      // As with any request: a redirect would take the token along.
      ...{ redirect: 'manual', cache: 'no-store', credentials: 'omit' },
      signal: AbortSignal.any([signal, quit.signal]),
    });
    const refusal = await refusalOf(response);
    if (refusal || !response.body) return refusal ?? { why: 'held' };
    await readEvents(response.body, parts, alive);
    return over();
  } catch {
    return over();
  } finally {
    clearTimeout(patience);
    clearInterval(look);
    quit.abort();
  }
}

async function refusalOf(response: Response): Promise<End | undefined> {
  if (response.status === 401) return { why: 'refused', code: await codeOf(response) };
  if (response.status === 429 || response.status === 503) {
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    return { why: 'busy', retryAfter: seconds > 0 ? Math.min(seconds, 60) * 1000 : 0 };
  }
  const fits = response.ok && response.headers.get('content-type')?.startsWith('text/event-stream');
  return fits ? undefined : { why: 'held' };
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body = (await response.json().catch(() => undefined)) as { error?: { code?: unknown } } | undefined;
  return typeof body?.error?.code === 'string' ? body.error.code : undefined;
}

async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { onEvent, onBeat }: StreamParts,
  alive: () => void,
): Promise<void> {
  const queue: EventSourceMessage[] = [];
  let [begun, beats] = [false, false];
  const parser = createParser({
    maxBufferSize: LONGEST,
    onEvent: (event) => queue.push(event),
    onComment: () => {
      beats = true;
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
    for (const { event, data } of queue.splice(0)) {
      if (event === 'hello') begun = true;
      else await onEvent(event ?? 'message', JSON.parse(data));
      beats = true;
    }
    if (!begun) continue;
    alive();
    // After the events: who hears of a beat may take it that all before it is known.
    if (beats) onBeat();
    beats = false;
  }
}
