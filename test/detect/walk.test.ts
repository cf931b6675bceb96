import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, openContext, readFrame, show } from './browser.ts';

const pages = new Map<string, string>();
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser.close());

async function addressesIn(html: string): Promise<string[]> {
  await show(page, 'https://walk.example/', `<!doctype html><title></title>${html}`, pages);
  const { report } = await readFrame(page.mainFrame());
  return report.sightings.flatMap(({ address }) => address ?? []).toSorted();
}

const all = (count: number) => Array.from({ length: count }, (_, nth) => `p${nth}@birch.example`).toSorted();

/** Paragraphs, an address in the first, the last, and some in between: in their own text or in an inner one. */
function paragraphs(count: number, addresses: number): string {
  const every = (count - 1) / (addresses - 1);
  let html = '';
  for (let n = 0, nth = 0; n < count; n++) {
    const address = n >= Math.round(nth * every) ? `p${nth++}@birch.example` : '';
    html += nth % 2 ? `<p>a ${address} visit</p>` : `<p>a visit<i>, then </i> ${address}</p>`;
  }
  return `<main>${html}</main>`;
}

// One question to the browser, a walk of a huge page, and one of a vast page.
it.each([
  [3, 3],
  [2000, 40],
  [20_000, 100],
  [28_000, 100],
  [50_000, 100],
])('finds all in %d paragraphs', async (count, addresses) => {
  expect(await addressesIn(paragraphs(count, addresses))).toEqual(all(addresses));
});

it('finds what is spelled out before and behind plain addresses', async () => {
  const spelled = '<p>p1 [at] birch [dot] example</p>';
  const html = `<p>p0@birch.example</p>${spelled}${'<p>a visit</p>'.repeat(600)}<p>p2 (at) birch (dot) example</p><p>p3@birch.example</p>`;
  expect(await addressesIn(html)).toEqual(all(4));
});

it('finds texts that stand side by side', async () => {
  expect(
    await addressesIn(
      '<p>p0@birch.example <!-- a note --> p1@birch.example <b>x</b> p2@birch.example</p>' +
        '<img name="evaluate"><form name="createExpression"></form>',
    ),
  ).toEqual(all(3));
});
