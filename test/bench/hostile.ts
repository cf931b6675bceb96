import type { Browser, Page } from 'playwright-core';
import { launch, openContext, show } from '../detect/browser.ts';
import { HOSTILE, type HostilePage } from '../detect/hostile-pages.ts';
import { type OwnTasks, ownTasks, watchInOwnWorld } from '../detect/own-tasks.ts';
import { sessionOf } from '../detect/own-world.ts';
import type { Report } from './run.ts';

/** The processor made so many times slower. */
const SLOWER = 6;
const STEADY = 8000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** JavaScript's memory in the page's process, in bytes, once what nobody needs is gone. */
async function heapOf(page: Page): Promise<number> {
  const session = await sessionOf(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** From a click to the handler in the page, in ms. */
async function clickTime(page: Page): Promise<number> {
  await page.evaluate('clicked = 0');
  const start = performance.now();
  await page.mouse.click(600, 400);
  await page.waitForFunction('clicked > 0', undefined, { timeout: 60_000 });
  return performance.now() - start;
}

/** Until the page has been read for the first time, at most half a minute. */
async function readOnce(page: Page): Promise<OwnTasks> {
  const all = await ownTasks(page);
  for (let n = 0; n < 60; n++) {
    await pause(500);
    const more = await ownTasks(page);
    all.longest = Math.max(all.longest, more.longest);
    all.busy += more.busy;
    all.reports += more.reports;
    all.addresses = more.addresses;
    if (all.reports > 0 && more.tasks === 0) break;
    if (all.reports > 0 && n > 10) break;
  }
  return all;
}

async function measure(browser: Browser, report: Report, { name, build, stir, sizes }: HostilePage) {
  const pages = new Map<string, string>();
  const context = await openContext(browser, pages);
  try {
    const page = await context.newPage();
    await show(page, 'https://hostile.example/', '<!doctype html><title>Hostile</title><body></body>', pages);
    await page.evaluate(
      `globalThis.clicked = 0; addEventListener('click', () => { clicked = 1; }); globalThis.calls = 0; (() => { ${build(sizes[0])} globalThis.stir = () => { calls++; ${stir ?? ''} }; document.body.offsetHeight; })(); undefined`,
    );
    const session = await sessionOf(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await pause(2000);
    const heap = await heapOf(page);
    if (stir) await page.evaluate('setInterval(stir, 10); undefined');
    const without = await clickTime(page);
    await watchInOwnWorld(page);
    const first = await readOnce(page);
    report(`${name}: longest task at the start`, first.longest, 'ms', '≤ 50');
    if (stir) {
      const start = performance.now();
      await pause(STEADY);
      const steady = await ownTasks(page);
      report(`${name}: longest task later`, steady.longest, 'ms', '≤ 50');
      report(
        `${name}: of the processor, later`,
        (100 * steady.busy) / (performance.now() - start),
        '%',
        '≤ 5',
      );
      report(`${name}: reports a second`, (1000 * steady.reports) / (performance.now() - start), '', '≤ 10');
    }
    report(`${name}: memory`, ((await heapOf(page)) - heap) / 1e6, 'MB', '≤ 30');
    report(`${name}: a click answered`, await clickTime(page), `ms (${Math.round(without)} without us)`);
  } finally {
    await context.close();
  }
}

/**
 * What pages can make of us at worst, on a processor six times slower. Only our own tasks are timed, with the
 * styles and the layout that the browser works out for them.
 */
export async function bench(report: Report): Promise<void> {
  const only = process.env.TRUCE_PAGES;
  for (const page of HOSTILE) {
    if (only !== undefined && !page.name.includes(only)) continue;
    // A browser of its own: a page of a million nodes leaves its memory to the next.
    const browser = await launch();
    try {
      await measure(browser, report, page);
    } finally {
      await browser.close();
    }
  }
}
