import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UUID } from './rig/firefox.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** Where each browser keeps an extension's databases. */
const FOLDER = kind === 'firefox' ? `storage/default/moz-extension+++${UUID}` : 'Default/IndexedDB';

/** A browser that lets us keep nothing: in its profile a file is where the folder of our databases should be. */
let world: World;
let profile: string;

beforeAll(async () => {
  world = await World.start();
  profile = await mkdtemp(join(tmpdir(), 'truce-profile-'));
  await mkdir(dirname(join(profile, FOLDER)), { recursive: true });
  await writeFile(join(profile, FOLDER), 'in the way');
});
afterAll(async () => {
  await world?.stop();
  await rm(profile, { recursive: true, force: true });
});

test('IndexedDB refused: every screen says so, and the page is left alone', async (context) => {
  const rig = await world.browser('test', { profile });
  await world.pair(rig);
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText('This browser lets Truce keep nothing', { timeout: 20_000 });
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  await panel.waitForText('This browser lets Truce keep nothing', { timeout: 20_000 });
  expect(await page.text()).toContain('Attendees');

  // Signed in for as long as the browser runs, although nothing can be kept on disk.
  await rig.endBackground();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
});
