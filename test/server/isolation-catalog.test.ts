import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace, openDatabase } from '../../server/store/database.ts';
import { lookup } from '../../server/store/lookup.ts';
import { REALM } from '../../server/store/realm.ts';
import { findTeams } from '../../server/store/sign-in.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam } from './team.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Tables that are not ours: what Kysely keeps of migrations. */
const KYSELY = ['kysely_migration', 'kysely_migration_lock'];

const OWN = `(workspace_id = (NULLIF(current_setting('app.workspace'::text, true), ''::text))::uuid)`;

/** Policies beside a workspace's own, which every table has. */
const MORE: Record<string, string[]> = {
  member: ['sign_in_member SELECT public'],
  workspace: ['owner_lists SELECT owner', 'sign_in_workspace SELECT public'],
};

interface Table {
  name: string;
  enabled: boolean;
  forced: boolean;
  first: string;
  kind: string;
}

const tablesOf = () =>
  database.asOwner<Table>(`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, c.relkind as kind,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisprimary) as first
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
    order by 1`);

test('every table is keyed by workspace first, under forced row-level security', async () => {
  const tables = await tablesOf();
  const ours = tables.filter(({ name }) => !KYSELY.includes(name));
  expect(ours.length).toBeGreaterThan(25);
  expect(tables.length - ours.length).toBe(KYSELY.length);
  const wrong = ours.filter(
    ({ enabled, forced, first, kind }) => !enabled || !forced || first !== 'workspace_id' || kind !== 'r',
  );
  expect(wrong).toEqual([]);
});

test('every table has its workspace’s policy, and those that are more are known', async () => {
  const policies = await database.asOwner<
    Record<'table' | 'name' | 'cmd' | 'role' | 'using' | 'check', string>
  >(
    `select tablename as "table", policyname as name, cmd, permissive, qual as using, with_check as check,
      case when roles = '{public}' then 'public' when roles = array[current_user]::name[] then 'owner'
        else roles::text end as role
    from pg_policies where schemaname = 'public' order by 1, 2`,
  );
  for (const { name } of (await tablesOf()).filter((table) => !KYSELY.includes(table.name))) {
    const its = policies.filter(({ table }) => table === name);
    expect(
      its.find((policy) => policy.name === 'own_workspace'),
      name,
    ).toMatchObject({
      cmd: 'ALL',
      role: 'public',
      using: OWN,
      check: OWN,
    });
    const more = its.filter((policy) => policy.name !== 'own_workspace');
    expect([name, ...more.map((policy) => `${policy.name} ${policy.cmd} ${policy.role}`)]).toEqual([
      name,
      ...(MORE[name] ?? []),
    ]);
    // Without the address that sign-in sets, they show nothing.
    for (const policy of more.filter(({ role }) => role === 'public')) {
      expect(policy.using).toContain(`NULLIF(current_setting('app.sign_in'::text, true), ''::text)`);
    }
  }
});

test('the role that requests run as owns nothing and may do nothing but read and write rows', async () => {
  const [role] = await database.asOwner<Record<string, unknown>>(
    `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin,
      (select count(*)::int from pg_auth_members where member = r.oid) as member_of
    from pg_roles r where rolname = 'truce_app'`,
  );
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    rolcanlogin: false,
    member_of: 0,
  });
  const owned = await database.asOwner(
    `select classid::regclass, objid from pg_shdepend where refobjid = 'truce_app'::regrole and deptype = 'o'`,
  );
  expect(owned).toEqual([]);
  const rights = await database.asOwner<{ table: string; rights: string[] }>(
    `select table_name as table, array_agg(privilege_type::text order by 1) as rights
    from information_schema.role_table_grants where grantee = 'truce_app' group by 1 order by 1`,
  );
  const tables = (await tablesOf()).map(({ name }) => name).filter((name) => !KYSELY.includes(name));
  expect(rights.map(({ table }) => table)).toEqual(tables);
  for (const { table, rights: its } of rights) {
    // The trail can grow and, by retention, end; what it says stays.
    const more = table === 'audit' ? [] : ['UPDATE'];
    expect([...its].sort(), table).toEqual(['DELETE', 'INSERT', 'SELECT', ...more]);
  }
  const [more] = await database.asOwner<Record<string, unknown>>(
    `select has_schema_privilege('truce_app', 'public', 'create') as makes,
      has_database_privilege('truce_app', current_database(), 'create') as schemas,
      (select count(*)::int from pg_proc where pronamespace = 'public'::regnamespace) as functions,
      (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S') as sequences,
      (select count(*)::int from pg_proc where prosecdef and pronamespace = 'public'::regnamespace) as definers`,
  );
  expect(more).toEqual({ makes: false, schemas: false, functions: 0, sequences: 0, definers: 0 });
});

