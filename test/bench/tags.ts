import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserKind } from '../../scripts/browser-places.ts';
import type { Screen } from '../e2e/rig/screen.ts';
import { launch } from '../e2e/rig.ts';
import type { Report } from './run.ts';
import { makeTagsExtension } from './tags-extension.ts';
import { backgroundMemory } from './tags-memory.ts';
import type { Relayed } from './tags-relay.ts';
import { serveTags } from './tags-server.ts';
import type { Asked } from './tags-worker.ts';

const KEYS_A_CONTACT = 3;
const ASKED = 50;
const KNOWN = 5;
const STARTS = 20;
const REFILLS = 8;

/**
 * The store and sync of tags as they ship, in the background of an extension in both browsers: 50 keys that were not
 * asked before, a tenth of them known; starts are timed in the page that asks, from its question to its answer.
 */
export async function bench(report: Report): Promise<void> {
  for (const kind of ['chromium', 'firefox'] as const) {
    for (const contacts of [10_000, 100_000, 1_000_000]) await benchOf(kind, contacts, report);
  }
}

async function benchOf(kind: BrowserKind, contacts: number, report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const server = await serveTags(contacts * KEYS_A_CONTACT);
  const largest = contacts === 1_000_000;
  const goal = (text: string) => (largest ? text : undefined);
  const say: Report = (name, ...rest) => report(`${kind}, ${contacts} contacts: ${name}`, ...rest);
  const times = (name: string, all: number[], limit?: string) => {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    say(`${name}, p50`, at(0.5), 'ms');
    say(`${name}, p95 of ${all.length}`, at(0.95), 'ms', limit);
  };
  const profile = join(folder, 'profile');
  const options = {
    extension: await makeTagsExtension(folder, kind),
    ...{ profile, prefs: { 'privacy.reduceTimerPrecision': false } },
  };
  const known = () => ({ do: 'known', keys: server.keys(ASKED, KNOWN) }) as const;
  const fetch = (whole: boolean) => ({ do: 'fetch', server: server.url, whole }) as const;
  let rig = await launch(kind, options);
  try {
    let page = await rig.page(server.url);
    const disk = watchDisk(profile, kind);
    times('first fill', [(await ask(page, fetch(true))).ms]);
    times('50 keys', await each(200, async () => (await ask(page, known())).ms), goal('≤ 5'));
    say('worker heap and buffers', (await backgroundMemory(kind, page, folder)) / 1e6, 'MB', goal('≤ 6'));
    times('delta of 1,000', await each(19, async () => (await ask(page, fetch(false))).ms), goal('≤ 50'));
    times(
      '50 keys above 19,000 changes',
      await each(50, async () => (await ask(page, known())).ms),
      goal('≤ 5'),
    );
    say('heap and buffers above them', (await backgroundMemory(kind, page, folder)) / 1e6, 'MB', goal('≤ 6'));

    const start = async () => {
      await rig.endBackground();
      await rest(500);
      return ask(page, known());
    };
    const starts = await each(STARTS, start);
    times(
      '50 keys, worker to be started',
      starts.map(({ trip }) => trip),
      goal('≤ 60'),
    );
    times(
      'of it from the question in the worker on',
      starts.map(({ ms }) => ms),
    );
    await rig.tidy();
    const cold = await each(STARTS, start);
    times(
      '50 keys, process to be started',
      cold.map(({ trip }) => trip),
      goal('≤ 120'),
    );

    times('two deltas more, and the fold', [
      (await ask(page, fetch(false))).ms + (await ask(page, fetch(false))).ms,
    ]);
    times('refill', await each(REFILLS, async () => (await ask(page, fetch(true))).ms));
    times('50 keys afterwards', await each(50, async () => (await ask(page, known())).ms), goal('≤ 5'));
    await rest(5000);
    say('disk, worker running', disk.now() / 1e6, 'MB', goal('≤ 45'));
    await rig.endBackground();
    await rest(5000);
    say('disk, settled', disk.now() / 1e6, 'MB', goal('≤ 25'));
    say('disk, peak', disk.peak() / 1e6, 'MB', goal('≤ 45'));
    say(
      'disk, as the browser says it',
      (await ask(page, { do: 'estimate' })).count / 1e6,
      'MB',
      goal('≤ 25'),
    );
    disk.stop();

    await rig.close();
    rig = await launch(kind, options);
    page = await rig.page(server.url);
    await rig.tidy();
    times('50 keys after a browser start', [(await start()).trip], goal('≤ 120'));
  } finally {
    await rig.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks the background from within the page. Throws what went wrong there, and when the answer can't be right. */
async function ask(page: Screen, asked: Asked): Promise<Relayed> {
  const told = await page.evaluate(
    (question) =>
      new Promise<Relayed>((resolve) => {
        const id = Math.random();
        const on = ({ data }: MessageEvent) => {
          if (data.id !== id || data.given === undefined) return;
          removeEventListener('message', on);
          resolve(data.given);
        };
        addEventListener('message', on);
        postMessage({ id, asked: question });
      }),
    asked,
  );
  if (told.error !== undefined) throw new Error(`[bench] ${told.error}`);
  if (asked.do === 'known' && told.count !== KNOWN) throw new Error(`[bench] ${told.count} known`);
  return told;
}

async function each<T>(count: number, job: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let n = 0; n < count; n += 1) all.push(await job());
  return all;
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Bytes of what the browser keeps for the extension, now and at most. */
function watchDisk(profile: string, kind: BrowserKind) {
  const places = kind === 'firefox' ? ['storage/default'] : ['Default/IndexedDB', 'Default/blob_storage'];
  const now = () => places.reduce((sum, place) => sum + sizeOf(join(profile, place)), 0);
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, now());
  }, 50);
  return { now, peak: () => Math.max(peak, now()), stop: () => clearInterval(timer) };
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.size;
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
  } catch {
    // Gone meanwhile.
    return 0;
  }
}
