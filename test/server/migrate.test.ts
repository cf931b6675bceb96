import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { migrations } from '../../server/store/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.drop());

test('servers that start together on an empty database apply each migration once', async () => {
  const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  expect(applied.flat().sort()).toEqual(Object.keys(migrations).sort());
  expect(await migrate(database.url)).toEqual([]);
});

test('every table leads its key with the workspace and forces row-level security', async () => {
  const tables = await database.asOwner<{
    name: string;
    forced: boolean;
    lead: string | null;
    owner: string;
  }>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      pg_get_userbyid(c.relowner) as owner,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as lead
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and c.relname not like 'kysely%'`);
  expect(tables.length).toBeGreaterThanOrEqual(20);
  for (const table of tables) expect(table).toMatchObject({ forced: true, lead: 'workspace_id' });
  expect(tables.filter((table) => table.owner === 'truce_app')).toEqual([]);
});

test('a database of a newer Truce is refused', async () => {
  await database.asOwner(`insert into kysely_migration values ('9999-later', now()::text)`);
  await expect(migrate(database.url)).rejects.toThrow('made by a newer Truce');
});
