import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CHANGE_CHANNEL } from '../store/change.ts';

export interface ListenParts {
  /** As the pool's connections are made. */
  options: pg.ClientConfig;
  /** A transaction was committed as this version; never called for what happened while nobody listened. */
  onChange(workspaceId: string, version: number): void;
  /** From now on every change is told of. */
  onUp(): void;
  /** From now on none is. @param error undefined when the connection just ended */
  onDown(error: unknown): void;
}

const FIRST = 250;
const LONGEST = 10_000;

const PAYLOAD = /^([0-9a-f-]{36}) (\d{1,15})$/;

/** Keeps a connection that hears of every change, and makes another one when it breaks. @returns ends it */
export function listen(parts: ListenParts): () => Promise<void> {
  const stopping = new AbortController();
  const running = keepListening(parts, stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}

async function keepListening(parts: ListenParts, stopping: AbortSignal): Promise<void> {
  for (let wait = FIRST; !stopping.aborted; wait = Math.min(wait * 2, LONGEST)) {
    const client = new pg.Client({
      ...parts.options,
      application_name: 'truce feed',
      keepAlive: true,
      keepAliveInitialDelayMillis: 20_000,
    });
    const over = new Promise<unknown>((done) => {
      client.on('error', done);
      client.on('end', () => done(undefined));
      stopping.addEventListener('abort', () => done(undefined), { once: true });
    });
    client.on('notification', ({ payload = '' }) => {
      const [, workspaceId, version] = PAYLOAD.exec(payload) ?? [];
      if (workspaceId !== undefined) parts.onChange(workspaceId, Number(version));
    });
    let failure: unknown;
    try {
      await client.connect();
      await client.query(`listen ${CHANGE_CHANNEL}`);
      wait = FIRST;
      if (!stopping.aborted) parts.onUp();
      failure = await over;
    } catch (error) {
      failure = error;
    }
    // One that is broken may never say that it has ended.
    const ended = client.end().catch(() => {});
    if (stopping.aborted) return Promise.race([ended, sleep(500)]);
    parts.onDown(failure);
    // Not all servers at the same moment.
    await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal: stopping }).catch(() => {});
  }
}