test('the role cannot change tables, policies or itself, nor read what is not ours', async () => {
  for (const text of [
    'alter table contact disable row level security',
    'drop policy own_workspace on contact',
    'create policy mine on contact using (true)',
    'truncate contact',
    `update audit set action = 'nothing'`,
    'create table mine (id int)',
    'alter role truce_app bypassrls',
    'select * from kysely_migration',
    'select * from pg_authid',
    `copy contact to program 'cat'`,
    `select pg_read_file('/etc/passwd')`,
  ]) {
    await expect(database.db.pool.query(text), text).rejects.toThrow(
      /permission denied|must be owner|denied/,
    );
  }
});

const setting = async (client: pg.PoolClient) =>
  (await client.query<{ s: string | null }>(`select current_setting('app.workspace', true) as s`)).rows[0]?.s;

test('a connection goes back to the pool without a workspace, however its work ended', async () => {
  const one = openDatabase(database.url, 1);
  const id = '0190c000-0000-7000-8000-000000000001';
  const ends: (() => Promise<unknown>)[] = [
    () => inWorkspace(one, id, async () => 'committed'),
    () =>
      inWorkspace(one, id, async () => {
        throw new Error('rolled back');
      }),
    () => inWorkspace(one, id, (trx) => sql`select 1 / 0`.execute(trx)),
    () => inWorkspace(one, id, (trx) => sql`insert into nothing values (1)`.execute(trx)),
    () =>
      inWorkspace(one, id, async (trx) => {
        await sql`set local statement_timeout = 20`.execute(trx);
        await sql`select pg_sleep(5)`.execute(trx);
      }),
    () =>
      inWorkspace(one, id, async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        setTimeout(() => void database.asOwner(`select pg_cancel_backend(${rows[0]?.pid})`), 50);
        await sql`select pg_sleep(5)`.execute(trx);
      }),
    () =>
      inWorkspace(one, id, async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        await database.asOwner(`select pg_terminate_backend(${rows[0]?.pid})`);
        await sql`select 1`.execute(trx);
      }),
    () => lookup(one, id, [1, 2, 3]),
    () => lookup(one, id, [Number.NaN]),
  ];
  let failed = 0;
  for (const end of ends) {
    await end().catch(() => (failed += 1));
    const client = await one.pool.connect();
    expect((await setting(client)) || '').toBe('');
    expect((await client.query('select from contact')).rowCount).toBe(0);
    expect((await client.query<{ r: string }>('select current_user as r')).rows[0]?.r).toBe('truce_app');
    client.release();
  }
  expect(failed).toBe(7);
  await one.close();
});

test('of two workspaces at once on few connections, each transaction sees its own', async () => {
  const two = openDatabase(database.url, 2);
  const ids = [1, 2, 3, 4].map((n) => `0190c000-0000-7000-8000-00000000000${n}`);
  const seen = await Promise.all(
    Array.from({ length: 80 }, (_, n) =>
      inWorkspace(two, ids[n % 4] ?? '', async (trx) => {
        await sql`select pg_sleep(${(n % 3) / 1000})`.execute(trx);
        const { rows } = await sql<{ s: string }>`select current_setting('app.workspace') as s`.execute(trx);
        return rows[0]?.s === ids[n % 4];
      }),
    ),
  );
  expect(seen.every(Boolean)).toBe(true);
  await two.close();
});

test('whoever proved an address sees the teams that know it, changes nothing, and leaves nothing set', async () => {
  const one = openDatabase(database.url, 1);
  const team = await createTeam(one);
  const other = await createTeam(one);
  const address = "o'hara@acme.example";
  await database.asOwner('update member set email = $1, email_confirmed = true where id = $2', [
    address,
    team.memberId,
  ]);
  await database.asOwner(`update workspace set join_domains = '{joins.example}' where workspace_id = $1`, [
    other.workspaceId,
  ]);
  await other.add('Tina Theirs');
  const teamsOf = async (email: string) =>
    (await findTeams(one, { email, subject: 'i s' })).teams.map(({ workspaceId }) => workspaceId);
  expect(await teamsOf(address)).toEqual([team.workspaceId]);
  expect(await teamsOf('new@joins.example')).toEqual([other.workspaceId]);
  for (const none of ['a@acme.example', '%', '', 'x@JOINS.example', "'; select 1; --@x", '@'])
    expect(await teamsOf(none), none).toEqual([]);
  const seen = await inWorkspace(one, REALM, async (trx) => {
    await sql`set local app.sign_in = 'new@joins.example'`.execute(trx);
    const counts = await sql<{
      n: number;
    }>`select (select count(*) from contact) + (select count(*) from member)
      + (select count(*) from card) + (select count(*) from browser) + (select count(*) from invite) as n`.execute(
      trx,
    );
    const changed = await sql`update workspace set name = 'Mine'`.execute(trx);
    const gone = await sql`delete from workspace`.execute(trx);
    return [counts.rows[0]?.n, changed.numAffectedRows, gone.numAffectedRows];
  });
  expect(seen).toEqual([0, 0n, 0n]);
  const left = await one.pool.query<{ s: string }>(`select current_setting('app.sign_in', true) as s`);
  expect(left.rows[0]?.s || '').toBe('');
  await one.close();
});
