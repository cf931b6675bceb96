import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** A log of fewer tags than these is kept however small the set is. */
const KEPT_MIN = 10_000;

/**
 * Forgets which tags changed before the feed's floor, and whatever could only be told by a delta that is larger than
 * a quarter of the set: whoever is so far behind reads the whole set. The floor moves with it.
 * @returns how many rows went, at most `batch`
 */
export async function pruneTagLog(trx: Trx, workspaceId: string, batch: number): Promise<number> {
  const of = sql`workspace_id = ${workspaceId}::uuid`;
  const { rows } = await sql<{ cut: number }>`
    with size as materialized (select key_no, count(*) from tag where ${of} group by key_no)
    select greatest(w.feed_floor, (
      select max(version) from (
        select key_no, version, sum(cardinality(tags)) over (partition by key_no order by version desc, id) as after
        from tag_log where ${of} and version > 0
      ) l left join size using (key_no) where after > greatest(${sql.lit(KEPT_MIN)}, size.count / 4)
    )) as cut
    from workspace w where ${of}`.execute(trx);
  const cut = rows[0]?.cut ?? 0;
  const gone = await sql`delete from tag_log where ${of} and id in (
    select id from tag_log where ${of} and version between 1 and ${cut}::bigint
    order by version limit ${batch})`.execute(trx);
  const count = Number(gone.numAffectedRows ?? 0n);
  if (count > 0)
    await sql`update workspace set tag_floor = greatest(tag_floor, ${cut}::bigint) where ${of}`.execute(trx);
  return count;
}
