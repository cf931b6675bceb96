import { type Database, inWorkspace } from '../store/database.ts';
import { stepTags } from '../store/tag-rotation.ts';
import { listWorkspaces } from '../store/workspace.ts';
import { takeTurn } from './turn.ts';

export interface RetagJob {
  db: Database;
  /** The owner's, who alone may list the workspaces. */
  databaseUrl: string;
  clock: () => Date;
  stop?: AbortSignal | undefined;
}

/**
 * Goes through all workspaces once and does what is due about their tags, a small transaction at a time: it may be
 * ended at any moment, and the next run goes on from there.
 * @returns false when another server is doing it
 */
export async function runRetag({ db, databaseUrl, clock, stop }: RetagJob): Promise<boolean> {
  const unlock = await takeTurn(db, 'truce retag');
  if (!unlock) return false;
  try {
    for (const { id } of await listWorkspaces(databaseUrl)) {
      const step = () => inWorkspace(db, id, (trx) => stepTags(trx, id, clock()));
      while (!stop?.aborted && (await step()));
    }
  } finally {
    unlock();
  }
  return true;
}

/** A day's grace may end some minutes late. */
const EVERY_MS = 5 * 60_000;

export interface Retagging {
  /** Runs it soon, since something has just become due. */
  now(): void;
  /** Resolves when a run that is under way has stopped. */
  end(): Promise<void>;
}

/** Runs it now, whenever it is asked to, and every few minutes. */
export function startRetag(job: Omit<RetagJob, 'stop'>, onError: (error: unknown) => void): Retagging {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await runRetag({ ...job, stop: ending.signal });
    } while (again && !ending.signal.aborted);
  };
  const now = () => {
    again = true;
    running ??= run()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(now, EVERY_MS);
  timer.unref();
  now();
  return {
    now,
    async end() {
      clearInterval(timer);
      ending.abort();
      await running;
    },
  };
}
