import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, run } from './run.ts';

const ROOT = resolve(import.meta.dirname, '..');

export interface Containers {
  /** Where the proxy answers: `https://localhost:PORT`. */
  url: string;
  /** `compose` with these words. @returns what it wrote. @throws with that when it ends badly */
  compose(words: string, input?: string | Buffer): Promise<string>;
  /** The same, of a file that is no text. */
  read(words: string): Promise<Buffer>;
  /** The engine itself. */
  engine(...args: string[]): Promise<string>;
  /** The id of a service's container, also of one that was stopped. */
  id(service: string): Promise<string>;
  /** Takes containers, volumes, networks and the image away. */
  remove(): Promise<void>;
}

/** The first of these that is here with a compose that works, or undefined. */
export async function findEngine(names = ['docker', 'podman']): Promise<string | undefined> {
  for (const name of names) {
    const answers = await Promise.all([
      run(name, ['info'], { quiet: true }),
      run(name, ['compose', 'version'], { quiet: true }),
    ]);
    if (answers.every(({ code }) => code === 0)) return name;
  }
  return undefined;
}

/**
 * What `compose.yaml` describes, under a name, an image, secrets and a port of its own: nothing that runs here
 * already is touched, and no `.env` is read.
 */
export async function openContainers(engineName: string): Promise<Containers> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-containers-'));
  const port = await freePort(8443);
  const secret = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const values = {
    TRUCE_DOMAIN: `localhost:${port}`,
    POSTGRES_PASSWORD: secret().toString('hex'),
    TRUCE_SECRET_KEY: secret().toString('base64'),
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, 'env'), lines.join(''), { mode: 0o600 });
  await writeFile(
    join(folder, 'try.yaml'),
    `services:
  proxy: { ports: !override ['127.0.0.1:${port}:${port}'] }
  server: { image: truce-server-try }
`,
  );
  const project = [
    ...['compose', '--project-name', 'truce-try', '--project-directory', ROOT],
    ...['--env-file', join(folder, 'env'), '--file', join(ROOT, 'compose.yaml')],
    ...['--file', join(folder, 'try.yaml')],
  ];
  // The surroundings lead over the file: a TRUCE_… of the person's own must not get in.
  const own = Object.entries(process.env).filter(([name]) => !/^(TRUCE_|POSTGRES_|COMPOSE_)/.test(name));
  const engine = (args: string[], input?: string | Buffer) =>
    capture(engineName, args, Object.fromEntries(own), input);
  const read = (words: string, input?: string | Buffer) => engine([...project, ...split(words)], input);
  const compose = async (words: string, input?: string | Buffer) => String(await read(words, input));
  return {
    url: `https://localhost:${port}`,
    compose,
    read: (words) => read(words),
    engine: async (...args) => String(await engine(args)),
    id: async (service) => (await compose(`ps --all --quiet ${service}`)).trim(),
    async remove() {
      await compose('down --volumes --timeout 5');
      await engine(['image', 'rm', '--force', 'truce-server-try']);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a shell does with words and 'quoted ones'. */
const split = (words: string) =>
  [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

function capture(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  input: string | Buffer = '',
): Promise<Buffer> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: 'pipe' });
    const written: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => written.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    child.on('error', fail);
    child.on('close', (code) => {
      const words = args.slice(-6).join(' ');
      if (code === 0) done(Buffer.concat(written));
      else fail(new Error(`${words} ended with ${code}:\n${Buffer.concat([...written, ...said])}`));
    });
    // A command that does not read ends before this is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
