import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectPath } from '../../scripts/sample-team.ts';
import type { Mode } from './rig/front.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** A server that is down, slow, wrong, or something else: what is on the device stays, and the screen says so. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
  page = await rig.page(`${world.pages.url}/people`);
  panel = await rig.panel(page);
});
afterAll(() => world?.stop());

beforeEach(async () => {
  world.front.mode = 'pass';
  await panel.waitForText('In step', { timeout: 90_000 });
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});

const CASES: [Mode, RegExp][] = [
  ['html', /Not a Truce server[\s\S]+Check the address in the options/],
  ['nonsense', /Not a Truce server|Offline/],
  ['error', /Offline|Not a Truce server/],
  ['slow', /Offline/],
];

for (const [mode, words] of CASES) {
  test(`it answers "${mode}"`, async (context) => {
    showOnFailure(context, { panel });
    world.front.mode = mode;
    await panel.waitForText(words, { timeout: 60_000 });
    expect(await panel.text()).toContain('Bob Marley-Smith');
    expect(await panel.text()).toContain('Done when');
  });
}

test('it no longer accepts the token; a new connection link mends it and what waits is sent', async (context) => {
  showOnFailure(context, { panel });
  world.front.mode = 'denied';
  await panel.waitForText(/Access ended[\s\S]+Ask for a new connection link/, { timeout: 60_000 });
  expect(await panel.text()).toContain('Done when');
  world.front.mode = 'pass';
  const options = await rig.open(connectPath(world.front.url, await world.team.token()));
  await options.waitForText('Connected to');
  await options.close();
  await page.front();
  await panel.waitForText('In step', { timeout: 30_000 });
});

test('the options say what is wrong with an address, and keep what was typed', async (context) => {
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  const field = { label: 'Server address or connection link' };
  await options.fill(field, 'not an address');
  await options.fill({ label: 'Access token' }, 'truce_x');
  await options.click({ role: 'button', name: 'Connect' });
  await options.waitForText("This is not a server's address");

  await options.fill(field, world.pages.url);
  await options.click({ role: 'button', name: 'Connect' });
  await options.waitForText(/no Truce server|not.*Truce server/i);
  const typed = await options.evaluate(() => document.querySelector('input')?.value);
  expect(typed).toBe(world.pages.url);
  await options.close();
});
