import pg from 'pg';
import { type Database, inWorkspace } from '../store/database.ts';
import { type Applied, applyBatch, type BatchContext } from './batch/batch.ts';
import type { Row } from './row.ts';

/**
 * Applies rows in one transaction. Where the database will not take a value among them, the rows are halved
 * until the one that it is about stands alone, and only that one stays out.
 * @param refuse told of that row
 * @throws what is wrong with the database rather than with a row
 */
export async function applyRows(
  db: Database,
  context: BatchContext,
  rows: readonly Row[],
  refuse: (line: number, reason: string) => Promise<void>,
): Promise<Applied> {
  try {
    return await inWorkspace(db, context.workspaceId, (trx) => applyBatch(trx, context, rows));
  } catch (error) {
    if (!isAboutValues(error)) throw error;
    const [only, ...more] = rows;
    if (only && more.length === 0) {
      await refuse(only.line, `the database does not take a value of this row (${error.code})`);
      return { counts: { added: 0, changed: 0, unchanged: 0 }, suppressed: [], stripped: [] };
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await applyRows(db, context, rows.slice(0, middle), refuse);
    const second = await applyRows(db, context, rows.slice(middle), refuse);
    return {
      counts: {
        added: first.counts.added + second.counts.added,
        changed: first.counts.changed + second.counts.changed,
        unchanged: first.counts.unchanged + second.counts.unchanged,
      },
      suppressed: [...first.suppressed, ...second.suppressed],
      stripped: [...first.stripped, ...second.stripped],
    };
  }
}

/** A value out of range, against a constraint or too long for an index. */
const isAboutValues = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
