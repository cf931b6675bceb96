import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { BrowserKind } from './browser-places.ts';
import { run } from './run.ts';

/** Hosts the build under test may read unasked: a driver cannot answer every browser's prompt. */
export const TEST_HOSTS = 'http://127.0.0.1/*';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = ['entrypoints', 'components', 'utils', 'public', 'wxt.config.ts', 'package-lock.json'];

/** Folder of an unpacked build, whether it is there or not. */
export function buildFolder(kind: BrowserKind, build: 'test' | 'shipped'): string {
  const name = kind === 'firefox' ? 'firefox-mv3' : 'chrome-mv3';
  return join(ROOT, '.output', build === 'test' ? 'test' : '', name);
}

/**
 * Builds the extension unless the build is newer than its sources; answers the folder. TRUCE_BUILT=1 takes the
 * build as it is: `npm test` has just made it. Throws with WXT's words.
 */
export async function ensureBuilt(kind: BrowserKind, build: 'test' | 'shipped'): Promise<string> {
  const folder = buildFolder(kind, build);
  const manifest = join(folder, 'manifest.json');
  const built = existsSync(manifest) ? statSync(manifest).mtimeMs : 0;
  if (built > 0 && process.env.TRUCE_BUILT === '1') return folder;
  if (SOURCES.every((name) => newest(join(ROOT, name)) < built)) return folder;
  return makeBuild(kind, build);
}

export async function makeBuild(kind: BrowserKind, build: 'test' | 'shipped'): Promise<string> {
  const browser = kind === 'firefox' ? ['--browser', 'firefox'] : [];
  const { code, output } = await run(
    process.execPath,
    [join(ROOT, 'node_modules/wxt/bin/wxt.mjs'), 'build', ...browser],
    {
      quiet: true,
      cwd: ROOT,
      env: { TRUCE_TEST_HOSTS: build === 'test' ? TEST_HOSTS : '', NODE_ENV: 'production' },
    },
  );
  if (code !== 0) throw new Error(`The extension did not build:\n${words(output)}`);
  return buildFolder(kind, build);
}

/** What the build says, without its colours, its spinner and where in itself it failed. */
function words(output: string): string {
  const plain = stripVTControlCharacters(output);
  return plain
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, 20)
    .join('\n');
}

/** Time of the latest change under a path, in ms since epoch. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...inside);
}
