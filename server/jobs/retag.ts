import { inWorkspace } from '../store/database.ts';
import { stepTags } from '../store/tag-rotation.ts';
import { eachWorkspace, inTurn, type Job, type Repeating, repeat } from './job.ts';

/**
 * Does what is due about all workspaces' tags, a small transaction at a time: it may be ended at any moment, and the
 * next run goes on from there.
 * @returns false when another server is doing it
 */
export function runRetag(job: Job): Promise<boolean> {
  const { db, clock, stop } = job;
  return inTurn(db, 'truce retag', () =>
    eachWorkspace(job, async (id) => {
      const step = () => inWorkspace(db, id, (trx) => stepTags(trx, id, clock()));
      while (!stop?.aborted && (await step()));
    }),
  );
}

/** A day's grace may end some minutes late. */
const EVERY_MS = 5 * 60_000;

/** Runs it now, whenever it is asked to, and every few minutes. */
export const startRetag = (job: Omit<Job, 'stop'>, onError: (error: unknown) => void): Repeating =>
  repeat((stop) => runRetag({ ...job, stop }), EVERY_MS, onError);
