import { sql } from 'kysely';
import type { Retention } from '../../../utils/contract/privacy.ts';
import { writeAudit } from '../audit.ts';
import { lockContacts, rebuildCards } from '../card.ts';
import { commitChanges } from '../change.ts';
import { type Database, inWorkspace, type Trx } from '../database.ts';
import { dropStale } from '../recipe-stale.ts';
import { pruneTagLog } from '../tag-log.ts';
import { eraseContacts } from './erase.ts';
import { readRetention } from './settings.ts';

/** Rows that one transaction takes: nobody waits longer than for these. */
const BATCH = 500;

/** How many rows of each kind went. */
export type Pruned = Record<
  'contacts' | 'touches' | 'memberships' | 'moves' | 'audit' | 'changes' | 'tags' | 'commands' | 'recipes',
  number
>;

/** Deletes one batch; answers how many rows went. */
type Step = (trx: Trx) => Promise<number>;

/**
 * Deletes what has been kept long enough, in small transactions, each of which holds by itself.
 * @param stop ends it between two batches
 */
export async function prune(
  db: Database,
  workspaceId: string,
  now: Date,
  stop?: AbortSignal,
): Promise<Pruned> {
  const { settings, lockDays } = await inWorkspace(db, workspaceId, async (trx) => ({
    settings: await readRetention(trx, workspaceId),
    lockDays: await readLockDays(trx, workspaceId),
  }));
  const steps = stepsFor(workspaceId, settings, lockDays, now);
  const pruned: Pruned = {
    contacts: 0,
    touches: 0,
    memberships: 0,
    moves: 0,
    audit: 0,
    changes: 0,
    tags: 0,
    commands: 0,
    recipes: 0,
  };
  for (const [kind, step] of Object.entries(steps) as [keyof Pruned, Step][]) {
    for (let count = BATCH; count > 0 && !stop?.aborted; ) {
      count = await inWorkspace(db, workspaceId, step);
      pruned[kind] += count;
    }
  }
  return pruned;
}

async function readLockDays(trx: Trx, workspaceId: string): Promise<number> {
  const row = await trx
    .selectFrom('workspace')
    .select('lock_days')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.lock_days;
}

function stepsFor(
  workspaceId: string,
  { historyMonths, idleMonths, auditMonths, feedDays }: Retention,
  lockDays: number,
  now: Date,
): Partial<Record<keyof Pruned, Step>> {
  // A browser may give a command again for as long as its copy opens: until then its result is kept.
  const fed = days(now, Math.max(feedDays, lockDays));
  return {
    ...(idleMonths !== null && { contacts: idleContacts(workspaceId, months(now, idleMonths)) }),
    ...(historyMonths !== null && {
      touches: history(workspaceId, 'touch', months(now, historyMonths)),
      memberships: history(workspaceId, 'campaign_member', months(now, historyMonths)),
      moves: history(workspaceId, 'stage_move', months(now, historyMonths)),
    }),
    audit: rows(workspaceId, 'audit', 'at', months(now, auditMonths)),
    changes: feed(workspaceId, fed),
    tags: (trx) => pruneTagLog(trx, workspaceId, BATCH),
    commands: rows(workspaceId, 'command', 'created_at', fed),
    recipes: (trx) => dropStale(trx, workspaceId, fed),
  };
}

const days = (now: Date, count: number) => new Date(now.getTime() - count * 86_400_000);

function months(now: Date, count: number): Date {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() - count);
  return then;
}

/**
 * Nothing was done about them, said of them or planned with them since. Who must not be contacted stays:
 * forgetting that they said no would be no service to them.
 */
