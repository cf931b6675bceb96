import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.drop());

const W = '00000000-0000-4000-8000-000000000001';
const id = (n: number) => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;

test('of addresses from before, those count that somebody else than their owner wrote or confirmed', async () => {
  await migrate(database.url, '0005-refresh');
  await database.asOwner(
    `insert into workspace (workspace_id, name, tag_key) values ('${W}', 'Old', sha256('x'))`,
  );
  const people: [name: string, email: string | null, invited: string | null, subject: string | null][] = [
    ['imported', 'imported@acme.example', null, null],
    ['invited', 'invited@acme.example', 'invited@acme.example', null],
    ['wrote it', 'wrote@acme.example', null, null],
    ['wrote it and came by the company', 'company@acme.example', null, 'https://sign-in.example 1'],
    ['without', null, null, null],
  ];
  for (const [n, [name, email, invited, subject]] of people.entries()) {
    await database.asOwner(
      `insert into member (workspace_id, id, name, team, role, email, subject)
        values ($1, $2, $3, 'sales', 'member', $4, $5)`,
      [W, id(n), name, email, subject],
    );
    await database.asOwner(
      `insert into browser (workspace_id, id, member_id, grant_id, name) values ($1, $2, $2, $3, 'x')`,
      [W, id(n), String(n)],
    );
    if (name === 'imported') continue;
    await database.asOwner(
      `insert into invite (workspace_id, id, token_hash, email, team, role, expires_at, used_at, browser_id)
        values ($1, $2, sha256($3::text::bytea), $4, 'sales', 'member', now(), now(), $2)`,
      [W, id(n), String(n), invited],
    );
  }
  expect((await migrate(database.url)).at(0)).toBe('0006-standing');
  const confirmed = await database.asOwner<{ name: string }>(
    'select name from member where email_confirmed order by id',
  );
  expect(confirmed.map(({ name }) => name)).toEqual([
    'imported',
    'invited',
    'wrote it and came by the company',
  ]);
  const open = await database.asOwner(
    `select relname from pg_class where relrowsecurity and not relforcerowsecurity`,
  );
  expect(open).toEqual([]);
});
