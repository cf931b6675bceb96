import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/**
 * With the shipped build: it may read nothing before it is allowed to. In Firefox the browser's own prompt is
 * answered. Chromium's is out of a driver's reach: consent is given where chrome://extensions keeps it, and a
 * refusal is what the options page gets to hear.
 */
let world: World;
let rig: Rig;
let page: Screen;
let options: Screen;
const HOST = 'http://127.0.0.1/*';

beforeAll(async () => {
  world = await World.start();
  rig = await world.browser('shipped');
  await world.pair(rig);
  page = await rig.page(`${world.pages.url}/people`);
});
afterAll(() => world?.stop());

const ask = async () => {
  await options.fill({ label: 'Another site' }, world.pages.url);
  await options.click({ role: 'button', name: 'Allow', nth: -1 });
};

test('without permission nothing is read, and the panel says what to do', async (context) => {
  const panel = await rig.panel(page);
  showOnFailure(context, { page, panel });
  await panel.waitForText('Truce may not read this page');
  expect(await panel.text()).not.toContain('Bob');
});

test('a click on the toolbar icon reads the page once', async () => {
  const popup = await rig.realPopup(page);
  await popup.waitForText('Bob Marley-Smith');
  await popup.waitForText('Truce has read this page once.');
});

test('refused: the options say so, and nothing is read', async (context) => {
  options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText('Sites Truce may read');
  if (kind === 'firefox') await rig.answerPrompt(HOST, 'deny', ask);
  else {
    await options.evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: { permissions: object } };
      const request = (_what: object, done?: (granted: boolean) => void) => {
        done?.(false);
        return Promise.resolve(false);
      };
      Object.assign(chrome.permissions, { request });
    });
    await ask();
  }
  await options.waitForText('The browser did not give the permission.');
  await options.close();
  const other = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(other);
  await panel.waitForText('Truce may not read this page');
  await other.close();
});

test('granted: pages of the site are read from then on, those that are open too', async (context) => {
  options = await rig.open('options.html');
  const panel = await rig.panel(page);
  showOnFailure(context, { options, panel });
  await options.front();
  await rig.answerPrompt(HOST, 'allow', ask);
  await options.waitForText(/127\.0\.0\.1[\s\S]+Stop/);
  await page.front();
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});

test('revoked: nothing is read any more', async (context) => {
  await options.front();
  showOnFailure(context, { options, page });
  await options.click({ role: 'button', name: 'Stop reading 127.0.0.1' });
  await options.waitForNoText('Stop');
  const other = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(other);
  await panel.waitForText('Truce may not read this page');
  expect(await panel.text()).not.toContain('Bob');
});
