import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureBuilt } from '../../scripts/builds.ts';
import type { Report } from './run.ts';

function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((all, name) => all + sizeOf(join(path, name)), 0);
}

/** What people download and what a page has to take in, of the shipped builds. 1 kB is 1,000 bytes. */
export async function bench(report: Report): Promise<void> {
  for (const kind of ['chromium', 'firefox'] as const) {
    const folder = await ensureBuilt(kind, 'shipped');
    const packed = (name: string) => gzipSync(readFileSync(join(folder, `${name}-script.js`))).length / 1000;
    report(`content script, gzipped, ${kind}`, packed('content'), 'kB', '≤ 15');
    report(`reader of pages with marks, gzipped, ${kind}`, packed('reader'), 'kB');
    report(`reader of names in plain text, gzipped, ${kind}`, packed('names'), 'kB');
    report(`whole extension, unpacked, ${kind}`, sizeOf(folder) / 1000, 'kB', '≤ 250');
  }
}
