import type { Retention } from '../../../utils/contract/privacy.ts';
import type { Trx } from '../database.ts';

const DEFAULTS: Retention = { historyMonths: null, idleMonths: null, auditMonths: 24, feedDays: 90 };

/** How long things are kept in this workspace. */
export async function readRetention(trx: Trx, workspaceId: string): Promise<Retention> {
  const row = await trx
    .selectFrom('retention')
    .select(['history_months', 'idle_months', 'audit_months', 'feed_days'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (!row) return DEFAULTS;
  return {
    historyMonths: row.history_months,
    idleMonths: row.idle_months,
    auditMonths: row.audit_months,
    feedDays: row.feed_days,
  };
}

export async function writeRetention(trx: Trx, workspaceId: string, settings: Retention): Promise<void> {
  const values = {
    history_months: settings.historyMonths,
    idle_months: settings.idleMonths,
    audit_months: settings.auditMonths,
    feed_days: settings.feedDays,
  };
  await trx
    .insertInto('retention')
    .values({ workspace_id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}
