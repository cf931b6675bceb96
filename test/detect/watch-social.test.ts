import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageReport } from '../../utils/detect/types.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';

/** On a social site only what is in view is read, and anew where that changes. */
let browser: Browser;
let page: Page;
const asked: string[] = [];
const pages = new Map<string, string>();

const post = (
  slug: string,
  height = 900,
) => `<div style="height:${height}px"><a class="update-components-actor__meta-link"
  href="/in/${slug}/"><span class="update-components-actor__title"><span aria-hidden="true">${slug}</span></span></a></div>`;

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
  const feed = Array.from({ length: 20 }, (_, n) => post(`person-${n}`)).join('');
  const html = `<!doctype html><title>Feed</title><main>${feed}</main>`;
  await show(page, 'https://www.linkedin.com/feed/', html, pages);
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate(`${await detectionScript()}; globalThis.watching = truceDetect.watchPage(); undefined`);
});
afterAll(() => browser?.close());

const last = () => page.evaluate<PageReport>('watching.reports.at(-1)?.report');

async function until(holds: (report: PageReport | undefined) => boolean): Promise<PageReport> {
  for (let n = 0; n < 300; n += 1) {
    const report = await last();
    if (holds(report)) return report;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it did not come to that: ${JSON.stringify(await last())}`);
}
const keys = (report: PageReport | undefined) => report?.sightings.flatMap((one) => one.keys) ?? [];

test('who is in view, in no focus; after scrolling, who is then', async () => {
  const first = await until((report) => keys(report).length === 1);
  expect(keys(first)).toEqual(['linkedin:in/person-0']);
  await page.evaluate('scrollTo(0, 900 * 10)');
  const then = await until((report) => keys(report).includes('linkedin:in/person-10'));
  expect(keys(then)).toEqual(['linkedin:in/person-10']);
  expect(then.recipe).toBe('found');
  await page.evaluate('scrollTo(0, 900 * 10.5)');
  // A post whose author is out of view is no sign that the site has changed.
  const between = await until(
    (report) => keys(report).length !== 1 || keys(report)[0] !== 'linkedin:in/person-10',
  );
  expect(between.recipe).toBe('found');
  expect(between.sightings.some(({ focus }) => focus)).toBe(false);
});

test('after very many others, whoever is in view is still found, and nobody else', async () => {
  await page.evaluate(
    (html) => {
      document.querySelector('main')?.insertAdjacentHTML('afterbegin', html);
      scrollTo(0, document.documentElement.scrollHeight - 950);
    },
    Array.from(
      { length: 1000 },
      (_, n) => `${post(`earlier-${n}`, 50)}<a href="/in/liked-${n}/">Liked ${n}</a>`,
    ).join(''),
  );
  const end = await until((report) => keys(report).includes('linkedin:in/person-19'));
  expect(keys(end)).toEqual(['linkedin:in/person-19']);
  await page.evaluate('scrollTo(0, 25_000)');
  const middle = await until((report) => keys(report).some((key) => key.includes('earlier-')));
  expect(keys(middle).length).toBeGreaterThan(5);
  expect(keys(middle).length).toBeLessThan(40);
});

test('whoever has scrolled out of a pane of its own is out of view', async () => {
  await page.evaluate(
    (html) => {
      const main = document.querySelector('main');
      if (!main) return;
      main.innerHTML = `<div id="pane" style="height:300px;margin-top:400px;overflow:auto">${html}</div>`;
      document.querySelector('#pane')?.scrollTo(0, 200);
    },
    post('above', 100) + post('also-above', 100) + post('shown', 1000),
  );
  const report = await until((one) => keys(one).includes('linkedin:in/shown'));
  expect(keys(report)).toEqual(['linkedin:in/shown']);
});

test('nothing was asked of the site for it', () => {
  expect(asked).toEqual([]);
});

test('where the site’s markup has changed, whoever is linked to in view', async () => {
  const row = (slug: string) => `<section style="height:600px"><a href="/${slug}">${slug}</a></section>`;
  const feed = Array.from({ length: 10 }, (_, n) => row(`member${n}`)).join('');
  await show(page, 'https://x.com/home', `<!doctype html><title>X</title><main>${feed}</main>`, pages);
  await page.evaluate(`${await detectionScript()}; globalThis.watching = truceDetect.watchPage(); undefined`);
  const first = await until((report) => keys(report).length > 0);
  expect(keys(first)).toEqual(['x:member0', 'x:member1']);
  expect(first.missed).toBe('posts');
  await page.evaluate('scrollTo(0, 600 * 7)');
  const then = await until((report) => keys(report).includes('x:member7'));
  expect(keys(then)).toEqual(['x:member7', 'x:member8']);
  expect(then.sightings.some(({ focus }) => focus)).toBe(false);
});
