import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { surroundings } from './browsers.ts';
import { dovecotConfig, roundcubeConfig } from './roundcube-config.ts';
import { freePort, run } from './run.ts';

/** What Debian's packages bring; PHP's own server stands in for a web server. */
const PACKAGES = [
  'roundcube-core',
  'roundcube-sqlite3',
  ...['cli', 'sqlite3', 'mbstring', 'xml', 'intl', 'curl', 'zip'].map((name) => `php-${name}`),
  'dovecot-imapd',
];
const WEB = '/var/lib/roundcube';
/** Roundcube's own skins, newest first: the one of today, and two of older versions that many hosts still run. */
export const SKINS = ['elastic', 'larry', 'classic'] as const;
export type Skin = (typeof SKINS)[number];
const MAIL = resolve(import.meta.dirname, '../test/e2e/mail');

export interface Roundcube {
  url: string;
  user: string;
  password: string;
  /** Every page from now on has this skin; the first is Elastic. */
  wear(skin: Skin): Promise<void>;
  stop(): Promise<void>;
}

/** Why Roundcube cannot run here; undefined when it can. Installs the packages where that harms nobody. */
export async function roundcubeTrouble(): Promise<string | undefined> {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'it needs Debian or Ubuntu';
  if (process.getuid?.() !== 0) return 'Dovecot has to be started as root';
  const { container, env } = surroundings();
  const lacking = SKINS.filter((skin) => skin !== 'elastic' && !skins().includes(skin)).map(
    (skin) => `roundcube-skin-${skin}`,
  );
  if ((container || env.CI) && (!installed() || lacking.length > 0)) {
    await apt('update', '-q');
    const { code, output } = await apt('install', '-y', '-q', '--no-install-recommends', ...PACKAGES);
    if (code !== 0 || !installed()) return `apt-get could not install it:\n${output.slice(-500)}`;
    // Not every release of a distribution has the older skins.
    await apt('install', '-y', '-q', '--no-install-recommends', ...lacking);
  }
  if (!installed()) return `it needs: apt-get install ${PACKAGES.join(' ')}`;
  const { output } = await run('dovecot', ['--version'], { quiet: true });
  return output.startsWith('2.3.') ? undefined : `it is written for Dovecot 2.3, here is ${output.trim()}`;
}

/** Waits for another one that installs. */
function apt(...args: string[]) {
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    quiet: true,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function installed(): boolean {
  return [`${WEB}/index.php`, '/usr/sbin/dovecot', '/usr/bin/php', '/etc/roundcube/defaults.inc.php'].every(
    (path) => existsSync(path),
  );
}

/** The skins that are here. */
export const skins = (): Skin[] => SKINS.filter((skin) => existsSync(`${WEB}/skins/${skin}/meta.json`));

/** A real Roundcube on loopback with the mails of `test/e2e/mail`; all it writes is in a temporary folder. */
export async function startRoundcube(): Promise<Roundcube> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-roundcube-'));
  const user = 'alice@example.com';
  const password = 'test';
  const [imap, web] = [await freePort(), await freePort()];
  await chmod(folder, 0o755);
  for (const name of ['run', 'logs', 'temp', 'conf']) await mkdir(join(folder, name));

  const maildir = join(folder, 'mail', user, 'Maildir');
  for (const name of ['cur', 'new', 'tmp']) await mkdir(join(maildir, name), { recursive: true });
  for (const name of await readdir(MAIL)) await cp(join(MAIL, name), join(maildir, 'new', name));
  await run('chown', ['-R', 'mail:mail', join(folder, 'mail')], { quiet: true });

  const dovecot = join(folder, 'dovecot.conf');
  await writeFile(dovecot, dovecotConfig({ folder, port: imap, password }));
  const wear = (skin: Skin) =>
    writeFile(join(folder, 'conf/config.inc.php'), roundcubeConfig({ folder, imap, skin }));
  await wear('elastic');
  for (const name of ['defaults.inc.php', 'mimetypes.php']) {
    await cp(join('/etc/roundcube', name), join(folder, 'conf', name));
  }
  const schema =
    '$db = new PDO("sqlite:$argv[1]/roundcube.db"); $db->exec(file_get_contents("/usr/share/roundcube/SQL/sqlite.initial.sql"));';
  await expectDone('php', ['-r', schema, '--', folder]);
  const imapd = spawn('dovecot', ['-F', '-c', dovecot], { stdio: 'ignore', detached: true });
  const php = spawn('php', ['-d', 'opcache.revalidate_freq=0', '-S', `127.0.0.1:${web}`, '-t', WEB], {
    cwd: WEB,
    stdio: 'ignore',
    // One worker would make the page wait for its own frame.
    env: { ...process.env, ROUNDCUBE_CONFIG_DIR: join(folder, 'conf/'), PHP_CLI_SERVER_WORKERS: '4' },
    detached: true,
  });
  const stop = async () => {
    for (const child of [php, imapd]) stopGroup(child);
    for (let left = 50; left > 0 && imapd.exitCode === null && imapd.signalCode === null; left--) {
      await pause(100);
    }
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${web}/`;
  for (let left = 100; left > 0; left--) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return { url, user, password, wear, stop };
    await pause(100);
  }
  await stop();
  throw new Error('[roundcube] its login page did not come up within 10 s');
}

async function expectDone(command: string, args: string[]): Promise<void> {
  const { code, output } = await run(command, args, { quiet: true, timeout: 30_000 });
  if (code !== 0) throw new Error(`[roundcube] ${command} failed: ${output.slice(-500)}`);
}

/** Both fork workers: each with its own is one group. */
function stopGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGTERM');
  } catch {
    child.kill('SIGTERM');
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

if (import.meta.main) {
  const trouble = await roundcubeTrouble();
  if (trouble) {
    console.error(`Roundcube cannot run here: ${trouble}`);
    process.exit(1);
  }
  const { url, user, password, stop } = await startRoundcube();
  console.log(`Roundcube is at ${url}, user ${user}, password ${password}. Ctrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop().then(() => process.exit(0)));
  }
}
