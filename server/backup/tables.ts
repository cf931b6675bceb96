import type pg from 'pg';

export interface Table {
  name: string;
  /** Those that are stored; generated ones come back by themselves. */
  columns: string[];
  /** Row-level security holds for the owner too. */
  forced: boolean;
}

/** Every table with rows of workspaces, as the database itself tells; what others point to comes first. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table & { needs: string[] }>(`
    select c.relname::text as name, c.relforcerowsecurity as forced,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = current_schema()::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id'
        and not a.attisdropped)
    order by 1`);
  const left = new Map(rows.map((row) => [row.name, row]));
  const sorted: Table[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ needs }) => !needs.some((name) => left.has(name)));
    if (ready.length === 0) throw new Error('[backup] tables point to each other in a circle');
    for (const { name, columns, forced } of ready) {
      sorted.push({ name, columns, forced });
      left.delete(name);
    }
  }
  return sorted;
}

/** The migrations that have been applied, in order; none on a database that is not Truce's. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const there = await client.query<{ ours: boolean }>(
    `select to_regclass('kysely_migration') is not null as ours`,
  );
  if (there.rows[0]?.ours !== true) return [];
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

/** For values in the form in which another server, of another version or place, reads them back the same. */
export const STEADY = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local timezone = 'UTC'; set local bytea_output = 'hex'; set local extra_float_digits = 1;
  set local statement_timeout = 0`;
