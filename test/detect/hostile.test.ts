import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LONG } from '../series.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';
import { HOSTILE } from './hostile-pages.ts';
import { heldBy, openMailbox, readMessages } from './mail-hour.ts';
import { type OwnTasks, ownTasks, stopWatching, watchInOwnWorld } from './own-tasks.ts';
import { framesOf } from './own-world.ts';

const STEPS_MAX = 310_000;
const SIGHTINGS_MAX = 2500;

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await (await openContext(browser, pages)).newPage();
});
afterEach(() => page.context().close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const open = (body = '', url = 'https://hostile.example/') =>
  show(page, url, `<!doctype html><title>Hostile</title><body>${body}</body>`, pages);

/** Until it rests for a while, or the page never lets it. */
async function settled(): Promise<OwnTasks> {
  const all = await ownTasks(page);
  for (let n = 0; n < 40; n++) {
    await pause(250);
    const more = await ownTasks(page);
    all.addresses = more.addresses;
    all.steps += more.steps;
    all.reports += more.reports;
    if (all.reports > 0 && (more.tasks === 0 || n > 8)) break;
  }
  return all;
}

test.each(HOSTILE)(
  '$name: within bounds, found what can be, and at an end when told',
  async ({ url, build, stir, sizes, people }) => {
    const size = sizes[LONG ? 0 : 1];
    await open('', url);
    await page.evaluate(
      `globalThis.clicks = 0; addEventListener('click', () => clicks++); globalThis.calls = 0; (() => { ${build(size)} globalThis.stir = () => { calls++; ${stir ?? ''} }; })(); undefined`,
    );
    const before = stir ? '' : await page.evaluate('document.documentElement.outerHTML.length');
    await watchInOwnWorld(page);
    if (stir) await page.evaluate('setInterval(stir, 10); undefined');
    const { steps, reports, addresses } = await settled();
    expect(addresses.length).toBeGreaterThanOrEqual(Math.min(people(size), SIGHTINGS_MAX));
    expect(addresses.length).toBeLessThanOrEqual(SIGHTINGS_MAX);
    if (people(size) === 1) expect(addresses).toContain('rosa@birch.example');
    // What changes is read as often as there is time for it, and no more is told than those who listen can take.
    if (!stir) expect(steps).toBeLessThan(STEPS_MAX);
    expect(reports).toBeLessThan(100);
    await page.mouse.click(600, 400);
    await page.waitForFunction('clicks > 0');
    if (!stir) expect(await page.evaluate('document.documentElement.outerHTML.length')).toBe(before);

    await stopWatching(page);
    await pause(50);
    await ownTasks(page);
    await page.evaluate(`document.body.append('late@birch.example'); stir(); undefined`);
    await pause(300);
    expect(await ownTasks(page)).toMatchObject({ tasks: 0, reports: 0, steps: 0 });
  },
);

test('iframes by the hundred: those in which nobody is rest, and ask for nothing', async () => {
  const count = LONG ? 300 : 40;
  const frame = (n: number) =>
    `<iframe srcdoc="<p>words ${n % 20 ? '' : `person${n}@birch.example`}</p>"></iframe>`;
  await open(Array.from({ length: count }, (_, n) => frame(n)).join(''));
  const [, ...frames] = await framesOf(page);
  expect(frames).toHaveLength(count);
  for (const one of frames) await watchInOwnWorld(page, one);
  await pause(1500);
  const done: OwnTasks[] = [];
  for (const one of frames) done.push(await ownTasks(page, one));
  for (const [n, { asked, reports, addresses, tasks }] of done.entries()) {
    const somebody = n % 20 === 0;
    expect([asked, reports, addresses.length]).toEqual(somebody ? [true, 1, 1] : [false, 0, 0]);
    if (!somebody) expect(tasks).toBeLessThanOrEqual(6);
  }
  // The first one gets somebody, and says so.
  await page.frames()[2]?.evaluate(`document.body.append('kim@birch.example')`);
  await pause(500);
  const later = await ownTasks(page, frames[1]);
  expect([later.asked, later.addresses]).toEqual([true, ['kim@birch.example']]);
});

test('no reading by a recipe keeps the page: each step of it is a short one', async () => {
  const fake = HOSTILE.find(({ name }) => name.includes('thousands of message headers'));
  await open();
  await page.evaluate(`(() => { ${fake?.build(1000)} })(); undefined`);
  const steps = await page.evaluate<{ count: number; most: number; found: string }>(`(async () => {
    ${await detectionScript()}
    return truceDetect.countSteps();
  })()`);
  expect(steps.found).toBe('found');
  // 500 messages, for each of which sender, answers and recipients are asked for; not one asks for more than a few.
  expect(steps.count).toBeGreaterThan(1500);
  expect(steps.most).toBeLessThan(30);
});

test('mail read for a long time: nothing is held of what has left the page', async () => {
  await openMailbox(page, pages);
  await watchInOwnWorld(page);
  await readMessages(page, 40, 20);
  await pause(1500);
  const before = await heldBy(page);
  await readMessages(page, LONG ? 3600 : 400, 20);
  await pause(1500);
  const { addresses } = await ownTasks(page);
  expect(addresses).toContain(`person${LONG ? 3640 : 440}@host${(LONG ? 3640 : 440) % 97}.example`);
  const after = await heldBy(page);
  // A message has 70 nodes; a few of the last ones may not be collected yet.
  expect(after.nodes - before.nodes).toBeLessThan(400);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners);
});
