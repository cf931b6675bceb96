import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { run } from './run.ts';

/**
 * Builds and packs the extension for both browsers twice, in folders and surroundings that differ, and
 * compares every file: `npm run reproducible`. Prints the hash of each package.
 */
const ROOT = resolve(import.meta.dirname, '..');
/** What a build reads. */
const SOURCES = [
  ...['components', 'entrypoints', 'public', 'utils', 'wxt.config.ts', 'tsconfig.json'],
  ...['package.json', 'package-lock.json', '.npmrc', 'README.md', 'LICENSE'],
];

export type Hashes = Record<string, string>;

/** @returns the hash of each package. @throws with the names of the files that differ */
export async function buildTwice(): Promise<Hashes> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-build-'));
  try {
    // At the same time, but in another order: a clock that gets into a package would make the two differ.
    const [first, second] = await Promise.all([
      pack(join(folder, 'a'), ['chrome', 'firefox'], { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' }),
      pack(join(folder, 'somewhere', 'else'), ['firefox', 'chrome'], {
        TZ: 'America/Anchorage',
        LC_ALL: 'tr_TR.UTF-8',
      }),
    ]);
    const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    const differing = names.filter((name) => first[name] !== second[name]);
    if (differing.length > 0) throw new Error(`Two builds differ in:\n  ${differing.join('\n  ')}`);
    return Object.fromEntries(Object.entries(first).filter(([name]) => name.endsWith('.zip')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pack(folder: string, browsers: string[], env: Record<string, string>): Promise<Hashes> {
  for (const name of SOURCES) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // Times of its own, and what must not get into a package: it would make the two differ.
  const now = Date.now() / 1000;
  await utimes(join(folder, 'wxt.config.ts'), now, Math.random() * now);
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'secret.key'), String(Math.random()));
  for (const browser of browsers) {
    const { code, output } = await run(
      process.execPath,
      [join(ROOT, 'node_modules/wxt/bin/wxt.mjs'), 'zip', '--browser', browser],
      { quiet: true, cwd: folder, env: { ...env, NODE_ENV: 'production', TRUCE_TEST_HOSTS: '' } },
    );
    if (code !== 0) throw new Error(`The extension did not build:\n${output}`);
  }
  return hashes(join(folder, '.output'));
}

async function hashes(folder: string): Promise<Hashes> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: Hashes = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    found[relative(folder, path)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}

if (import.meta.main) {
  try {
    for (const [name, hash] of Object.entries(await buildTwice())) console.log(`${hash}  ${name}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
