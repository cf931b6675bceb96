import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, stopProcess } from '../../server/postgres/left-over.ts';
import { findPostgres } from '../../server/postgres.ts';
import { readSettings } from '../../server/settings.ts';
import { CommandsAnswer } from '../../utils/contract/command.ts';
import { SearchAnswer } from '../../utils/contract/routes.ts';
import { adminToken, postgresPid, startChild, temporaryFolder } from './child.ts';

let data: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  data = await temporaryFolder();
});
afterAll(async () => {
  const pid = await postgresPid(data.folder);
  if (pid > 0 && isAlive(pid)) await stopProcess(pid);
  await data.remove();
});

const invited = (output: string) => /\/join#truce_\S+/.test(output);

async function post(url: string, token: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

const add = (name: string) => ({
  id: crypto.randomUUID(),
  at: new Date().toISOString(),
  kind: 'contact.add',
  payload: { contactId: crypto.randomUUID(), name },
});

test('first start, a second server beside it, death, the next start, and an orderly stop', async () => {
  const first = startChild(data.folder);
  const url = await first.listening;
  await expect.poll(() => invited(first.output())).toBe(true);
  const token = await adminToken(data.folder, url);
  expect((await stat(join(data.folder, 'password'))).mode & 0o777).toBe(0o600);
  expect(await findPostgres(data.folder)).toMatch(/^postgres:/);

  const second = startChild(data.folder);
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain('uses the data folder');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  const answer = await post(url, token, '/v1/commands', { commands: [add('Acknowledged Ann')] });
  expect(v.parse(CommandsAnswer, answer).results[0]?.status).toBe('applied');
  const left = await postgresPid(data.folder);
  first.process.kill('SIGKILL');
  await first.ended;
  expect(isAlive(left)).toBe(true);

  const next = startChild(data.folder);
  const nextUrl = await next.listening;
  expect(isAlive(left)).toBe(false);
  expect(next.output()).not.toContain('truce_');
  const nextToken = await adminToken(data.folder, nextUrl);
  const hits = await post(nextUrl, nextToken, '/v1/search', { q: 'ann' });
  expect(v.parse(SearchAnswer, hits).hits).toMatchObject([{ name: 'Acknowledged Ann' }]);

  const running = await postgresPid(data.folder);
  const commands = Array.from({ length: 50 }, (_, index) => add(`In Flight ${index}`));
  const flying = post(nextUrl, nextToken, '/v1/commands', { commands });
  await new Promise((done) => setTimeout(done, 60));
  next.process.kill('SIGTERM');
  const results = v.parse(CommandsAnswer, await flying).results;
  expect(results.map((result) => result.status)).toEqual(Array(50).fill('applied'));
  expect(await next.ended).toBe(0);
  expect(isAlive(running)).toBe(false);
  expect(await findPostgres(data.folder)).toBeUndefined();
});

test('a database that dies is started again, and nothing acknowledged is lost', async () => {
  const server = startChild(data.folder, { SOME_TOKEN: 'hush' });
  const url = await server.listening;
  const before = await postgresPid(data.folder);
  // What runs in the database must not find the server's secrets.
  if (process.platform === 'linux') {
    const environment = await readFile(`/proc/${before}/environ`, 'utf8');
    expect(environment).toContain('LC_ALL=C');
    expect(environment).not.toMatch(/hush|TRUCE/);
  }
  process.kill(before, 'SIGKILL');
  await expect.poll(() => postgresPid(data.folder), { timeout: 20_000 }).not.toBe(before);
  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000, interval: 100 })
    .toBe(200);
  const after = await postgresPid(data.folder);
  server.process.kill('SIGINT');
  expect(await server.ended).toBe(0);
  expect(isAlive(after)).toBe(false);
});

test('a port that is taken is said, and the database is not left behind', async () => {
  const taken = createServer();
  const port = await new Promise<number>((done) =>
    taken.listen(0, '127.0.0.1', () => done((taken.address() as { port: number }).port)),
  );
  const server = startChild(data.folder, { TRUCE_PORT: String(port) });
  expect(await server.ended).toBe(1);
  expect(server.output()).toContain(`Port ${port} is taken`);
  expect(await findPostgres(data.folder)).toBeUndefined();
  taken.close();
});

test('a data folder that cannot be used is said', async () => {
  const file = join(data.folder, 'file');
  await writeFile(file, '');
  const notFolder = startChild(join(file, 'data'));
  expect(await notFolder.ended).toBe(1);
  expect(notFolder.output()).toContain('cannot be used');
  if (process.getuid?.() !== 0) return;
  const closed = join(data.folder, 'closed');
  await mkdir(closed);
  await chmod(closed, 0o700);
  const unreachable = startChild(join(closed, 'data'));
  expect(await unreachable.ended).toBe(1);
  expect(unreachable.output()).toContain('is closed to that user');
});

test('a setting that is wrong is named', () => {
  expect(() => readSettings({ TRUCE_PORT: '99999', TRUCE_LOG: 'loud' })).toThrow(/TRUCE_PORT.*\nTRUCE_LOG/);
  expect(() => readSettings({ DATABASE_URL: 'mysql://x' })).toThrow('DATABASE_URL');
  expect(readSettings({ TRUCE_PORT: '' })).toMatchObject({ port: 8787, logLevel: 'info' });
});
