import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileKey } from '../../utils/contract/network-key.ts';
import { recipesAt } from '../../utils/detect/sites/index.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { some } from '../series.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';

/** The small script that every page gets must have each page read on which there is somebody. */
interface Case {
  name: string;
  url: string;
  expected: PageReport;
}

const folder = import.meta.dirname;
const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file): Case => {
    const name = file.slice(0, -'.html'.length);
    return { name, ...JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) };
  })
  .filter(({ url, expected }) => {
    const known = recipesAt(URL.parse(url)?.hostname ?? '').some(({ hosts }) => hosts.length > 0);
    return !known && profileKey(url) === undefined && expected.sightings.length > 0;
  });

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

const html = (body: string) => `<!doctype html><title>Page</title><body>${body}</body>`;
const URL_HERE = 'https://page.example/';

/** What it says of the page, first and last. */
async function begin(body: string): Promise<void> {
  await show(page, URL_HERE, body, pages);
  await page.evaluate(`${await detectionScript()}; globalThis.seeking = truceDetect.seekPage()`);
}
const told = (count = 1) =>
  page
    .waitForFunction(`seeking.told.length >= ${count}`)
    .then(() => page.evaluate<boolean[]>('seeking.told'));

test.each(some(cases, 60).map(({ name }) => name))('%s', async (name) => {
  await begin(readFileSync(join(folder, `${name}.html`), 'utf8'));
  expect((await told()).at(-1)).toBe(true);
});

test('there are such cases', () => expect(cases.length).toBeGreaterThan(60));

test('a page without a mark is left alone, until something comes that may be somebody', async () => {
  await begin(html('<h1>Rules</h1><p>Members pay.</p><a href="/in">In</a><a title="Home" href="/">Home</a>'));
  expect(await told()).toEqual([false]);
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p>Nothing new.</p>')`);
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<p>Write to <i>ann</i>@acme.example</p>')`,
  );
  expect(await told(2)).toEqual([false, true]);
});

test.each([
  ['a link', `document.querySelector('a').href = 'mailto:ann@acme.example'`],
  ['an attribute', `document.querySelector('a').title = 'ann@acme.example'`],
  ['a text', `document.querySelector('a').firstChild.data = 'ann@acme.example'`],
  ['a spelled-out one', `document.querySelector('a').textContent = 'ann [at] acme [dot] example'`],
  [
    'an address of the page',
    `history.pushState(null, '', '/other'); document.querySelector('a').append('.')`,
  ],
])('is told of %s that changes', async (_, change) => {
  await begin(html('<a href="/">Home</a>'));
  await told();
  await page.evaluate(change);
  expect(await told(2)).toHaveLength(2);
});

test('nothing more is looked for once there is something, or it has ended', async () => {
  await begin(html('<p>ann@acme.example</p>'));
  expect(await told()).toEqual([true]);
  await begin(html('<p>Nobody</p>'));
  await told();
  await page.evaluate('seeking.stop.abort()');
  await page.evaluate(`document.body.append('ann@acme.example')`);
  await page.evaluate('new Promise((go) => setTimeout(go, 300))');
  expect(await page.evaluate('seeking.told')).toEqual([false]);
});
