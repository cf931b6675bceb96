import type { Page } from 'playwright-core';
import { launch, openContext, show } from '../detect/browser.ts';
import { bundle } from '../detect/bundle.ts';
import { ownTasks, watchInOwnWorld } from '../detect/own-tasks.ts';
import { inOwnWorld } from '../detect/own-world.ts';
import type { Report } from './run.ts';
import type { Times } from './scan-in-page.ts';
import { addressOf, paragraphs } from './scan-page.ts';

const TEXTS = 20_000;
const ADDRESSES = 500;
/** One in ten of them comes later. */
const ADDED = 2000;
const ROUNDS = 15;
const URL_ = 'https://large.example/';

const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
const pageOf = (texts: number, addresses: number) =>
  `<!doctype html><title>Large</title><main>${paragraphs(texts, addresses)}</main>`;

/** Everybody, and nobody else. */
function expectAll(found: string[], count: number): void {
  const missing = Array.from({ length: count }, (_, nth) => addressOf(nth)).filter(
    (one) => !found.includes(one),
  );
  if (missing.length > 0 || found.length !== count) {
    throw new Error(`[scan] found ${found.length} of ${count}, without ${missing.slice(0, 3)}`);
  }
}

/**
 * First scan and incremental one against a bare text walk, in a content script's kind of world: in turns, median
 * of 15. `read again` is the same page over and over; `just opened` is loaded anew for each turn. `added` is the scan of
 * what came alone; `added to a watched page` is all that we do about it until it is reported.
 */
export async function bench(report: Report): Promise<void> {
  const code = await bundle(new URL('scan-in-page.ts', import.meta.url).pathname, 'truceScan');
  const pages = new Map<string, string>();
  const browser = await launch();
  try {
    const page = await (await openContext(browser, pages)).newPage();
    const run = (expression: string) => inOwnWorld<Times>(page, `${code}; truceScan.${expression}`);
    for (const count of [ADDRESSES, 0]) {
      const goal = count > 0 ? '≤ 1.6' : '≤ 0.5';
      const html = pageOf(TEXTS, count);
      await show(page, URL_, html, pages);
      const again = await run(`whole(${ROUNDS})`);
      expectAll(again.found, count);
      say(report, `${count} addresses, page read again`, again, goal);
      say(report, `${count} addresses, page just opened`, await opened(page, html, pages, run, count), goal);
    }
    for (const count of [ADDRESSES, 0]) {
      await show(page, URL_, pageOf(TEXTS, ADDRESSES), pages);
      const block = paragraphs(ADDED, (count * ADDED) / TEXTS);
      const added = await run(`added(${JSON.stringify(block)}, ${ROUNDS})`);
      expectAll(added.found, (count * ADDED) / TEXTS);
      const what = `${ADDED} texts added, ${added.found.length} addresses`;
      say(report, what, added, '≤ 1.2');
      await show(page, URL_, pageOf(TEXTS, ADDRESSES), pages);
      const all = await reported(page, block);
      const floor = median(added.floor);
      report(`${what} to a watched page: heard, scanned, seen and reported`, median(all), 'ms');
      report(`${what} to a watched page: all of it to bare walk`, median(all) / floor, 'times');
    }
  } finally {
    await browser.close();
  }
}

function say(report: Report, what: string, { floor, ours }: Times, goal: string): void {
  report(`${what}: bare walk`, median(floor), 'ms');
  report(`${what}: scan`, median(ours), 'ms');
  report(`${what}: scan to bare walk`, median(ours) / median(floor), 'times', goal);
}

/** More than what two readings have to lie apart. */
const APART = 400;

/** ms of each turn: all that we do when a block of `html` comes to a page that is watched, until it is reported. */
async function reported(page: Page, html: string): Promise<number[]> {
  await watchInOwnWorld(page);
  await page.waitForTimeout(5 * APART);
  // Whom the page does not have yet.
  const others = JSON.stringify(html.replaceAll('person', 'added'));
  const times: number[] = [];
  for (let n = -ROUNDS; n < ROUNDS; n++) {
    await ownTasks(page);
    await page.evaluate(
      `(() => { const block = document.createElement('section'); block.innerHTML = ${others}; document.body.append(block); })()`,
    );
    await page.waitForTimeout(APART);
    const { busy } = await ownTasks(page);
    if (n >= 0) times.push(busy);
    await page.evaluate("document.querySelector('section').remove()");
    await page.waitForTimeout(APART);
  }
  return times;
}

async function opened(
  page: Page,
  html: string,
  pages: Map<string, string>,
  run: (expression: string) => Promise<Times>,
  count: number,
): Promise<Times> {
  const times: Times = { floor: [], ours: [], found: [] };
  for (let n = 0; n < 2 * ROUNDS; n++) {
    await show(page, URL_, html, pages);
    const { floor, ours, found } = await run(`first(${n % 2 === 1})`);
    times.floor.push(...floor);
    times.ours.push(...ours);
    if (n % 2 === 1) expectAll(found, count);
  }
  return times;
}
