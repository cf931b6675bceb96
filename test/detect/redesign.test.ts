import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageReport, Sighting } from '../../utils/detect/types.ts';
import { LONG } from '../series.ts';
import { detectionScript, launch, openContext, showIn } from './browser.ts';
import { bundle } from './bundle.ts';

/**
 * A site's redesign: in every fixture all class names, ids and data attributes are scrambled, then wrappers put in,
 * then whatever has an order that says nothing is put into another one. People are still found, and in focus is
 * nobody but who the case says. `REDESIGN_SEEDS=3` or `=4-20` tries those alone; with `REDESIGN_KEEP=1` cases and seeds
 * that go wrong are added to `redesign-seeds.json`, which are tried each time.
 */
const STAGES = ['scramble', 'wrap', 'reorder'] as const;
const [first = 1, last = first] = (process.env.REDESIGN_SEEDS ?? (LONG ? '1-20' : '1'))
  .split('-')
  .map(Number);
const SEEDS = Array.from({ length: last - first + 1 }, (_, n) => first + n);
/** Of all keys (addresses and profiles) of all fixtures, after each of the stages; and of each site's. */
const LEAST = 0.95;
const LEAST_EACH = 0.85;
/**
 * What a field of a draft holds, and whom a message's folded header names, only a recipe may read: a fifth of Horde's.
 * (Three of the shared pages' 27 are lost with the name of Cloudflare's attribute, which no redesign would change.)
 */
const LEAST_OF: Readonly<Record<string, number>> = { horde: 0.75 };

/** Only what stands before it tells a mail that somebody has pasted or logged from the page's own: not reordered. */
const IN_ORDER = new Set(['general/crm-logged-mail', 'general/forwarded-forum']);

interface Case {
  name: string;
  url: string;
  /** It is a frame of the page at this address. */
  within?: string | undefined;
  html: string;
  /** Match keys of those who are to be found. */
  keys: string[];
  /** Who is to be in focus, at most. */
  focus: string[];
}

const folder = import.meta.dirname;
const shared = join(process.env.TRUCE_SHARED || join(folder, '../../../shared'), 'pages');

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** By what somebody is told from others: where there is no key, by the name. */
const idsOf = ({ keys, name }: Sighting): string[] => (keys.length > 0 ? keys : [name ?? '']);

interface Written {
  url: string;
  within?: string;
  expected?: PageReport;
}

function ownCases(site: string): Case[] {
  return readdirSync(join(folder, site))
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const { url, within, expected } = read<Written>(folder, site, file);
      const sightings = expected?.sightings ?? [];
      const keys = sightings.flatMap((one) => one.keys);
      const focus = sightings.flatMap((one) => (one.focus ? idsOf(one) : []));
      const html = readFileSync(join(folder, site, `${name}.html`), 'utf8');
      return { name, url, within, keys, focus, html };
    });
}

/** Whom the shared pages are about, from reading each. */
const FOCUS: Record<string, string> = {
  'gmail/message-expanded-2025.html': 'email:vikram.jp@placement.example',
  'owa/message-2025.html': 'email:erika@muster.example',
  'proton/message-2025.html': 'email:bob.smith@acme.example',
  'fastmail/message-selectors.html': 'email:bob.smith@acme.example',
  'schema-org/whatwg-vcard-jack-bauer.html': 'email:j.bauer@la.ctu.gov.invalid',
  'linkedin/profile-2024-1.html': 'linkedin:in/ernesto-aguilar-novak',
  'linkedin/contact-info-dialog-2026.html': 'linkedin:in/apalaguha',
};

function sharedCases(): Case[] {
  if (!existsSync(join(shared, 'expected.json'))) return [];
  type Expected = { url: string; must: [string, string][] } | string;
  return Object.entries(read<Record<string, Expected>>(shared, 'expected.json')).flatMap(([name, one]) => {
    if (typeof one === 'string' || !existsSync(join(shared, name))) return [];
    const keys = one.must.map(([, address]) => `email:${address}`);
    const focus = [FOCUS[name] ?? []].flat();
    return [{ name, url: one.url, keys, focus, html: readFileSync(join(shared, name), 'utf8') }];
  });
}

/** Cases and seeds with which something was wrong once. */
const kept = read<[name: string, seed: number][]>(folder, 'redesign-seeds.json');
const sites = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const cases = new Map(sites.map(({ name }) => [name, ownCases(name)]));
cases.set('../shared/pages', sharedCases());

