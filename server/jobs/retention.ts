import { sql } from 'kysely';
import { type Database, inWorkspace } from '../store/database.ts';
import { type Pruned, prune } from '../store/privacy/prune.ts';
import { pruneRealm } from '../store/privacy/prune-realm.ts';
import { eachWorkspace, inTurn, type Job, type Repeating, repeat } from './job.ts';

export interface RetentionJob extends Job {
  /** Told of what went in each workspace, when something did. */
  onPruned(workspaceId: string, pruned: Pruned): void;
}

const HOUR = 3_600_000;

/**
 * Deletes everywhere what has been kept long enough. A workspace that was gone through within the hour is left alone.
 * @returns false when another server is doing it
 */
export async function runRetention(job: RetentionJob): Promise<boolean> {
  const { db, clock, stop, onPruned } = job;
  return inTurn(db, 'truce retention', async () => {
    await pruneRealm(db, clock(), { stop });
    await eachWorkspace(job, async (id) => {
      if (!(await isDue(db, id, clock()))) return;
      const pruned = await prune(db, id, clock(), stop);
      if (Object.values(pruned).some((count) => count > 0)) onPruned(id, pruned);
    });
  });
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

/** Runs it now and every day. */
export const startRetention = (
  job: Omit<RetentionJob, 'stop'>,
  onError: (error: unknown) => void,
): Repeating => repeat((stop) => runRetention({ ...job, stop }), 24 * HOUR, onError);
