import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PageReport } from '../../utils/detect/types.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';

const URL_ = 'https://mail.example/';
const message = (name: string, address: string) =>
  `<article><header><dl><dt>From</dt><dd>${name} &lt;${address}&gt;</dd></dl></header><p>Hello</p></article>`;

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

/** Changes the page and waits for the report that `holds`. */
async function change(action: string, holds: (report: PageReport) => boolean): Promise<PageReport> {
  const start = await page.evaluate<number>(
    `(() => { const at = performance.now(); ${action}; return at; })()`,
  );
  for (let n = 0; n < 500; n++) {
    const reports = await page.evaluate<{ at: number; report: PageReport }[]>('watching.reports');
    const fits = reports.find(({ at, report }) => at >= start && holds(report));
    if (fits) return fits.report;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no such report after: ${action}`);
}

const reports = () => page.evaluate<{ at: number; report: PageReport }[]>('watching.reports');
const addresses = (report?: PageReport) => report?.sightings.map(({ address }) => address) ?? [];
const focus = (report: PageReport) => report.sightings.find((one) => one.focus)?.address;
const settle = () => page.waitForTimeout(400);

async function open(body: string): Promise<void> {
  await show(page, URL_, `<!doctype html><title>Mail</title><body>${body}</body>`, pages);
  await page.evaluate(`${await detectionScript()}; globalThis.watching = truceDetect.watchPage(); undefined`);
  await settle();
}

beforeAll(async () => {
  browser = await launch();
});
beforeEach(async () => {
  await page?.context().close();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

test('reports at once, then the sender of each message that is opened', async () => {
  await open(`<main id="m">${message('Rosa Lind', 'rosa@birch.example')}</main>`);
  expect((await reports()).map(({ report }) => focus(report))).toEqual(['rosa@birch.example']);
  for (let n = 0; n < 10; n++) {
    const next = message(`Person ${n}`, `p${n}@fern.example`);
    const report = await change(
      `m.innerHTML = ${JSON.stringify(next)}`,
      (one) => focus(one) === `p${n}@fern.example`,
    );
    expect(addresses(report)).toEqual([`p${n}@fern.example`]);
    await page.waitForTimeout(120);
  }
});

test('a text that changes in place, an attribute, and a removal', async () => {
  await open(`<main id="m">${message('Rosa Lind', 'rosa@birch.example')}</main><p id="t" title="x">Tom</p>`);
  await change(
    `m.querySelector('dd').firstChild.data = 'Omar Reed <omar@fern.example>'`,
    (one) => focus(one) === 'omar@fern.example' && !addresses(one).includes('rosa@birch.example'),
  );
  await change(`t.title = 'tom@birch.example'`, (one) => addresses(one).includes('tom@birch.example'));
  await change(`t.remove()`, (one) => !addresses(one).includes('tom@birch.example'));
  await change(`m.remove()`, (one) => one.sightings.length === 0);
});

test('hidden by class, shown by style, folded out', async () => {
  await open(
    `<style>.off{display:none}</style><main id="m">${message('Rosa Lind', 'rosa@birch.example')}</main>
     <main id="n" class="off">${message('Omar Reed', 'omar@fern.example')}</main>
     <details id="d"><summary>More</summary>kim@birch.example</details>`,
  );
  expect((await reports()).map(({ report }) => addresses(report))).toEqual([['rosa@birch.example']]);
  await change(
    `m.className = 'off'; n.className = ''`,
    (one) => focus(one) === 'omar@fern.example' && !addresses(one).includes('rosa@birch.example'),
  );
  await change(`d.open = true`, (one) => addresses(one).includes('kim@birch.example'));
});

test('an address of the page that changes without a load', async () => {
  await page.close();
  page = await (await openContext(browser, pages)).newPage();
  await show(
    page,
    'https://www.linkedin.com/in/rosa-lind/',
    '<title>Rosa Lind | LinkedIn</title><h1>Rosa Lind</h1>',
    pages,
  );
  await page.evaluate(`${await detectionScript()}; globalThis.watching = truceDetect.watchPage(); undefined`);
  await settle();
  const key = (report: PageReport) => report.sightings.find((one) => one.focus)?.keys[0];
  expect((await reports()).map(({ report }) => key(report))).toEqual(['linkedin:in/rosa-lind']);
  await change(`history.pushState({}, '', '/feed/')`, (one) => one.sightings.length === 0);
  await change(
    `history.pushState({}, '', '/in/omar-reed/'); document.querySelector('h1').textContent = 'Omar Reed'`,
    (one) => key(one) === 'linkedin:in/omar-reed' && one.sightings[0]?.name === 'Omar Reed',
  );
});

test('2,000 strangers, at most 2,500 sightings, and a message on top of them', async () => {
  await open('<main id="m"></main><ul id="l"></ul>');
  const many = (count: number) =>
    `l.innerHTML = Array.from({ length: ${count} }, (_, n) => '<li>s' + n + '@crowd.example</li>').join('')`;
  await change(many(2000), (one) => one.sightings.length === 2000);
  await change(many(3000), (one) => one.sightings.length === 2500);
  await change(
    `l.replaceChildren(); m.innerHTML = ${JSON.stringify(message('Rosa Lind', 'rosa@birch.example'))}`,
    (one) => focus(one) === 'rosa@birch.example' && one.sightings.length === 1,
  );
});

test('a busy page: long tasks stay away and nothing is missed', async () => {
  await open('<main id="m"></main><div id="clock">0</div><div id="rows"></div>');
  await page.evaluate(`globalThis.long = []; new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => e.duration))).observe({ entryTypes: ['longtask'] });
    globalThis.ticker = setInterval(() => { clock.textContent = String(performance.now()); clock.classList.toggle('x');
      rows.insertAdjacentHTML('beforeend', '<p>' + 'word '.repeat(40) + '</p>'); }, 4); undefined`);
  await settle();
  await change(
    `m.innerHTML = ${JSON.stringify(message('Rosa Lind', 'rosa@birch.example'))}`,
    (one) => focus(one) === 'rosa@birch.example',
  );
  // A hundred looks at the page by then; a machine that is busy elsewhere makes one of them long, not each.
  expect(await page.evaluate<number>('long.length')).toBeLessThan(5);
  await page.evaluate('clearInterval(ticker)');
});

test('nodes taken away while a large page is being read', async () => {
  await open('<main id="m"></main>');
  const report = await change(
    `m.innerHTML = Array.from({ length: 30000 }, (_, n) => '<p>' + 'word '.repeat(20) + (n % 100 ? '' : 'a' + n + '@crowd.example') + '</p>').join('');
     let n = 0; const cut = setInterval(() => { for (const p of [...m.children].slice(n, n + 500)) if (!p.textContent.includes('@')) p.remove(); n += 5; if (n > 300) clearInterval(cut); }, 1)`,
    (one) => one.sightings.length === 300,
  );
  expect(report.sightings).toHaveLength(300);
});

test('nodes taken away while the texts of a long page are being read', async () => {
  await open('<main id="m"></main><footer id="f">Tom</footer>');
  const report = await change(
    `m.innerHTML = Array.from({ length: 12000 }, (_, n) => '<p>' + 'word '.repeat(40) + (n % 10 ? '' : 'a' + n + '@crowd.example') + '</p>').join('');
     let n = 0; const timer = setInterval(() => { m.children[100]?.remove(); m.lastChild?.remove(); if (++n > 40) { clearInterval(timer); f.textContent = 'end@crowd.example'; } }, 3)`,
    (one) => addresses(one).includes('end@crowd.example'),
  );
  const there = await page.evaluate<string[]>(
    `[...document.querySelectorAll('p, footer')].flatMap((p) => p.textContent.match(/\\S+@\\S+/) ?? [])`,
  );
  expect(there.length).toBeGreaterThan(1000);
  expect(new Set(addresses(report))).toEqual(new Set(there));
});

test('whom a mail is to, as it is typed into a field', async () => {
  await open(
    `<div id="messagestack"></div><div id="compose-headers"><input name="_to"></div><input id="other">`,
  );
  const type = (text: string) =>
    `const to = document.getElementsByName('_to')[0]; to.value = ${JSON.stringify(text)};
     other.value = 'kim@birch.example'; to.dispatchEvent(new InputEvent('input', { bubbles: true }))`;
  const report = await change(
    type('Rosa Lind <rosa@birch.example>, "Reed, Omar" <omar@fern.example>, kim@bir'),
    (one) => addresses(one).length === 2,
  );
  expect(report.sightings.map(({ address, name }) => [address, name])).toEqual([
    ['rosa@birch.example', 'Rosa Lind'],
    ['omar@fern.example', 'Reed, Omar'],
  ]);
  await change(type(''), (one) => one.sightings.length === 0);
});

test('ends without a trace: no report after it, the page as it was', async () => {
  await open(`<main id="m">${message('Rosa Lind', 'rosa@birch.example')}</main>`);
  const before = await page.evaluate('document.documentElement.outerHTML');
  await page.evaluate('watching.stop.abort()');
  expect(await page.evaluate('document.documentElement.outerHTML')).toBe(before);
  await page.evaluate(`m.innerHTML = ${JSON.stringify(message('Omar Reed', 'omar@fern.example'))}`);
  await settle();
  expect(await reports()).toHaveLength(1);
});
