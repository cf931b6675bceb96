import type { Logger } from 'pino';
import { forLog } from '../routes/problem.ts';
import type { Database } from '../store/database.ts';
import { sweepOidc } from '../store/oidc.ts';

const EVERY_MS = 10 * 60_000;

/** Deletes what has expired of sign-ins, from time to time. @returns stops it */
export function sweepSignIn(db: Database, log: Logger): () => void {
  const sweep = () => sweepOidc(db).catch((error: unknown) => log.warn(forLog(error), 'sweep failed'));
  const timer = setInterval(sweep, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
