import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Child, COMPILED, startChild } from './child.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { connect, readClaims } from './sign-in-rig.ts';

let database: TestDatabase;
let env: Record<string, string>;
let server: Child;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  env = {
    DATABASE_URL: database.url,
    TRUCE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    TRUCE_OIDC_ISSUER: 'https://company.example',
    TRUCE_OIDC_CLIENT_ID: 'truce',
    TRUCE_OIDC_DOMAINS: 'acme.example,gmail.com',
  };
  server = startChild('/nowhere', env);
  url = await server.listening;
});
afterAll(async () => {
  server?.process.kill();
  await server?.ended;
  await database?.drop();
});

const linkIn = (text: string) => /http:\S+\/join#truce_\S+/.exec(text)?.[0] ?? '';

function run(program: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [`server/${program}.ts`, ...args], {
    env: { PATH: process.env.PATH, ...COMPILED, TRUCE_URL: url, ...env },
    encoding: 'utf8',
  });
  return { text: stdout + stderr, status };
}

test("the first start's link makes the first admin, and the company's domains join", async () => {
  await expect.poll(() => linkIn(server.output())).not.toBe('');
  const { tokens } = await connect({ url }, linkIn(server.output()), {
    name: 'Ada',
    email: 'ada@acme.example',
  });
  const [member] = await database.asOwner('select name, role from member where id = $1', [
    readClaims(tokens.access_token).sub,
  ]);
  expect(member).toEqual({ name: 'Ada', role: 'admin' });
  expect(await database.asOwner('select join_domains from workspace')).toEqual([
    { join_domains: ['acme.example'] },
  ]);
});

test('the command line invites members and newcomers, and makes one more team', async () => {
  expect(run('invite').text).toContain('Ada <ada@acme.example>  both, admin');
  const newcomer = run('invite', '--new', 'Fay', '--email', 'FAY@acme.example', '--team', 'marketing');
  await connect({ url }, linkIn(newcomer.text), { name: 'Fay Fox' });
  expect(run('invite').text).toContain('Fay Fox <fay@acme.example>  marketing, member');
  const more = await connect({ url }, linkIn(run('invite', 'fay@acme.example').text));
  expect(more.tokens.access_token).toBeTruthy();

  for (const [args, words] of [
    [['nobody'], 'There is no member "nobody"'],
    [['--new', 'Fay', '--email', 'fay@acme.example'], 'is a member'],
    [['--new', 'X', '--team', 'cooking'], '--team is'],
    [['--new', 'X', '--role', 'king'], '--role is'],
    [['--workspace', 'x'], 'There is no workspace x'],
  ] as const) {
    expect(run('invite', ...args)).toEqual({ status: 1, text: expect.stringContaining(words) });
  }

  const second = run('add-workspace', 'Second', 'team');
  const { tokens } = await connect({ url }, linkIn(second.text), { name: 'Bea', email: 'bea@b.example' });
  const { wid } = readClaims(tokens.access_token);
  expect(run('invite').text).toContain('There are several workspaces');
  expect(run('invite', '--workspace', String(wid)).text).toContain('Bea <bea@b.example>');
  expect(run('add-workspace').status).toBe(1);
});
