import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { openSecretBox } from '../../server/accounts/secret-key.ts';
import { findPostgres } from '../../server/postgres.ts';
import { inWorkspace, openDatabase } from '../../server/store/database.ts';
import { listWorkspaces } from '../../server/store/workspace.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const { scripts }: { scripts: { server: string } } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);
/** What `npm run server` gives to Node. */
const COMMAND = scripts.server.split(' ').slice(1);

/** Where Node keeps what it has compiled: half of a program's start. */
export const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'truce-compiled') };

export interface Child {
  process: ChildProcess;
  output(): string;
  /** Resolves to the address once it listens. */
  listening: Promise<string>;
  /** Resolves to the exit code, null after a kill. */
  ended: Promise<number | null>;
}

/** Runs the server as `npm run server` does, as its own process, on any free port. */
export function startChild(folder: string, env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, COMMAND, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...COMPILED, TRUCE_DATA: folder, TRUCE_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const listening = new Promise<string>((done, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const url = /"url":"(http:[^"]+)","msg":"listening"/.exec(output)?.[1];
        if (url) done(url);
      });
    }
    ended.then(() => fail(new Error(output)));
  });
  listening.catch(() => {});
  return { process: child, output: () => output, listening, ended };
}

export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-life-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Process id of the PostgreSQL on a data folder; 0 when there is none. */
export async function postgresPid(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '0');
  return Number.parseInt(text, 10);
}

/** An access token for a browser of the only admin, made with the server's own keys beside it. */
export async function adminToken(folder: string, url: string): Promise<string> {
  const databaseUrl = (await findPostgres(folder)) ?? '';
  const db = openDatabase(databaseUrl, 1);
  try {
    const accounts = await openAccounts(db, await openSecretBox({ folder, secretKeys: [] }), url);
    const [workspace] = await listWorkspaces(databaseUrl);
    const workspaceId = workspace?.id ?? '';
    const { id } = await inWorkspace(db, workspaceId, (trx) =>
      trx.selectFrom('member').select('id').where('role', '=', 'admin').executeTakeFirstOrThrow(),
    );
    return await pairDirectly(db, accounts, workspaceId, id);
  } finally {
    await db.close();
  }
}
