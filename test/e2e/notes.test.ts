import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Screen } from './rig/screen.ts';
import { until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Two members of the team, each with a browser of their own. */
let world: World;
let raj: Rig;
let mia: Rig;
let rajPage: Screen;
let miaPanel: Screen;

beforeAll(async () => {
  world = await World.start();
  raj = await world.paired(world.team.members[0]);
  mia = await world.paired(world.team.members[1]);
  rajPage = await raj.page(`${world.pages.url}/people`);
  miaPanel = await mia.panel(await mia.page(`${world.pages.url}/people`));
  await miaPanel.waitForText('Bob Marley-Smith', { within: '.who' });
});
afterAll(() => world?.stop());

const pin = async (popup: Screen, text: string) => {
  await popup.waitForText('Note for');
  await popup.fill('textarea', text);
  await popup.click({ role: 'button', name: 'Pin a note' });
};

test("a note pinned in the popup is on the other member's panel within 5 s", async (context) => {
  const popup = await raj.popup(rajPage);
  showOnFailure(context, { popup, miaPanel });
  await pin(popup, 'Wants the SOC 2 report first.');
  const start = performance.now();
  await popup.waitForText('Shared with the team');
  const text = await miaPanel.waitForText('Wants the SOC 2 report first.', { timeout: 5_000 });
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(text).toMatch(/Wants the SOC 2 report first\.\s+Pinned\s+Raj Patel/);
});

test('what was typed is still there after the popup was closed', async (context) => {
  const popup = await raj.popup(rajPage);
  await popup.waitForText('Note for');
  await popup.fill('textarea', 'Half a thought');
  await new Promise((resolve) => setTimeout(resolve, 600));
  await popup.close();
  const again = await raj.popup(rajPage);
  showOnFailure(context, { again });
  const kept = await until(5_000, async () => {
    const value = await again.evaluate(() => document.querySelector('textarea')?.value);
    return value === 'Half a thought' || undefined;
  });
  expect(kept).toBe(true);
  await again.fill('textarea', '');
  await again.close();
});

test('offline: the card stays, with its age; a note is kept and sent when the server is back', async (context) => {
  const panel = await raj.panel(rajPage);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  await world.front.down();
  await panel.waitForText(/Offline,?\s*as of/, { timeout: 30_000 });
  expect(await panel.text()).toContain('Done when');

  const popup = await raj.popup(rajPage);
  showOnFailure(context, { panel, popup, miaPanel });
  await pin(popup, 'Pinned on the train.');
  await popup.waitForText('Saved on this device, will be sent.');
  await panel.waitForText(/Pinned on the train\.[\s\S]+waiting to be sent/);
  expect(await miaPanel.text()).not.toContain('Pinned on the train.');

  await world.front.up();
  await miaPanel.waitForText('Pinned on the train.', { timeout: 60_000 });
  await panel.waitForNoText('waiting to be sent', { timeout: 30_000 });
});

test('a note kept while offline outlives the end of the background', async (context) => {
  await world.front.down();
  const popup = await raj.popup(rajPage);
  showOnFailure(context, { popup, miaPanel });
  await pin(popup, 'Written in the tunnel.');
  await popup.waitForText('Saved on this device, will be sent.', { timeout: 30_000 });
  await raj.endBackground();
  await world.front.up();
  await miaPanel.waitForText('Written in the tunnel.', { timeout: 60_000 });
  const { length } = (await miaPanel.text()).split('Written in the tunnel.');
  expect(length - 1).toBe(1);
});
