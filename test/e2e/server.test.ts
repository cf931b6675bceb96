import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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

test('it refuses this browser without a reason that holds: nobody is signed out, and it passes', async (context) => {
  showOnFailure(context, { panel });
  world.front.mode = 'denied';
  await panel.waitForText(/Not let in[\s\S]+Truce tries again by itself/, { timeout: 60_000 });
  expect(await panel.text()).toContain('Done when');
  world.front.mode = 'pass';
  await panel.waitForText('In step', { timeout: 60_000 });
});

test('the options say what is wrong with an address, and keep what was typed', async (context) => {
  const fresh = await world.browser();
  const { front } = world;
  const options = await fresh.open('options.html');
  showOnFailure(context, { options });
  const field = { label: 'Invitation link or server address' };
  const typed = () => options.evaluate(() => document.querySelector('input')?.value);
  await options.waitForText('Not signed in');
  for (const [wrong, words] of [
    ['not an address', 'neither an invitation nor a server'],
    ['http://truce.acme.example', 'Others on the network could read along'],
    [world.pages.url, 'no Truce server'],
    [front.url.replace('127.0.0.1', 'localhost'), `This server calls itself ${front.url}.`],
  ] as const) {
    await options.fill(field, wrong);
    await options.click({ role: 'button', name: 'Sign in' });
    await options.waitForText(words);
    expect(await typed()).toBe(wrong);
  }
  await fresh.close();
});
