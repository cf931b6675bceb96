import type { Database } from '../store/database.ts';
import { listWorkspaces } from '../store/workspace.ts';
import { takeTurn } from './turn.ts';

export interface Job {
  db: Database;
  /** The owner's, who alone may list the workspaces. */
  databaseUrl: string;
  clock: () => Date;
  stop?: AbortSignal | undefined;
}

/**
 * Of several servers on one database one does a job, the others pass.
 * @returns false when another server is doing it
 */
export async function inTurn(db: Database, name: string, run: () => Promise<void>): Promise<boolean> {
  const unlock = await takeTurn(db, name);
  if (!unlock) return false;
  try {
    await run();
  } finally {
    unlock();
  }
  return true;
}

/** Goes through all workspaces once, until it is stopped. */
export async function eachWorkspace(
  { databaseUrl, stop }: Job,
  run: (workspaceId: string) => Promise<void>,
): Promise<void> {
  for (const { id } of await listWorkspaces(databaseUrl)) {
    if (stop?.aborted) return;
    await run(id);
  }
}

/** A job that goes on by itself. */
export interface Repeating {
  /** Runs it soon, since something has just become due. */
  now(): void;
  /** Resolves when a run that is under way has stopped. */
  end(): Promise<void>;
}

/** Runs it now, whenever it is asked to, and every so many ms; one run at a time. */
export function repeat(
  run: (stop: AbortSignal) => Promise<unknown>,
  every: number,
  onError: (error: unknown) => void,
): Repeating {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;
  const runs = async () => {
    do {
      again = false;
      await run(ending.signal);
    } while (again && !ending.signal.aborted);
  };
  const now = () => {
    again = true;
    running ??= runs()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(now, every);
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