const idleContacts =
  (workspaceId: string, before: Date): Step =>
  async (trx) => {
    const of = sql`workspace_id = ${workspaceId}::uuid and contact_id = c.id`;
    const { rows: idle } = await sql<{ id: string }>`
      select id from contact c where workspace_id = ${workspaceId}::uuid
        and created_at < ${before} and (stage_at is null or stage_at < ${before})
        and not coalesce(do_not_contact, false) and consent is distinct from 'denied'
        and not exists (select from touch where ${of} and at >= ${before})
        and not exists (select from campaign_member where ${of} and (at >= ${before} or state = 'planned'))
        and not exists (select from note where ${of} and greatest(at, edited_at) >= ${before})
        and not exists (select from task where ${of} and (done_at is null or done_at >= ${before}))
        and not exists (select from jsonb_each(provenance) p where (p.value->>'at')::timestamptz >= ${before})
      order by id limit ${sql.lit(BATCH)}`.execute(trx);
    if (idle.length === 0) return 0;
    const erased = await eraseContacts(
      trx,
      workspaceId,
      idle.map(({ id }) => id),
      {
        reason: 'retention',
        note: (within, ids) =>
          writeAudit(within, workspaceId, 'retention.ran', { detail: { contacts: ids.length } }),
      },
    );
    return erased.length;
  };

/** What is still to come stays, and so does an unsubscription: it is a no that has to be remembered. */
const history =
  (workspaceId: string, table: 'touch' | 'campaign_member' | 'stage_move', before: Date): Step =>
  async (trx) => {
    const kept = table === 'campaign_member' ? sql`state not in ('planned', 'unsubscribed')` : sql`true`;
    const old = sql`select ctid from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid
      and at < ${before} and ${kept} order by at limit ${sql.lit(BATCH)}`;
    const { rows: whose } = await sql<{ id: string }>`select distinct contact_id as id
      from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid and ctid in (${old})`.execute(trx);
    const ids = await lockContacts(
      trx,
      workspaceId,
      whose.map(({ id }) => id),
    );
    const { rows: gone } = await sql<{ id: string }>`delete from ${sql.table(table)}
      where workspace_id = ${workspaceId}::uuid and contact_id = any(${ids}::uuid[]) and ctid in (${old})
      returning contact_id as id`.execute(trx);
    const cards = await rebuildCards(trx, workspaceId, [...new Set(gone.map(({ id }) => id))]);
    await commitChanges(
      trx,
      workspaceId,
      cards.map((id) => ({ kind: 'card', id })),
    );
    return gone.length;
  };

const rows =
  (workspaceId: string, table: 'audit' | 'command', time: 'at' | 'created_at', before: Date): Step =>
  async (trx) => {
    const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)}
      where workspace_id = ${workspaceId}::uuid and id in (
        select id from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid
          and ${sql.ref(time)} < ${before} order by ${sql.ref(time)} limit ${sql.lit(BATCH)})`.execute(trx);
    return Number(numAffectedRows);
  };

/** The oldest part of the feed. Whoever has not come so far starts over, so the floor moves with it. */
const feed =
  (workspaceId: string, before: Date): Step =>
  async (trx) => {
    const { rows: oldest } = await sql<{ version: number; kind: string; id: string; old: boolean }>`
      select version, kind, id, at < ${before} as old from change where workspace_id = ${workspaceId}::uuid
      order by version, kind, id limit ${sql.lit(BATCH)}`.execute(trx);
    const fresh = oldest.findIndex(({ old }) => !old);
    const gone = fresh < 0 ? oldest : oldest.slice(0, fresh);
    const last = gone.at(-1);
    if (!last) return 0;
    await sql`delete from change using unnest(${gone.map(({ version }) => version)}::bigint[],
        ${gone.map(({ kind }) => kind)}::text[], ${gone.map(({ id }) => id)}::uuid[]) g (version, kind, id)
      where change.workspace_id = ${workspaceId}::uuid and change.version = g.version
        and change.kind = g.kind and change.id = g.id`.execute(trx);
    await sql`update workspace set feed_floor = greatest(feed_floor, ${last.version}::bigint)
      where workspace_id = ${workspaceId}::uuid`.execute(trx);
    return gone.length;
  };
