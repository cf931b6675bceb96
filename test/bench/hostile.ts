import type { Browser, Page } from 'playwright-core';
import { launch, openContext, show } from '../detect/browser.ts';
import { HOSTILE, type HostilePage } from '../detect/hostile-pages.ts';
import {
  beginIn,
  namesInOwnWorld,
  type OwnTasks,
  ownTasks,
  prepareIn,
  seekInOwnWorld,
  tasksIn,
  watchInOwnWorld,
} from '../detect/own-tasks.ts';
import { inOwnWorld, sessionOf } from '../detect/own-world.ts';
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

/** Until nothing was done for half a second, at most 20 s; the longest task in it, in ms. */
async function longestUntilQuiet(page: Page): Promise<number> {
  let longest = 0;
  for (let n = 0; n < 40; n++) {
    await pause(500);
    const more = await ownTasks(page);
    longest = Math.max(longest, more.longest);
    if (more.tasks === 0) break;
  }
  return longest;
}

async function measure(
  browser: Browser,
  report: Report,
  { name, url = 'https://hostile.example/', build, stir, sizes }: HostilePage,
) {
  const pages = new Map<string, string>();
  const context = await openContext(browser, pages);
  try {
    const page = await context.newPage();
    await show(page, url, '<!doctype html><title>Hostile</title><body></body>', pages);
    await page.evaluate(
      `globalThis.clicked = 0; addEventListener('click', () => { clicked = 1; }); globalThis.calls = 0; (() => { ${build(sizes[0])} globalThis.stir = () => { calls++; ${stir ?? ''} }; document.body.offsetHeight; })(); undefined`,
    );
    const session = await sessionOf(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await pause(2000);
    const heap = await heapOf(page);
    if (stir) await page.evaluate('setInterval(stir, 10); undefined');
    const without = await clickTime(page);
    await seekInOwnWorld(page);
    report(`${name}: longest task of the gate`, await longestUntilQuiet(page), 'ms', '≤ 50');
    await inOwnWorld(page, 'seeking.stop.abort(); undefined');
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
    await ownTasks(page);
    await namesInOwnWorld(page);
    const named = await ownTasks(page);
    report(`${name}: longest task beside the names`, named.longest, 'ms', '≤ 50');
    report(`${name}: memory`, ((await heapOf(page)) - heap) / 1e6, 'MB', '≤ 30');
    report(`${name}: a click answered`, await clickTime(page), `ms (${Math.round(without)} without us)`);
  } finally {
    await context.close();
  }
}

/** A hundred frames, each with somebody in it and a change every 50 ms. */
async function measureFrames(browser: Browser, report: Report) {
  const name = 'a hundred frames that all change';
  const count = 100;
  const inside = (n: number) =>
    `<p>person${n}@birch.example</p><p id=t>0</p><script>setInterval(() => { t.textContent++ }, 50)</script>`;
  const body = Array.from(
    { length: count },
    (_, n) => `<iframe width=90 height=40 srcdoc="${inside(n)}"></iframe>`,
  );
  const pages = new Map<string, string>();
  const context = await openContext(browser, pages);
  try {
    const page = await context.newPage();
    await show(page, 'https://hostile.example/', `<!doctype html><body>${body.join('')}</body>`, pages);
    await (await sessionOf(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await pause(1000);
    const [, ...frames] = page.frames();
    // A hundred times the text of our script is the bench's garbage, not ours: it is gone before we are timed.
    await prepareIn(frames);
    await heapOf(page);
    for (const one of frames) await beginIn(one);
    const gather = () => Promise.all(frames.map(tasksIn));
    await pause(STEADY);
    const first = await gather();
    report(`${name}: frames read`, first.filter(({ addresses }) => addresses.length > 0).length, '', '≥ 100');
    report(`${name}: longest task at the start`, Math.max(...first.map((one) => one.longest)), 'ms', '≤ 50');
    const start = performance.now();
    await pause(2 * STEADY);
    const later = await gather();
    const busy = later.reduce((sum, one) => sum + one.busy, 0);
    report(`${name}: longest task later`, Math.max(...later.map((one) => one.longest)), 'ms', '≤ 50');
    report(`${name}: of the processor, later`, (100 * busy) / (performance.now() - start), '%', '≤ 5');
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
  if (only !== undefined && !'frames'.includes(only)) return;
  const browser = await launch();
  try {
    await measureFrames(browser, report);
  } finally {
    await browser.close();
  }
}
