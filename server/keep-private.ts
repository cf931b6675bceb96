import { join } from 'node:path';
import type { Logger } from 'pino';
import { startRetention } from './jobs/retention.ts';
import { forLog } from './routes/problem.ts';
import type { Database } from './store/database.ts';
import { ErasureLog } from './store/privacy/erasure-log.ts';
import { listWorkspaces } from './store/workspace.ts';

/**
 * Erases again whom a restored backup brought back, before anything is served; then begins to delete what has
 * been kept long enough, now and every day.
 * @param folder where the list of erasures is: `erasures.log`
 */
export async function keepPrivate(
  db: Database,
  databaseUrl: string,
  folder: string,
  log: Logger,
): Promise<{ erasures: ErasureLog; end(): Promise<void> }> {
  const erasures = await ErasureLog.open(join(folder, 'erasures.log'));
  const workspaces = await listWorkspaces(databaseUrl);
  const again = await erasures.reapply(
    db,
    workspaces.map(({ id }) => id),
  );
  if (again > 0) log.warn({ erased: again }, 'people who had been erased were back; they are erased again');
  const retention = startRetention(
    {
      db,
      databaseUrl,
      clock: () => new Date(),
      onPruned: (workspace, pruned) =>
        log.info({ workspace, ...pruned }, 'deleted what was kept long enough'),
    },
    (error) => log.error(forLog(error), 'retention did not run'),
  );
  return { erasures, end: retention.end };
}
