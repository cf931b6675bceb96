import { sql } from 'kysely';
import { type Database, inWorkspace } from '../store/database.ts';
import { fits, type Mapping, parseMapping } from './mapping.ts';

/** Keeps a mapping for the team under a name; one that was there gives way. */
export async function saveMapping(
  db: Database,
  workspaceId: string,
  name: string,
  mapping: Mapping,
): Promise<void> {
  await inWorkspace(db, workspaceId, (trx) =>
    sql`insert into import_mapping (workspace_id, name, body)
      values (${workspaceId}::uuid, ${name}, ${JSON.stringify(mapping)}::jsonb)
      on conflict (workspace_id, name) do update set body = excluded.body`.execute(trx),
  );
}

export async function readMapping(
  db: Database,
  workspaceId: string,
  name: string,
): Promise<Mapping | undefined> {
  const rows = await readAll(db, workspaceId);
  return rows.find((row) => row.name === name)?.mapping;
}

/** The kept mapping whose columns are all there; undefined when none fits, or more than one. */
export async function findMapping(
  db: Database,
  workspaceId: string,
  header: readonly string[],
): Promise<{ name: string; mapping: Mapping } | undefined> {
  const fitting = (await readAll(db, workspaceId)).filter(({ mapping }) => fits(mapping, header));
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function readAll(db: Database, workspaceId: string): Promise<{ name: string; mapping: Mapping }[]> {
  const { rows } = await inWorkspace(db, workspaceId, (trx) =>
    sql<{ name: string; body: string }>`select name, body::text as body from import_mapping
      where workspace_id = ${workspaceId}::uuid order by name`.execute(trx),
  );
  return rows.map(({ name, body }) => ({ name, mapping: parseMapping(body, name) }));
}
