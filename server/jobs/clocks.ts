import { inWorkspace } from '../store/database.ts';
import { tendClocks } from '../store/handover.ts';
import { eachWorkspace, inTurn, type Job, type Repeating, repeat } from './job.ts';

/**
 * Sees to the clocks of all workspaces' handovers, so many contacts in a transaction: it may be ended at any moment,
 * and the next run goes on from there.
 * @returns false when another server is doing it
 */
export function runClocks(job: Job): Promise<boolean> {
  const { db, clock, stop } = job;
  return inTurn(db, 'truce clocks', () =>
    eachWorkspace(job, async (id) => {
      const step = () => inWorkspace(db, id, (trx) => tendClocks(trx, id, clock()));
      const isMore = async () => {
        const { followed, lapsed } = await step();
        return followed.length + lapsed.length > 0;
      };
      while (!stop?.aborted && (await isMore()));
    }),
  );
}

/** Screens tell by the time alone that a clock has run out; the rest of the team's data may say so a minute late. */
const EVERY_MS = 60_000;

/** Runs it now and every minute. */
export const startClocks = (job: Omit<Job, 'stop'>, onError: (error: unknown) => void): Repeating =>
  repeat((stop) => runClocks({ ...job, stop }), EVERY_MS, onError);
