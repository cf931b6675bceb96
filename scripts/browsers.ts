import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserKind,
  downloadedPlaces,
  downloadFolder,
  installedPlaces,
  type Where,
} from './browser-places.ts';

/** What the search may see and do; handed in so that a test can take the browsers away. */
export interface Surroundings extends Where {
  exists(path: string): boolean;
  list(folder: string): string[];
  /** First line of `--version`, or undefined when the file does not start (a stub, a missing library). */
  version(path: string): string | undefined;
  /** Runs a command in sight of the user; true when it succeeded. */
  run(command: string, args: string[]): boolean;
  root: boolean;
  container: boolean;
  print(line: string): void;
}

const OVERRIDE = { chromium: 'TRUCE_CHROMIUM', firefox: 'TRUCE_FIREFOX' } as const;
const LABEL = { chromium: 'Chromium', firefox: 'Firefox' } as const;
const DEBIAN = { chromium: 'chromium', firefox: 'firefox-esr' } as const;
const OLDEST = { chromium: 130, firefox: 140 } as const;

/** No usable browser; the message names the exact command that brings one. */
export class BrowserMissing extends Error {}

/**
 * Path of a browser that runs the extension: the one named by TRUCE_CHROMIUM or TRUCE_FIREFOX, else an
 * installed or downloaded one, else it is downloaded, else installed from Debian's packages when that harms
 * nobody (as root, in CI or a container). Throws `BrowserMissing`.
 */
export function findBrowser(kind: BrowserKind, here: Surroundings = surroundings()): string {
  const named = here.env[OVERRIDE[kind]];
  if (named) {
    const trouble = here.exists(named) ? unfit(kind, here.version(named)) : 'is not there';
    if (trouble) throw new BrowserMissing(`${OVERRIDE[kind]} names ${named}, which ${trouble}.`);
    return named;
  }
  const found = look(kind, here);
  if (found) return found;

  const [command, ...args] = downloadCommand(kind, here);
  here.print(`No ${LABEL[kind]} found: downloading one (${[command, ...args].join(' ')})`);
  if (command && here.run(command, args)) {
    const downloaded = look(kind, here);
    if (downloaded) return downloaded;
  }

  const debian = here.platform === 'linux' && here.exists('/usr/bin/apt-get');
  if (debian && here.root && (here.container || here.env.CI)) {
    here.print(`The download did not work: installing Debian's package ${DEBIAN[kind]}`);
    here.run('apt-get', ['update', '-q']);
    const apt = ['install', '-y', '-q', '--no-install-recommends', DEBIAN[kind]];
    if (here.run('apt-get', apt)) {
      const installed = look(kind, here);
      if (installed) return installed;
    }
  }
  const byHand = debian ? `sudo apt-get install ${DEBIAN[kind]}` : [command, ...args].join(' ');
  throw new BrowserMissing(
    `No ${LABEL[kind]} (${OLDEST[kind]} or newer) found. Install one with\n\n    ${byHand}\n\n` +
      `or set ${OVERRIDE[kind]} to the path of one.`,
  );
}

/** Command that downloads a browser the usual way, with nothing to install first. */
export function downloadCommand(kind: BrowserKind, where: Where): string[] {
  return kind === 'chromium'
    ? ['npx', '--no-install', 'playwright-core', 'install', 'chromium']
    : ['npx', '--no-install', 'browsers', 'install', 'firefox@stable', '--path', downloadFolder(where)];
}

function look(kind: BrowserKind, here: Surroundings): string | undefined {
  const downloaded = downloadedPlaces(kind, here).flatMap(({ folder, inside }) =>
    here
      .list(folder)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .flatMap((version) => inside.map((path) => join(folder, version, path))),
  );
  return [...installedPlaces(kind, here), ...downloaded].find(
    (path) => here.exists(path) && unfit(kind, here.version(path)) === undefined,
  );
}

/** Why a browser will not do, from its `--version`; undefined when it will. */
function unfit(kind: BrowserKind, version: string | undefined): string | undefined {
  if (version === undefined) return 'does not start';
  const major = Number(/(\d+)\.\d/.exec(version)?.[1] ?? 0);
  if (kind === 'chromium' && /google chrome/i.test(version) && !/for testing/i.test(version)) {
    return 'is branded Chrome, which no longer loads unpacked extensions';
  }
  return major < OLDEST[kind] ? `is too old (${version}); ${OLDEST[kind]} or newer is needed` : undefined;
}

/** The machine we run on. */
export function surroundings(): Surroundings {
  return {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
    version: (path) => {
      // Chrome on Windows opens a window for `--version`; there the folder it came from has to do.
      if (process.platform === 'win32') return 'Unknown 999.0';
      const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
      return status === 0 ? stdout.trim().split('\n').at(-1) : undefined;
    },
    run: (command, args) =>
      spawnSync(command, args, {
        stdio: 'inherit',
        shell: process.platform === 'win32',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0,
    root: process.getuid?.() === 0,
    container: existsSync('/.dockerenv') || existsSync('/run/.containerenv') || !!process.env.container,
    print: (line) => console.log(line),
  };
}

if (import.meta.main) {
  try {
    for (const kind of ['chromium', 'firefox'] as const) console.log(`${kind}\t${findBrowser(kind)}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
