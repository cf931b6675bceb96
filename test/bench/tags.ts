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

export async function benchOf(kind: BrowserKind, contacts: number, report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const server = await serveTags(contacts * KEYS_A_CONTACT);
  const goal = (text: string) => (contacts === 1_000_000 ? text : undefined);
  const say: Report = (name, ...rest) => report(`${kind}, ${contacts} contacts: ${name}`, ...rest);
  const times = (name: string, all: number[], limit?: string) => {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    if (all.length > 1) say(`${name}, p50`, at(0.5), 'ms');
    say(all.length > 1 ? `${name}, p95 of ${all.length}` : name, at(0.95), 'ms', limit);
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
    const took = async (asked: Asked) => (await ask(page, asked)).ms;
    const memory = async () => (await backgroundMemory(kind, page, folder)) / 1e6;
    times('first fill', [await took(fetch(true))]);
    const [tested, hmacs, gets]: [number[], number[], number[]] = [[], [], []];
    for (let n = 0; n < 200; n += 1) {
      tested.push(await took(known()));
      hmacs.push(await took({ do: 'hmacs' }));
      gets.push(await took({ do: 'get' }));
    }
    times('50 keys', tested, goal('≤ 5'));
    times('beside it 50 bare HMACs', hmacs);
    times('beside it one empty read of IndexedDB', gets);
    say('worker heap and buffers', await memory(), 'MB', goal('≤ 6'));
    times('delta of 1,000', await each(19, () => took(fetch(false))), goal('≤ 50'));
    times('50 keys above 19,000 changes', await each(100, () => took(known())), goal('≤ 5'));
    say('heap and buffers above them', await memory(), 'MB', goal('≤ 6'));

    const start = async (asked: Asked) => {
      await rig.endBackground();
      await rest(500);
      return ask(page, asked);
    };
    const starts = async (name: string, limit?: string) => {
      const [all, empty]: [Relayed[], Relayed[]] = [[], []];
      for (let n = 0; n < STARTS; n += 1) {
        all.push(await start(known()));
        empty.push(await start({ do: 'nothing' }));
      }
      const trips = (some: Relayed[]) => some.map(({ trip }) => trip);
      times(`50 keys, ${name} to be started`, trips(all), limit);
      times(`beside it an empty answer, ${name} to be started`, trips(empty));
    };
    await starts('worker', goal('≤ 60'));
    await rig.tidy();
    await starts('process', goal('≤ 120'));

    times('two deltas more, and the fold', [(await took(fetch(false))) + (await took(fetch(false)))]);
    say('disk, peak of fill, deltas and fold', disk.peak() / 1e6, 'MB', goal('≤ 45'));
    times('refill', await each(REFILLS, () => took(fetch(true))));
    say('disk, peak of refills', disk.peak() / 1e6, 'MB', goal('≤ 45'));
    times('50 keys afterwards', await each(100, () => took(known())), goal('≤ 5'));
    await rest(5000);
    say('disk, settled, worker running', disk.now() / 1e6, 'MB', goal('≤ 25'));
    await rig.endBackground();
    await rest(5000);
    say('disk, settled', disk.now() / 1e6, 'MB', goal('≤ 25'));
    const estimate = (await ask(page, { do: 'estimate' })).count;
    say('disk, as the browser says it', estimate / 1e6, 'MB', goal('≤ 25'));
    disk.stop();

    await rig.close();
    rig = await launch(kind, options);
    page = await rig.page(server.url);
    await rig.tidy();
    times('50 keys after a browser start', [(await start(known())).trip], goal('≤ 120'));
  } finally {
    await rig.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks the background from within the page. Throws what went wrong there, and when the answer can't be right. */
export async function ask(page: Screen, asked: Asked): Promise<Relayed> {
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
  const places =
    kind === 'firefox'
      ? ['storage/default']
      : ['Default/IndexedDB', 'Default/blob_storage', 'Default/File System'];
  const now = () => places.reduce((sum, place) => sum + sizeOf(join(profile, place)), 0);
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, now());
  }, 20);
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
