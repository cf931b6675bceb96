import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface Ran {
  code: number;
  output: string;
}

const children = new Set<ChildProcess>();

/** Runs a command to its end. `quiet` keeps its output back; `timeout` (ms) ends it with SIGTERM. */
export function run(
  command: string,
  args: string[],
  options: { quiet?: boolean; cwd?: string; env?: Record<string, string>; timeout?: number } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? process.cwd(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      shell: process.platform === 'win32',
      ...(options.timeout !== undefined && { timeout: options.timeout }),
    });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (!options.quiet) process.stdout.write(text);
      });
    }
    child.on('error', (error) => {
      children.delete(child);
      resolve({ code: 127, output: `${output}${error.message}` });
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? (signal ? 143 : 1), output });
    });
  });
}

/** Passes the end on to what still runs, so that Ctrl-C leaves nothing behind. */
export function endChildren(): void {
  for (const child of children) child.kill('SIGTERM');
}

/** A port on loopback that was free just now; `wanted` if it is. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (wanted !== 0 && error.code === 'EADDRINUSE') resolve(freePort());
      else reject(error);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
