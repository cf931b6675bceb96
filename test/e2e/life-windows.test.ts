import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRows } from '../server/rows.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** One person with two browsers, and with two windows of one of them. */
let world: World;
let desk: Rig;
let laptop: Rig;
let deskPage: Screen;
let deskPanel: Screen;
let laptopPanel: Screen;

beforeAll(async () => {
  world = await World.start();
  desk = await world.paired();
  laptop = await world.paired();
  deskPage = await desk.page(`${world.pages.url}/from?who=bob.smith@acme.example`);
  deskPanel = await desk.panel(deskPage);
  laptopPanel = await laptop.panel(await laptop.page(`${world.pages.url}/people`));
  for (const panel of [deskPanel, laptopPanel]) {
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  }
});
afterAll(() => world?.stop());

const pin = async (panel: Screen, text: string) => {
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, text);
  await panel.click({ role: 'button', name: 'Pin a note' });
};
const edit = async (panel: Screen, text: string) => {
  // As a hand does on its way to the button: what has changed and has no room takes its place.
  await panel.page.hover('.note');
  await panel.click({ role: 'button', name: 'Edit' });
  await panel.fill({ label: 'Note' }, text);
  await panel.click({ role: 'button', name: 'Save' });
};

test('a note pinned in one browser is in the other', async (context) => {
  showOnFailure(context, { deskPanel, laptopPanel });
  await pin(deskPanel, 'Pinned at the desk.');
  await laptopPanel.waitForText('Pinned at the desk.');
});

test('two windows: each shows its own person, and what is written in one is in the other', async (context) => {
  const page = await desk.page(`${world.pages.url}/from?who=zoe.francois@societe.example`, 'window');
  const panel = await desk.panel(page);
  showOnFailure(context, { deskPanel, panel });
  await panel.waitForText('Zoë François', { within: '.who' });
  await deskPanel.waitForText('Bob Marley-Smith', { within: '.who' });
  await pin(panel, 'About Zoë.');
  await panel.waitForText('About Zoë.', { within: 'main' });
  expect(await deskPanel.text()).not.toContain('About Zoë.');
  await deskPage.front();
  await pin(deskPanel, 'About Bob.');
  await deskPanel.waitForText('About Bob.', { within: 'main' });
  await panel.waitForText('Zoë François', { within: '.who' });
  expect(await panel.text()).not.toContain('About Bob.');
  await panel.close();
  await page.close();
});

test('two edits of one note, both without the server: both texts are kept, in both browsers', async (context) => {
  showOnFailure(context, { deskPanel, laptopPanel });
  await pin(deskPanel, 'To be edited.');
  await laptopPanel.waitForText('To be edited.');
  await deskPanel.waitForNoText('waiting to be sent');
  await world.front.down();
  for (const panel of [deskPanel, laptopPanel]) await panel.waitForText(/Offline/, { timeout: 30_000 });
  await edit(deskPanel, 'Edited at the desk.');
  await edit(laptopPanel, 'Edited on the train.');
  for (const panel of [deskPanel, laptopPanel]) {
    await panel.waitForText(/Edited[\s\S]+waiting to be sent/, { within: 'main' });
  }
  await world.front.up();
  for (const panel of [deskPanel, laptopPanel]) {
    await panel.waitForText('Edited at the desk.', { within: 'main', timeout: 60_000 });
    await panel.waitForText('Edited on the train.', { within: 'main', timeout: 60_000 });
    await panel.waitForNoText('waiting to be sent', { timeout: 60_000 });
  }
  const { note = [] } = await allRows(world.databaseUrl);
  const texts = note.map((row) => JSON.parse(row)).filter(({ text }) => text.startsWith('Edited '));
  expect(texts.map(({ text }) => text).toSorted()).toEqual(['Edited at the desk.', 'Edited on the train.']);
  expect(texts.filter(({ beside_id }) => beside_id !== null)).toHaveLength(1);
});
