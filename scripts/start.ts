import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serveMailbox } from '../server/sample/mailbox.ts';
import { signIn } from '../test/e2e/rig/sign-in.ts';
import type { Rig } from '../test/e2e/rig/types.ts';
import { launch } from '../test/e2e/rig.ts';
import type { BrowserKind } from './browser-places.ts';
import { findBrowser } from './browsers.ts';
import { ensureBuilt } from './builds.ts';
import { endChildren, freePort } from './run.ts';
import { type SampleTeam, startSampleTeam } from './sample-team.ts';
import { takeShots } from './shots.ts';

const HELP = `npm start                        the sample team, a mailbox and the panel, in Chromium
npm start -- --browser firefox   the same in Firefox
npm start -- --once              without a window: takes screenshots of both browsers and ends`;

/** Open from the start, so that the panel has something to say. */
const FIRST_MAIL = '#acme-pilot';

/** What has to be undone at the end, the newest first. */
const endings: (() => Promise<unknown>)[] = [];
let ending: Promise<void> | undefined;

function end(code: number): Promise<void> {
  ending ??= (async () => {
    endChildren();
    for (const undo of endings.reverse()) await undo().catch(() => undefined);
    process.exit(code);
  })();
  return ending;
}

function options() {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(HELP);
    process.exit(0);
  }
  const at = args.findIndex((arg) => arg === '--browser' || arg.startsWith('--browser='));
  const named = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  if (at >= 0 && named !== 'chromium' && named !== 'firefox') {
    throw new Error(`--browser takes chromium or firefox.\n\n${HELP}`);
  }
  const known = ['--once', '--browser', '--browser=chromium', '--browser=firefox', named];
  const odd = args.find((arg) => !known.includes(arg));
  if (odd) throw new Error(`${odd} is not known here.\n\n${HELP}`);
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return { once: args.includes('--once') || !display, browser: named as BrowserKind | undefined };
}

/** The sample team, and its mailbox in a page that knows nothing of Truce. */
async function startTeam(folder: string): Promise<{ team: SampleTeam; mailbox: string }> {
  console.log('Starting the server');
  const team = await startSampleTeam({ folder, port: await freePort(8787) });
  endings.push(() => team.stop());
  const mailbox = await serveMailbox(await freePort(8788));
  endings.push(() => mailbox.close());
  return { team, mailbox: mailbox.url };
}

async function begin(kind: BrowserKind, extension: string, profile: string | undefined): Promise<Rig> {
  console.log(`Starting ${kind}`);
  const rig = await launch(kind, { extension, headless: profile === undefined, ...(profile && { profile }) });
  endings.push(() => rig.close());
  return rig;
}

/** A browser to look at, until it or this is ended. */
async function show(kind: BrowserKind): Promise<void> {
  findBrowser(kind);
  console.log('Building the extension');
  const extension = await ensureBuilt(kind, 'test');
  const folder = resolve(process.env.TRUCE_DATA || 'data/sample');
  const { team, mailbox } = await startTeam(folder);
  const rig = await begin(kind, extension, join(folder, `${kind}-profile`));
  const page = await rig.page(`${mailbox}${FIRST_MAIL}`);
  await signInUnlessDone(rig, team);
  await rig.realPanel(page);
  await rig.tidy();
  console.log(`
The mailbox   ${mailbox}
The server    ${team.server.url}
You are       ${team.members[0]?.name}

The panel beside a mail shows who wrote it: open another. Close the browser or press Ctrl-C to end.`);
  await rig.closed;
}

/** The profile is kept, so from the second time on somebody is signed in already, if the server is the same. */
async function signInUnlessDone(rig: Rig, team: SampleTeam): Promise<void> {
  const options = await rig.open('options.html');
  const text = await options
    .waitForText(/Not signed in|Signed in to|You are/, { timeout: 20_000 })
    .catch(() => '');
  await options.close();
  if (!text.includes(`Signed in to`) || !text.includes(team.server.url))
    await signIn(rig, await team.invite());
}

/** Everything once, without a window; prints where the screenshots are. */
async function showOnce(kinds: BrowserKind[]): Promise<void> {
  for (const kind of kinds) findBrowser(kind);
  console.log('Building the extension');
  const builds = new Map<BrowserKind, string>();
  for (const kind of kinds) builds.set(kind, await ensureBuilt(kind, 'test'));
  // A folder of its own, so that it runs beside an `npm start` and always shows the same.
  const folder = await mkdtemp(join(tmpdir(), 'truce-once-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const { team, mailbox } = await startTeam(folder);
  const shots: string[] = [];
  for (const [kind, extension] of builds) {
    const rig = await begin(kind, extension, undefined);
    shots.push(...(await takeShots(rig, mailbox, await team.invite())));
    await rig.close();
  }
  console.log(`\n${shots.join('\n')}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(0));
try {
  const { once, browser } = options();
  if (once) await showOnce(browser ? [browser] : ['chromium', 'firefox']);
  else await show(browser ?? 'chromium');
  await end(0);
} catch (error) {
  if (!ending) console.error(`\n${error instanceof Error ? error.message : error}`);
  await end(1);
}
