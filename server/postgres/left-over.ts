import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Running {
  pid: number;
  parent: number;
  port: number;
}

/** The PostgreSQL that runs on this data folder, whoever started it; undefined when none does. */
export async function findRunning(cluster: string): Promise<Running | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = 0, port = 0] = [text.split('\n')[0], text.split('\n')[3]].map(Number);
  if (!(pid > 0) || !isAlive(pid)) return undefined;
  // The number may be another process' by now: only one that names this folder is that PostgreSQL.
  const found = await describe(pid);
  return found?.command.includes('postgres') && found.command.includes(cluster)
    ? { pid, parent: found.parent, port }
    : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function describe(pid: number): Promise<{ command: string; parent: number } | undefined> {
  try {
    if (process.platform === 'linux') {
      const [command, stat] = await Promise.all([
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
        readFile(`/proc/${pid}/stat`, 'utf8'),
      ]);
      // The name in brackets may hold spaces; after it come the state and the parent.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return { command: command.replaceAll('\0', ' '), parent };
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=,command=', '-p', String(pid)]);
    return { command: stdout, parent: Number.parseInt(stdout, 10) };
  } catch {
    return undefined;
  }
}

/** A fast shutdown: open transactions are rolled back, everything committed is written. */
export async function stopProcess(pid: number, waitMs = 30_000): Promise<void> {
  const until = Date.now() + waitMs;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  while (isAlive(pid)) {
    if (Date.now() > until) {
      throw new Error(`PostgreSQL (process ${pid}) does not stop. End that process, then start again.`);
    }
    await sleep(25);
  }
}
