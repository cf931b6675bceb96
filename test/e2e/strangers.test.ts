import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Strangers stay strangers, and nothing enters the page. */
let world: World;
let rig: Rig;

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
  // Own contacts are fetched ahead once after pairing, which has nothing to do with any page.
  for (let before = -1; before !== asked().length; await sleep(1500)) before = asked().length;
});
afterAll(() => world?.stop());

/** What was asked of the server but what goes on whatever is on the page. */
const asked = () =>
  world.front.requests.filter(
    ({ method, path }) => method !== 'GET' || !/^\/v1\/(changes|stream|session|tags|shared)/.test(path),
  );

test('a page with 2,000 strangers causes no request, and none of them leaves the browser', async (context) => {
  const before = world.front.requests.length;
  const about = asked().length;
  const page = await rig.page(`${world.pages.url}/strangers`);
  const panel = await rig.panel(page);
  showOnFailure(context, { page, panel });
  // Only the first hundred are listed.
  await panel.waitForText(/\d+ not known/, { timeout: 20_000 });
  expect(asked().slice(about)).toEqual([]);
  const since = world.front.requests.slice(before);
  expect(since.filter(({ all }) => /nobody-we-know|person\.\d/.test(all))).toEqual([]);
});

test('a page stays as it is: no element, attribute, style or global of ours', async () => {
  const serialise = () => {
    const known = Object.getOwnPropertyNames(globalThis).sort();
    const sheets = document.styleSheets.length + document.adoptedStyleSheets.length;
    return { html: document.documentElement.outerHTML, known, sheets };
  };
  const read = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(read);
  await panel.waitForText('Bob Marley-Smith');
  const closed = await rig.page(`${world.pages.closedUrl}/people`);
  expect(await read.evaluate(serialise)).toEqual(await closed.evaluate(serialise));
});

test('a page cannot reach anything inside the extension', async () => {
  const page = await rig.page(`${world.pages.url}/people`);
  const reached = await page.evaluate(async (origin) => {
    const tries = ['manifest.json', 'sidepanel.html', 'content-script.js', 'options.html'];
    const got = await Promise.all(
      tries.map((name) =>
        fetch(`${origin}/${name}`).then(
          () => name,
          () => undefined,
        ),
      ),
    );
    return got.filter(Boolean);
  }, rig.origin);
  expect(reached).toEqual([]);
});
