import { sql } from 'kysely';
import { type Database, inWorkspace } from '../store/database.ts';
import { type Pruned, prune } from '../store/privacy/prune.ts';
import { pruneRealm } from '../store/privacy/prune-realm.ts';
import { listWorkspaces } from '../store/workspace.ts';
import { takeTurn } from './turn.ts';

export interface RetentionJob {
  db: Database;
  /** The owner's, who alone may list the workspaces. */
  databaseUrl: string;
  clock: () => Date;
  stop?: AbortSignal | undefined;
  /** Told of what went in each workspace, when something did. */
  onPruned(workspaceId: string, pruned: Pruned): void;
}

const HOUR = 3_600_000;

/**
 * Goes through all workspaces once. Of several servers on one database one does it, the others pass; a
 * workspace that was gone through within the hour is left alone.
 */
export async function runRetention({ db, databaseUrl, clock, stop, onPruned }: RetentionJob): Promise<void> {
  const unlock = await takeTurn(db, 'truce retention');
  if (!unlock) return;
  try {
    await pruneRealm(db, clock(), { stop });
    for (const { id } of await listWorkspaces(databaseUrl)) {
      if (stop?.aborted) return;
      if (!(await isDue(db, id, clock()))) continue;
      const pruned = await prune(db, id, clock(), stop);
      if (Object.values(pruned).some((count) => count > 0)) onPruned(id, pruned);
    }
  } finally {
    unlock();
  }
}

async function isDue(db: Database, workspaceId: string, now: Date): Promise<boolean> {
  return inWorkspace(db, workspaceId, async (trx) => {
    const { rows } = await sql`
      insert into retention as r (workspace_id, ran_at) values (${workspaceId}::uuid, ${now})
      on conflict (workspace_id) do update set ran_at = excluded.ran_at
        where r.ran_at is null or r.ran_at <= ${new Date(now.getTime() - HOUR)}
      returning 1`.execute(trx);
    return rows.length > 0;
  });
}

/** Runs it now and every day. @returns ends it; resolves when a run that is under way has stopped */
export function startRetention(
  job: Omit<RetentionJob, 'stop'>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = runRetention({ ...job, stop: ending.signal }).catch(onError);
  };
  const timer = setInterval(run, 24 * HOUR);
  timer.unref();
  run();
  return async () => {
    clearInterval(timer);
    ending.abort();
    await running;
  };
}
