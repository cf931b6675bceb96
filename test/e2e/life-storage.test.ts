import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../../utils/replica/migrations.ts';
import { allRows } from '../server/rows.ts';
import { copyBuild } from './rig/copy-build.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** The browser has no room left, or takes back what it had given. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;
let folder: string;

beforeAll(async () => {
  world = await World.start();
  rig = await world.browser('test', { extension: await bounded() });
  await world.pair(rig);
  page = await rig.page(`${world.pages.url}/people`);
  panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The build without its permission to keep as much as it needs: with it, only a full disk would refuse anything. */
async function bounded(): Promise<string> {
  folder = await copyBuild();
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  manifest.permissions = manifest.permissions.filter((name: string) => name !== 'unlimitedStorage');
  await writeFile(path, JSON.stringify(manifest));
  return folder;
}

const notesWith = async (text: string) => {
  const { note = [] } = await allRows(world.databaseUrl);
  return note.filter((row) => row.includes(text));
};
const write = async (text: string) => {
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, text);
  await panel.click({ role: 'button', name: 'Pin a note' });
};

/** Chromium goes on for a while with what it had promised to a database that is open: all of them are closed. */
async function setQuota(session: CDPSession, quotaSize?: number): Promise<void> {
  const size = quotaSize === undefined ? {} : { quotaSize };
  await session.send('Storage.overrideQuotaForOrigin', { origin: rig.origin, ...size });
  await panel.close();
  await rig.endBackground();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
}

test.runIf(kind === 'chromium')(
  'no room: it says so, keeps the words, and calls nothing saved',
  async (context) => {
    showOnFailure(context, { panel });
    // It holds for as long as its session.
    const session = await page.page.createCDPSession();
    await setQuota(session, 1);
    await write('There is no room for this.');
    await panel.waitForText('This device has no room left, so it was not saved.');
    expect(await panel.evaluate(() => document.querySelector('textarea')?.value)).toBe(
      'There is no room for this.',
    );
    expect(await panel.text()).not.toContain('Saved on this device');
    expect(await panel.text('.who')).toContain('Bob Marley-Smith');
    expect(await notesWith('There is no room for this.')).toEqual([]);

    await setQuota(session);
    await session.detach();
    await write('There is room again.');
    await panel.waitForText('Shared with the team');
    expect(await notesWith('There is room again.')).toHaveLength(1);
    expect(await notesWith('There is no room for this.')).toEqual([]);
  },
);

/** As the browser does when the disk is full: everything of ours goes at once, under a background that has it open. */
async function evict(): Promise<void> {
  if (kind === 'chromium') {
    const session = await page.page.createCDPSession();
    await session.send('Storage.clearDataForOrigin', { origin: rig.origin, storageTypes: 'indexeddb' });
    await session.detach();
    return;
  }
  const other = await rig.open('manifest.json');
  await other.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('truce');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
  await other.close();
  await page.front();
}

test('everything evicted: what waits is put back, and the panel goes on', async (context) => {
  showOnFailure(context, { panel });
  await world.front.down();
  await write('Waiting as it happened.');
  await panel.waitForText('Saved on this device, will be sent.');
  await evict();
  const other = await rig.open('manifest.json');
  // Not opened by name before it is there: that would make an empty one.
  const back = await until(20_000, async () => {
    const list = await other.evaluate(() => indexedDB.databases());
    return list.some(({ version }) => version === migrations.length) || undefined;
  });
  await other.close();
  expect(back).toBe(true);
  expect(await heldRows(rig)).toMatchObject({ outbox: 1 });
  await page.front();
  await panel.waitForText(/Waiting as it happened\.[\s\S]+waiting to be sent/);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});

test('the background ended then: it knows whose copy it was, and sends what waits once that person is back', async (context) => {
  await rig.endBackground();
  await world.front.up();
  const options = await rig.open('options.html');
  showOnFailure(context, { options, panel });
  const said = await options.waitForText(/Signed in to|Sign in again to go on/, { timeout: 30_000 });
  if (!said.includes('Signed in to')) await world.pair(rig);
  await options.close();
  const sent = await until(60_000, async () => ((await heldRows(rig)).outbox === 0 ? true : undefined));
  expect(sent).toBe(true);
  expect(await notesWith('Waiting as it happened.')).toHaveLength(1);
  await page.front();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
  expect(await panel.text()).toContain('Waiting as it happened.');
});
