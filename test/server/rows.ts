import pg from 'pg';

/** Every row of every table but Kysely's own, as text, in an order of its own; for a superuser. */
export async function allRows(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c datestyle=ISO' });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname not like 'kysely%' order by 1`);
    const all: Record<string, string[]> = {};
    for (const { name } of tables) {
      // By name, so that a column that came later elsewhere stands at the same place.
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${pg.escapeIdentifier(name)} t order by 1`,
      );
      all[name] = rows.map(({ row }) => row);
    }
    return all;
  } finally {
    await client.end();
  }
}

/** Without the numbers that a restore moves on, so that browsers start over. */
export const withoutLife = (rows: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(rows).map(([table, all]) => [
      table,
      table === 'workspace' || table === 'card'
        ? all.map((row) => row.replaceAll(/"(version|tag_floor|feed_floor)": \d+,? ?/g, '')).sort()
        : all,
    ]),
  );
