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
import { startChild } from '../server/child.ts';

type Report = (name: string, value: number, unit: string, goal?: string) => void;

const MEMBERS = 50;
const MOST = 5000;
const IDLE = 65_000;
const now = () => performance.timeOrigin + performance.now();

/**
 * The live feed of a server as it is started, over HTTP, with listeners in a process of their own and a writer in a
 * third: what a stream holds, what idle ones cost, and how long a change takes to all, from before its transaction
 * begins.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const room = { TRUCE_LIMIT_PERSON: '100000', TRUCE_LIMIT_WORKSPACE: '100000', TRUCE_LOG: 'warn' };
  const server = startChild(folder, { ...room, TRUCE_LOG: 'info' });
  const children: ChildProcess[] = [];
  try {
    const url = await server.listening;
    const pid = server.process.pid ?? 0;
    const db = openDatabase((await findPostgres(folder)) ?? '', 8);
    const accounts = await openAccounts(db, await openSecretBox({ folder, secretKeys: [] }), url);
    const workspaceId = await createWorkspace(db, 'Bench');
    const tokens = await pair(db, accounts, workspaceId, MOST);
    const { port } = new URL(url);
    const warm = async (count: number) => {
      const hearing = await listen(port, await write(db, workspaceId), tokens.slice(0, count));
      children.push(hearing.child);
      return hearing;
    };

    for (const [count, writes] of [
      [1, 100],
      [100, 100],
    ] as const) {
      const hearing = await warm(count);
      const times = await latencies(db, workspaceId, hearing, writes, 50);
      report(`feed to ${count} listeners, p50`, percentile(times, 0.5), 'ms');
      report(`feed to ${count} listeners, p95`, percentile(times, 0.95), 'ms');
      hearing.child.kill();
    }
    await sleep(2000);
    const before = await memory(pid);
    const hearing = await warm(MOST);
    await sleep(5000);
    report(`memory of a stream, of ${MOST}`, (await memory(pid)) / MOST - before / MOST, 'kB', '≤ 35');
    const [busy, since] = [await processor(pid), now()];
    await sleep(IDLE);
    const share = ((await processor(pid)) - busy) / (now() - since);
    report(`${MOST} idle streams, of a core`, share * 100, '%', '≤ 3');
    const times = await latencies(db, workspaceId, hearing, 40, 400);
    report(`feed to ${MOST} listeners, p50`, percentile(times, 0.5), 'ms');
    report(`feed to ${MOST} listeners, p95`, percentile(times, 0.95), 'ms', '≤ 150');
    report(`memory of a stream, of ${MOST}, after that`, (await memory(pid)) / MOST - before / MOST, 'kB');
    const stopping = now();
    server.process.kill('SIGTERM');
    await server.ended;
    report(`stop with ${MOST} streams`, now() - stopping, 'ms');
    await db.close();
  } finally {
    for (const child of [...children, server.process]) child.kill();
    await server.ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
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

const write = (db: Database, workspaceId: string): Promise<number> =>
  inWorkspace(db, workspaceId, (trx) => commitChanges(trx, workspaceId, [{ kind: 'company', id: uuid() }]));

interface Hearing {
  child: ChildProcess;
  /** Times at which an event came to the listeners, of all of them. */
  of(version: number): Promise<number[]>;
}

async function listen(port: string, since: number, tokens: string[]): Promise<Hearing> {
  const args = [resolve(import.meta.dirname, 'feed-listeners.ts'), port, String(since)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const heard = new Map<number, number[]>();
  const waiting = new Map<number, (times: number[]) => void>();
  const lines = createInterface({ input: child.stdout });
  const open = new Promise<void>((done, fail) => {
    child.once('exit', () => fail(new Error('[bench] the listeners ended')));
    lines.on('line', (line) => {
      const said: { open?: number; version: number; times: number[] } = JSON.parse(line);
      if (said.open !== undefined) return done();
      heard.set(said.version, said.times);
      waiting.get(said.version)?.(said.times);
    });
  });
  child.stdin.write(`${tokens.join('\n')}\n\n`);
  await open;
  return {
    child,
    of: (version) =>
      new Promise((done) => {
        const times = heard.get(version);
        if (times) done(times);
        else waiting.set(version, done);
      }),
  };
}

/** ms of each arrival. @param pause ms between two writes */
async function latencies(
  db: Database,
  workspaceId: string,
  hearing: Hearing,
  writes: number,
  pause: number,
): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < writes; n += 1) {
    await sleep(pause);
    const began = now();
    const version = await write(db, workspaceId);
    for (const at of await hearing.of(version)) all.push(at - began);
  }
  return all;
}

/** kB that are held of a process in memory. */
async function memory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}

/** ms of a processor that a process has used, in 100ths of a second. */
async function processor(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
