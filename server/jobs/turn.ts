import type { Database } from '../store/database.ts';

/**
 * Of several servers on one database one does a job, the others pass. A lock of a process that died is gone with
 * its connection.
 * @returns what ends the turn; undefined when another one has it
 */
export async function takeTurn(db: Database, job: string): Promise<(() => void) | undefined> {
  const client = await db.pool.connect();
  // Closing the connection, rather than handing it back, is what lets go of the lock.
  const unlock = () => client.release(true);
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [job],
    );
    if (rows[0]?.locked) return unlock;
  } catch (error) {
    unlock();
    throw error;
  }
  unlock();
  return undefined;
}
