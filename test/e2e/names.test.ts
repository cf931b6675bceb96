import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Somebody whom a page only names is suggested where it names their company too. */
let world: World;
let rig: Rig;

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
});
afterAll(() => world?.stop());

test('a known name beside its company is suggested, and no other name leaves the browser', async (context) => {
  const before = world.front.requests.length;
  const page: Screen = await rig.page(`${world.pages.url}/speakers`);
  const panel = await rig.panel(page);
  showOnFailure(context, { page, panel });
  await panel.waitForText('Ann Lee');
  await panel.waitForText('Perhaps this person.');
  const text = await panel.text();
  // The sample team knows a Zoë François, but at another company.
  expect(text).not.toContain('François');
  expect(text).not.toContain('Somebody');
  // Only who is known was asked about, and by a tag.
  const asked = world.front.requests.slice(before).map(({ all }) => all);
  expect(asked.join('\n')).not.toMatch(/Somebody|Fran.ois|Ann Lee/i);
});

test('she is gone with the page', async (context) => {
  const page: Screen = await rig.page(`${world.pages.url}/speakers`);
  const panel = await rig.panel(page);
  showOnFailure(context, { page, panel });
  await panel.waitForText('Perhaps this person.');
  await page.evaluate(() => location.replace('/empty'));
  await panel.waitForText('Nobody on this page');
});