let browser: Browser;
let page: Page;
let script: string;
const pages = new Map<string, string>();
const failed = new Map<string, [name: string, seed: number]>();
/** Keys found after each stage, of how many, by site. */
const figures = new Map<string, { found: number[]; of: number }>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
  // Of a feed only what is in view is read: here another order takes nobody out of it.
  await page.setViewportSize({ width: 1200, height: 4000 });
  script = `${await detectionScript()}; ${await bundle(join(folder, 'redesign-page.ts'), 'truceRedesign')}`;
});
afterAll(async () => {
  await browser?.close();
  if (process.env.REDESIGN_KEEP !== '1' || process.env.CI) return;
  const all = new Map([...kept.map((one) => [one.join(' '), one] as const), ...failed]);
  const lines = [...all.values()].map((one) => `  ${JSON.stringify(one).replace(',', ', ')}`).toSorted();
  writeFileSync(
    join(folder, 'redesign-seeds.json'),
    lines.length > 0 ? `[\n${lines.join(',\n')}\n]\n` : '[]\n',
  );
});

interface Read extends PageReport {
  /** It is the page, or frame, that the case is about. */
  itself: boolean;
}

const readAll = (itself: Frame): Promise<Read[]> =>
  Promise.all(
    page.frames().map(async (frame) => ({
      ...(await frame.evaluate<PageReport>('truceDetect.read()')),
      itself: frame === itself,
    })),
  );

/** Whoever is in focus and should not be. In the frames that cases are written with, bodies of messages, that is anybody. */
const wrong = (focus: readonly string[], reports: Read[]): string[] =>
  reports.flatMap(({ sightings, itself }) =>
    sightings.flatMap((one) =>
      one.focus && !(itself && idsOf(one).some((id) => focus.includes(id)))
        ? `${one.role} ${idsOf(one)}`
        : [],
    ),
  );

/** Redesigns a page step by step; answers who was lost and who got the focus wrongly, by stage. */
async function redesign(site: string, one: Case, seed: number) {
  const itself = await showIn(page, one, one.html, pages);
  for (const frame of page.frames()) await frame.evaluate(`${script}; truceRedesign.begin()`);
  const stages: { lost: string[]; wrong: string[] }[] = [];
  for (const stage of STAGES) {
    const still = stage === 'reorder' && IN_ORDER.has(`${site}/${one.name}`);
    for (const frame of still ? [] : page.frames()) await frame.evaluate(`truceRedesign.${stage}(${seed})`);
    const after = await readAll(itself);
    const there = new Set(after.flatMap(({ sightings }) => sightings.flatMap(({ keys }) => keys)));
    const lost = one.keys.filter((key) => !there.has(key));
    stages.push({ lost, wrong: wrong(one.focus, after) });
  }
  return stages;
}

describe.each([...cases])('%s', (site, list) => {
  test('the focus is never on the wrong person', async () => {
    const said: string[] = [];
    const sum = { found: STAGES.map(() => 0), of: 0 };
    for (const one of list) {
      const again = kept.filter(([name]) => name === `${site}/${one.name}`).map(([, seed]) => seed);
      for (const seed of new Set([...SEEDS, ...again])) {
        const stages = await redesign(site, one, seed);
        sum.of += one.keys.length;
        for (const [n, { lost, wrong }] of stages.entries()) {
          sum.found[n] = (sum.found[n] ?? 0) + one.keys.length - lost.length;
          const where = `${site}/${one.name}, seed ${seed}, ${STAGES[n]}`;
          if (wrong.length > 0) said.push(`${where}: in focus ${wrong.join(' ')}`);
          if (wrong.length > 0) failed.set(`${site}/${one.name} ${seed}`, [`${site}/${one.name}`, seed]);
          if (process.env.REDESIGN_SHOW && lost.length > 0) console.log(`${where}: lost ${lost.join(' ')}`);
        }
      }
    }
    figures.set(site, sum);
    expect(said).toEqual([]);
  }, 900_000);
});

test(`of all keys ${LEAST * 100} % are still found, of each site's ${LEAST_EACH * 100} %`, () => {
  const total = { found: STAGES.map(() => 0), of: 0 };
  const line = (name: string, { found, of }: { found: number[]; of: number }) => {
    const ratios = found.map((n) => `${((100 * n) / (of || 1)).toFixed(1)} %`.padStart(9));
    return `${name.padEnd(18)}${String(of).padStart(6)}${ratios.join('')}`;
  };
  const lines = [...figures].map(([site, sum]) => {
    total.of += sum.of;
    total.found = total.found.map((n, stage) => n + (sum.found[stage] ?? 0));
    return line(site, sum);
  });
  console.log(
    ['site                keys scrambled  wrapped reordered', ...lines, line('all', total)].join('\n'),
  );
  expect(total.of).toBeGreaterThan(0);
  for (const found of total.found) expect(found / total.of).toBeGreaterThanOrEqual(LEAST);
  const low = [...figures].filter(
    ([site, { found, of }]) => Math.min(...found) < (LEAST_OF[site] ?? LEAST_EACH) * of,
  );
  expect(low).toEqual([]);
});
