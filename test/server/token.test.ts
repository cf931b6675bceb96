import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDevice } from '../../server/store/device.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

async function issue(args: string[], url = database.url): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../server/issue-token.ts'), ...args],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: url, TRUCE_PORT: '8799' },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

const linkIn = (said: string) => /http:\/\/127\.0\.0\.1:8799#token=(truce_\S+)/.exec(said)?.[1] ?? '';

test('a lost token is replaced by a fresh link; the earlier one holds until it is withdrawn', async () => {
  expect(await issue([])).toMatchObject({
    code: 0,
    said: expect.stringContaining('Rita Rep, sales, member'),
  });
  const first = linkIn((await issue(['rita', 'rep'])).said);
  expect((await findDevice(database.db, first))?.member.id).toBe(team.memberId);
  expect(await findDevice(database.db, team.token)).toBeDefined();

  const { said } = await issue(['Rita Rep', '--only']);
  expect(said).toContain('Withdrawn: 2');
  expect((await findDevice(database.db, linkIn(said)))?.member.id).toBe(team.memberId);
  expect(await findDevice(database.db, first)).toBeUndefined();
  expect(await findDevice(database.db, team.token)).toBeUndefined();
});

test('somebody unknown gets none, and the members are named', async () => {
  const { code, said } = await issue(['bob']);
  expect(code).toBe(1);
  expect(said).toMatch(/Nobody in the team is called bob[\s\S]*Rita Rep/);
  expect(said).not.toContain('truce_');
});

test('a database that cannot be used is said in words, without its password', async () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };
  const down = await issue(
    [],
    at((url) => {
      url.port = '1';
    }),
  );
  expect(down).toMatchObject({ code: 1, said: expect.stringContaining('cannot be reached') });
  const absent = await issue(
    [],
    at((url) => {
      url.pathname = '/no_such';
    }),
  );
  expect(absent.said).toContain('There is no database of the name');
});
