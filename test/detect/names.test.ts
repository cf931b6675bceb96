import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Named } from '../../utils/detect/types.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

async function namesOf(body: string, head = ''): Promise<Named[]> {
  const html = `<!doctype html><html><head><title>Page</title>${head}</head><body>${body}</body></html>`;
  await show(page, 'https://news.example/story', html, pages);
  return page.evaluate<Named[]>(`${await detectionScript()}; truceDetect.readNames()`);
}

test.each<[string, string, Named[]]>([
  ['a heading', '<h2>Ann Lee</h2>', [{ name: 'Ann Lee', at: [] }]],
  ['a byline', '<p class="byline">By Ann Lee</p>', [{ name: 'Ann Lee', at: [] }]],
  [
    'a company behind a comma',
    '<h3>Ann Lee, Acme Logistics</h3>',
    [{ name: 'Ann Lee', at: ['Acme Logistics'] }],
  ],
  [
    'a company in brackets',
    '<h3>Ann Lee (Acme Logistics)</h3>',
    [{ name: 'Ann Lee', at: ['Acme Logistics'] }],
  ],
  [
    'a title of',
    '<h3>Ann Lee, CEO of Acme Logistics</h3>',
    [{ name: 'Ann Lee', at: ['CEO of Acme Logistics'] }],
  ],
  [
    'a title at, in the line below',
    '<h3>Ann Lee</h3><p>Head of Sales at Acme Logistics</p>',
    [{ name: 'Ann Lee', at: ['Head of Sales at Acme Logistics'] }],
  ],
  [
    'a title in German',
    '<h3>Jörg Weiß</h3><p>Leiter Einkauf bei Birke GmbH</p>',
    [{ name: 'Jörg Weiß', at: ['Leiter Einkauf bei Birke GmbH'] }],
  ],
  [
    'a link in a sentence',
    '<p>As <a href="/p/ann">Ann Lee</a> of Acme & Sons of London says.</p>',
    [{ name: 'Ann Lee', at: ['of Acme & Sons of London says.'] }],
  ],
  ['a name without spaces', '<h2>山田太郎</h2>', [{ name: '山田太郎', at: [] }]],
  ['initials and titles', '<h3>Dr. Ann B. Lee, Acme</h3>', [{ name: 'Dr. Ann B. Lee', at: ['Acme'] }]],
  ['twice', '<h2>Ann Lee</h2><h3>Ann Lee, Acme</h3>', [{ name: 'Ann Lee', at: ['Acme'] }]],
  ['no name', '<h1>Contact us</h1><a href="/">Home</a><h2>42 reasons why</h2><a href="/ann">Ann</a>', []],
  ['not to be seen', '<h2 style="display:none">Ann Lee</h2>', []],
  ['plain text, which is not looked at', '<p>Ann Lee of Acme went home.</p>', []],
])('%s', async (_, body, expected) => {
  expect(await namesOf(body)).toEqual(expected);
});

test('what the site calls itself counts', async () => {
  const site = '<meta property="og:site_name" content="Acme Logistics">';
  expect(await namesOf('<h2>Ann Lee</h2>', site)).toEqual([{ name: 'Ann Lee', at: ['Acme Logistics'] }]);
});

test('no more than 200, however many there are', async () => {
  const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const many = Array.from({ length: 3000 }, (_, n) => `<a href="#">Ann L${letters(n)}</a>`).join('<br>');
  expect(await namesOf(many)).toHaveLength(200);
});
