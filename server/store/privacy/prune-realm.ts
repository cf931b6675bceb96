import { sql } from 'kysely';
import { type Database, inWorkspace } from '../database.ts';
import { REALM } from '../realm.ts';

const BATCH = 500;
const MONTHS = 24;
/** Strangers are refused sign-in as often as they like: of that, so many of the newest are kept. */
export const REFUSALS_MAX = 10_000;

/**
 * The audit trail of the server itself, of no workspace: refused sign-ins of strangers, renewed signing keys.
 * @returns how many rows went
 */
export async function pruneRealm(
  db: Database,
  now: Date,
  { stop, refusals = REFUSALS_MAX }: { stop?: AbortSignal | undefined; refusals?: number } = {},
): Promise<number> {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - MONTHS);
  const its = sql`workspace_id = ${REALM}::uuid`;
  const old = sql`select id from audit where ${its} and at < ${before} limit ${sql.lit(BATCH)}`;
  const many = sql`select id from audit where ${its} and action = 'sign-in.refused'
    order by id desc limit ${sql.lit(BATCH)} offset ${sql.lit(refusals)}`;
  let gone = 0;
  for (const which of [old, many]) {
    for (let count = BATCH; count === BATCH && !stop?.aborted; gone += count) {
      count = await inWorkspace(db, REALM, async (trx) => {
        const { numAffectedRows = 0n } =
          await sql`delete from audit where ${its} and id in (${which})`.execute(trx);
        return Number(numAffectedRows);
      });
    }
  }
  return gone;
}
