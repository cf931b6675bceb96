import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRows } from '../server/rows.ts';
import { copyBuild } from './rig/copy-build.ts';
import { heldRows } from './rig/held.ts';
import { type Screen, type Surface, until, waitUntilText } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, World } from './rig/world.ts';
import { scriptsIn } from './rig/worlds.ts';

/** A newer version takes the extension's place under twenty tabs, each with a mail. */
const TABS = 20;

let world: World;
let folder: string;
let rig: Rig;
let people: { name: string; email: string }[];
const tabs: Screen[] = [];
const first = () => tabs[0] as Screen;
/** What pages said or suffered. */
const noise: string[] = [];

beforeAll(async () => {
  folder = await copyBuild();
  world = await World.start();
  const { contact = [], identity = [] } = await allRows(world.databaseUrl);
  const names = new Map(contact.map((row) => JSON.parse(row)).map(({ id, name }) => [id, name]));
  const emails = identity.map((row) => JSON.parse(row)).filter((each) => each.kind === 'email');
  const owners = Map.groupBy(emails, ({ value }) => value);
  people = emails
    .filter(({ value }) => owners.get(value)?.length === 1)
    .map(({ contact_id, value }) => ({ name: names.get(contact_id), email: value }))
    .slice(0, TABS);
  rig = await world.browser('test', { extension: folder });
  await world.pair(rig);
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function release(version: string): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, version }));
  await rig.update();
}

async function shows(panel: Surface, nth: number): Promise<void> {
  await tabs[nth]?.front();
  const name = people[nth]?.name ?? '';
  const who = () => panel.text('.who');
  await waitUntilText(who, (text) => text.includes(name), `${name} for tab ${nth}`, 20_000);
}

/** Of two scripts the new one. Firefox ends old ones by itself, and shows nobody where they were. */
async function oneReads(tab: Screen): Promise<void> {
  if (kind === 'firefox') return;
  const now = async () => JSON.stringify(await scriptsIn(tab, rig.origin));
  await waitUntilText(now, (text) => text === '{"reading":1,"ended":1}', 'one that reads', 5000);
}

test('twenty tabs are read', async () => {
  expect(people).toHaveLength(TABS);
  for (const { email } of people) {
    const tab = await rig.page(`${world.pages.url}/from?who=${email}`);
    tab.page.on('console', (message) => {
      // What every page lacks here.
      if (!message.location().url?.endsWith('/favicon.ico')) noise.push(message.text());
    });
    tab.page.on('pageerror', (error) => noise.push(String(error)));
    await tab.evaluate(() => Object.assign(globalThis, { stays: true }));
    tabs.push(tab);
  }
  const panel = await rig.realPanel(first());
  for (const nth of people.keys()) await shows(panel, nth);
});

test('what waits, what is half typed and what is known outlive the update', async () => {
  await first().front();
  const panel = await rig.realPanel(first());
  await shows(panel, 0);
  await world.front.down();
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Before the update.');
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.waitForText('Saved on this device');
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Half a thought');
  const drafted = await until(5000, async () => ((await heldRows(rig)).drafts === 1 ? true : undefined));
  expect(drafted).toBe(true);

  await first().front();
  await release('0.1.1');
  // What would make an old script look again, and has nothing new to say.
  await first().evaluate(() => document.body.append('Nothing new.'));
  await oneReads(first());
  const after = await rig.realPanel(first());
  await shows(after, 0);
  await after.waitForText(/Offline[\s\S]+Before the update\.[\s\S]+waiting to be sent/i);
  expect(await heldRows(rig)).toMatchObject({ outbox: 1, drafts: 1 });
});

test('the new scripts read all twenty without a reload, the old ones are silent', async () => {
  const panel = await rig.realPanel(first());
  for (const [nth, tab] of tabs.entries()) {
    await shows(panel, nth);
    await oneReads(tab);
    expect(await tab.evaluate(() => 'stays' in globalThis)).toBe(true);
  }
  await first().front();
  await first().evaluate((email) => document.body.append(email ?? ''), people[1]?.email);
  await panel.waitForText(people[1]?.name ?? '');
  expect(noise).toEqual([]);
});

test('what waited is sent once', async () => {
  await world.front.up();
  const panel = await rig.realPanel(first());
  const sent = await until(60_000, async () => ((await heldRows(rig)).outbox === 0 ? true : undefined));
  expect(sent).toBe(true);
  await first().front();
  await panel.waitForText('Before the update.');
  const { note = [] } = await allRows(world.databaseUrl);
  expect(note.filter((row) => row.includes('Before the update.'))).toHaveLength(1);
});
