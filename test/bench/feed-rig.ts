import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { openSecretBox } from '../../server/accounts/secret-key.ts';
import { findPostgres } from '../../server/postgres.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { type Child, startChild } from '../server/child.ts';
import type { Said } from './feed-listeners.ts';

/** ms since epoch, the same in all processes of this computer. */
export const now = () => performance.timeOrigin + performance.now();

const MEMBERS = 50;

/** A server as it is started, on a folder of its own, with one team that many browsers belong to. */
export interface Rig {
  server: Child;
  port: string;
  tokens: string[];
  /** Commits one change. @returns its version */
  write(): Promise<number>;
  /** Has the first so many browsers listen, in a process of their own; resolves when all are connected. */
  listen(count: number, again?: 'again'): Promise<Hearing>;
  /** Ends the server in order, and starts it again on its port and folder. @returns when it listened, ms since epoch */
  restart(): Promise<number>;
  /** Ends everything and removes the folder. */
  end(): Promise<void>;
}

export type Connected = Extract<Said, { open: number }>;

export interface Hearing {
  child: ChildProcess;
  /** Times at which a version came to the listeners, of all of them. */
  of(version: number): Promise<number[]>;
  /** Waits until all are connected again. */
  connected(): Promise<Connected & { at: number }>;
}

export async function startRig(browsers: number, env: Record<string, string>): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  let server = startChild(folder, env);
  const children: ChildProcess[] = [];
  let db: Database | undefined;
  async function open() {
    const url = await server.listening;
    db = openDatabase((await findPostgres(folder)) ?? '', 8);
    return { url, db };
  }
  async function end() {
    await db?.close().catch(() => {});
    for (const child of [...children, server.process]) child.kill();
    await server.ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  try {
    const { url, db: first } = await open();
    const accounts = await openAccounts(first, await openSecretBox({ folder, secretKeys: [] }), url);
    const workspaceId = await createWorkspace(first, 'Bench');
    const tokens = await pair(first, accounts, workspaceId, browsers);
    const { port } = new URL(url);
    const write = async () => {
      if (!db) throw new Error('[bench] there is no database');
      return inWorkspace(db, workspaceId, (trx) =>
        commitChanges(trx, workspaceId, [{ kind: 'company', id: uuid() }]),
      );
    };
    return {
      ...{ port, tokens, write, end },
      get server() {
        return server;
      },
      async listen(count, again) {
        const hearing = await listen([port, String(await write())], tokens.slice(0, count), again);
        children.push(hearing.child);
        return hearing;
      },
      async restart() {
        await db?.close();
        server.process.kill('SIGTERM');
        await server.ended;
        server = startChild(folder, { ...env, TRUCE_PORT: port });
        await server.listening;
        const at = now();
        await open();
        return at;
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** So many browsers of some members. */
async function pair(
  db: Database,
  accounts: Parameters<typeof pairDirectly>[1],
  workspaceId: string,
  count: number,
): Promise<string[]> {
  const members = Array.from({ length: MEMBERS }, () => uuid());
  await inWorkspace(db, workspaceId, async (trx) => {
    for (const id of members)
      await createMember(trx, workspaceId, { id, name: 'Bench', team: 'sales', role: 'viewer' });
  });
  const tokens: string[] = [];
  while (tokens.length < count) {
    tokens.push(...(await Promise.all(members.map((id) => pairDirectly(db, accounts, workspaceId, id)))));
  }
  return tokens.slice(0, count);
}

async function listen(args: string[], tokens: string[], again: 'again' | undefined): Promise<Hearing> {
  const program = resolve(import.meta.dirname, 'feed-listeners.ts');
  const child = spawn(process.execPath, [program, ...args, ...(again ? [again] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const heard = new Map<number, number[]>();
  const waiting = new Map<number, (times: number[]) => void>();
  let onConnected: ((said: Connected) => void) | undefined;
  const connected = () =>
    new Promise<Connected & { at: number }>((done, fail) => {
      child.once('exit', () => fail(new Error('[bench] the listeners ended')));
      onConnected = (said) => done({ ...said, at: now() });
    });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said: Said = JSON.parse(line);
    if ('open' in said) return onConnected?.(said);
    heard.set(said.version, said.times);
    waiting.get(said.version)?.(said.times);
  });
  child.stdin.write(`${tokens.join('\n')}\n\n`);
  await connected();
  return {
    child,
    connected,
    of: (version) =>
      new Promise((done) => {
        const times = heard.get(version);
        if (times) done(times);
        else waiting.set(version, done);
      }),
  };
}

/** ms from before each transaction began to each arrival. @param pause ms between two writes */
export async function latencies(
  rig: Rig,
  hearing: Hearing,
  writes: number,
  pause: number,
): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < writes; n += 1) {
    await sleep(pause);
    const began = now();
    for (const at of await hearing.of(await rig.write())) all.push(at - began);
  }
  return all;
}

/** kB that are held of a process in memory. */
export async function memory({ process: { pid } }: Child): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}

/** ms of a processor that a process has used, in 100ths of a second. */
export async function processor({ process: { pid } }: Child): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
