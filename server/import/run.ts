import { sql } from 'kysely';
import { type Database, inWorkspace } from '../store/database.ts';
import { applyRows } from './apply.ts';
import { BATCH_MAX, type BatchContext, type Counts } from './batch/batch.ts';
import { keysOf, TwoAtATime } from './overlap.ts';
import type { Prepared } from './prepare.ts';
import { readRow } from './read-row.ts';
import { ImportRefusal } from './refusal.ts';
import { Report } from './report.ts';
import type { Row } from './row.ts';
import { loadTeam } from './team.ts';

export interface Outcome extends Counts {
  read: number;
  refused: number;
  /** Rows about people who were erased and must not come back. */
  suppressed: number;
  /** Values that were left out of rows that went in. */
  remarks: number;
  /** Owners and stages that nobody knows. */
  unknown: number;
  /** Undefined when there is nothing to report. */
  report: string | undefined;
}

/** Said without naming them: the line is enough. */
const ERASED = 'this person was erased and must not come back; an admin can lift that (docs/privacy.md)';

export interface Progress {
  bytes: number;
  of: number;
  rows: number;
}

/**
 * Imports a file into a workspace, in small transactions. It may be stopped at any moment and run again:
 * what is there already is found again and left as it is.
 * @throws ImportRefusal when another import is running in this workspace
 */
export async function runImport(
  db: Database,
  workspaceId: string,
  prepared: Prepared,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Outcome> {
  const unlock = await lockImports(db, workspaceId);
  try {
    const times = await rememberFile(db, workspaceId, prepared);
    const team = await inWorkspace(db, workspaceId, (trx) => loadTeam(trx, workspaceId));
    const report = await Report.open(prepared.file.path);
    const context: BatchContext = { workspaceId, plan: prepared.plan, team, ...times };
    const outcome: Outcome = {
      read: 0,
      added: 0,
      changed: 0,
      unchanged: 0,
      refused: 0,
      suppressed: 0,
      remarks: 0,
      unknown: 0,
      report: undefined,
    };
    const pace = new TwoAtATime();
    try {
      for await (const { rows, bytes } of readBatches(prepared, report, outcome)) {
        await pace.begin(keysOf(rows), async () => {
          const { counts, suppressed, stripped } = await applyRows(
            db,
            context,
            rows,
            async (line, reason) => {
              outcome.refused += 1;
              await report.add({ line, outcome: 'refused', reason });
            },
          );
          for (const line of suppressed) await report.add({ line, outcome: 'suppressed', reason: ERASED });
          for (const line of stripped)
            await report.add({ line, outcome: 'left out', reason: `an address or profile of it: ${ERASED}` });
          outcome.suppressed += suppressed.length;
          outcome.remarks += stripped.length;
          for (const key of ['added', 'changed', 'unchanged'] as const) outcome[key] += counts[key];
          const done = outcome.added + outcome.changed + outcome.unchanged;
          onProgress({ bytes, of: prepared.file.bytes, rows: done });
        });
      }
    } finally {
      await pace.end();
    }
    await reportUnknown(context, report, outcome);
    await report.close();
    await finishFile(db, workspaceId, prepared);
    return { ...outcome, report: report.lines > 0 ? report.path : undefined };
  } finally {
    await unlock();
  }
}

async function* readBatches(
  { table, plan }: Prepared,
  report: Report,
  outcome: Outcome,
): AsyncGenerator<{ rows: Row[]; bytes: number }> {
  let rows: Row[] = [];
  // Lines of one cell: below the table of some exports they are a notice, not rows.
  let notice: { line: number; reason: string }[] = [];
  const refuse = async (line: number, reason: string) => {
    outcome.read += 1;
    outcome.refused += 1;
    await report.add({ line, outcome: 'refused', reason });
  };
  for await (const { records, bytes } of table.rows()) {
    for (const record of records) {
      const read = 'cells' in record ? readRow(record, plan) : record;
      if ('reason' in read) {
        const single = 'cells' in record && record.cells.filter((cell) => cell.trim() !== '').length <= 1;
        if (single) notice.push({ line: record.line, reason: read.reason });
        else await refuse(record.line, read.reason);
        continue;
      }
      for (const { line, reason } of notice) await refuse(line, reason);
      notice = [];
      outcome.read += 1;
      for (const remark of read.remarks) await report.add({ ...remark, outcome: 'left out' });
      outcome.remarks += read.remarks.length;
      rows.push(read.row);
      if (rows.length === BATCH_MAX) {
        yield { rows, bytes };
        rows = [];
      }
    }
  }
  if (!plan.footer) for (const { line, reason } of notice) await refuse(line, reason);
  if (rows.length > 0) yield { rows, bytes: Number.POSITIVE_INFINITY };
}

async function reportUnknown({ team }: BatchContext, report: Report, outcome: Outcome): Promise<void> {
  for (const { what, value, line, times } of team.unknown.values()) {
    const often = times === 1 ? '' : ` (${times} rows, this is the first)`;
    const reason =
      what === 'owner'
        ? `nobody in the team has this name or address${often}; add them and import the file again`
        : `no stage has this label${often}; add it, or map it to a stage, and import the file again`;
    await report.add({ line, outcome: 'left out', column: what, value, reason });
  }
  outcome.unknown = team.unknown.size;
}

/** One import at a time in a workspace; a lock of a process that died is gone with its connection. */
async function lockImports(db: Database, workspaceId: string): Promise<() => Promise<void>> {
  const client = await db.pool.connect();
  const name = [`truce import ${workspaceId}`];
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
    name,
  );
  if (rows[0]?.locked) {
    return async () => {
      // Asked for, so that the next import need not wait until PostgreSQL has noticed that the connection closed.
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', name).catch(() => undefined);
      client.release(true);
    };
  }
  client.release();
  throw new ImportRefusal('Another import is running in this workspace. Wait until it has ended.');
}

/** What a first import of the same content said of its times holds for every later one. */
async function rememberFile(
  db: Database,
  workspaceId: string,
  { file }: Prepared,
): Promise<Pick<BatchContext, 'asOf' | 'readAt'>> {
  const now = new Date();
  const asOf = new Date(Math.min(file.writtenAt.getTime(), now.getTime()));
  const { rows } = await inWorkspace(db, workspaceId, (trx) =>
    sql<{ as_of: Date; started_at: Date }>`insert into import_file as old (workspace_id, hash, as_of)
      values (${workspaceId}::uuid, ${file.hash}, ${asOf})
      on conflict (workspace_id, hash) do update set as_of = old.as_of
      returning as_of, started_at`.execute(trx),
  );
  return {
    asOf: (rows[0]?.as_of ?? asOf).toISOString(),
    readAt: (rows[0]?.started_at ?? now).toISOString(),
  };
}

async function finishFile(db: Database, workspaceId: string, { file }: Prepared): Promise<void> {
  await inWorkspace(db, workspaceId, (trx) =>
    sql`update import_file set finished_at = now() where workspace_id = ${workspaceId}::uuid
      and hash = ${file.hash} and finished_at is null`.execute(trx),
  );
}
