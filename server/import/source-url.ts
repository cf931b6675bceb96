import { sql } from 'kysely';
import { CARDS_MAX, rebuildCards } from '../store/card.ts';
import { commitChanges } from '../store/change.ts';
import { rebuildCompanies } from '../store/company.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import type { Plan } from './plan.ts';

/** Keeps how records of a source are opened, and puts the links on everything that came from it. */
export async function setRecordUrl(
  db: Database,
  workspaceId: string,
  plan: Plan,
  template: string,
): Promise<void> {
  const companies = plan.subject === 'companies';
  const column = sql.ref(companies ? 'company_url' : 'record_url');
  await inWorkspace(db, workspaceId, (trx) =>
    sql`insert into source (workspace_id, source, ${column})
      values (${workspaceId}::uuid, ${plan.source}, ${template})
      on conflict (workspace_id, source) do update set ${column} = excluded.${column}`.execute(trx),
  );
  // Also when the template was there before: what kept it may have been interrupted below.
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const ids = await inWorkspace(db, workspaceId, async (trx) => {
      const { rows } = companies
        ? await sql<{ id: string }>`select distinct company_id as id from company_record
            where workspace_id = ${workspaceId}::uuid and source = ${plan.source} and company_id > ${after}::uuid
            order by id limit ${CARDS_MAX}`.execute(trx)
        : await sql<{ id: string }>`select distinct contact_id as id from identity
            where workspace_id = ${workspaceId}::uuid and kind = ${plan.source} and contact_id > ${after}::uuid
            order by id limit ${CARDS_MAX}`.execute(trx);
      const all = rows.map(({ id }) => id);
      const kind = companies ? 'company' : 'card';
      const fresh = await (companies ? rebuildCompanies : rebuildCards)(trx, workspaceId, all);
      await commitChanges(
        trx,
        workspaceId,
        fresh.map((id) => ({ kind, id }) as const),
      );
      return all;
    });
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
