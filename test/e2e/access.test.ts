import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATHS } from '../../utils/contract/routes.ts';
import { badgeText, heldBeside, heldRows, setMeta } from './rig/held.ts';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** What becomes of a browser whose person or pairing changes: on an open panel within 60 s. */
let world: World;
let admin: string;
const MINUTE = { timeout: 60_000 };
const REMOVED = 'You are no longer a member of Waypoint (sample)';
const ENDED = 'An admin of Waypoint (sample) has disconnected this browser.';
const LOCKED = 'Truce has not met your team’s server for 14 days';

beforeAll(async () => {
  world = await World.start();
  admin = await world.team.token(world.team.members.find(({ role }) => role === 'admin'));
});
afterAll(() => world?.stop());

const member = (name: string) => {
  const found = world.team.members.find((each) => each.name.startsWith(name));
  if (!found) throw new Error(`no member ${name}`);
  return found;
};

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${world.front.target}${path}`, {
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<T>;
}

interface Opened {
  rig: Rig;
  page: Screen;
  panel: Screen;
  /** The team page, in a tab behind. */
  team: Screen;
}

async function open(name: string): Promise<Opened> {
  const rig = await world.paired(member(name));
  const team = await rig.open('team.html');
  await team.waitForText('Your role');
  expect(await namesIn(team)).toContain('Priya Nair');
  expect(await team.text()).toMatch(/(?:Chrome|Firefox), /);
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  // There is something to wipe.
  const there = Object.keys((await heldBeside(rig)).session);
  expect(there).toEqual(expect.arrayContaining(['access', `frame:${page.tabId}:0`]));
  expect(await badgeText(rig, page.tabId)).toMatch(/^\d+$/);
  await page.front();
  return { rig, page, panel, team };
}

const namesIn = async (screen: Screen): Promise<string[]> => {
  const text = await screen.text();
  return world.team.members.map(({ name }) => name).filter((name) => text.includes(name));
};

/** Nothing of the team is on any screen, in the toolbar, on the disk, or in what else the browser keeps for us. */
async function expectWiped(opened: Opened, words: string): Promise<void> {
  const { rig, page } = opened;
  await expectShut(opened, words);
  const { meta, ...rows } = await heldRows(rig);
  // Whatever stores there are.
  expect(Object.keys(rows)).toEqual(
    expect.arrayContaining(['cards', 'drafts', 'outbox', 'grant', 'pending']),
  );
  expect(Object.entries(rows).filter(([, count]) => count !== 0)).toEqual([]);
  expect(Object.keys(meta ?? {}).sort()).toEqual(['ended', 'me', 'server', 'workspace', 'workspaceId']);
  // A page that goes on reports nobody any more.
  await page.evaluate(() => document.body.append(' late.comer@nobody-we-know.example '));
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)));
  const { session, rest } = await heldBeside(rig);
  expect(rest).toEqual([]);
  // Of a tab at most that its person has clicked our icon there.
  for (const [key, value] of Object.entries(session)) {
    expect([key, value]).toEqual([expect.stringMatching(/^tab:\d+$/), { opened: [], once: true }]);
  }
}

/** Nothing of the team is on any screen or in the toolbar, only why. */
async function expectShut({ rig, page, panel, team }: Opened, words: string): Promise<void> {
  await team.waitForNoText('Priya Nair');
  expect(await namesIn(team)).toEqual([]);
  expect(await team.text()).not.toMatch(/@|Chrome, |Firefox, /);
  const popup = await rig.popup(page);
  await popup.waitForText(words);
  for (const screen of [panel, popup]) {
    const text = await screen.text();
    for (const trace of ['Bob', 'Marley', 'Done when', 'Zoë']) expect(text).not.toContain(trace);
  }
  await popup.close();
  const badge = async () => (await badgeText(rig, page.tabId)) === '!' || undefined;
  expect(await until(5000, badge), 'the badge').toBe(true);
  await page.front();
}
test('a change of role takes effect on an open panel', async (context) => {
  const { rig, panel } = await open('Daniel');
  showOnFailure(context, { panel });
  const { id } = member('Daniel');
  await ask(PATHS.memberChange, { id, role: 'viewer' });
  await panel.waitForText('Your role is viewer', MINUTE);
  for (const name of ['Log a touch', 'Pin a note', 'Task', 'Change stage or owner']) {
    expect(await panel.has({ role: 'button', name }), name).toBe(false);
  }
  await ask(PATHS.memberChange, { id, role: 'member' });
  await panel.waitForText('Log a touch', MINUTE);
  await rig.close();
});

test('somebody who was removed loses the copy on an open panel, half-typed words too', async (context) => {
  const opened = await open('Hana');
  const { rig, panel } = opened;
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Half a thought');
  await ask(PATHS.memberRemove, { id: member('Hana').id });
  await panel.waitForText(REMOVED, MINUTE);
  await expectWiped(opened, REMOVED);
  expect(await panel.text()).not.toContain('Half a thought');
  await rig.close();
});

test('a browser that was offline when its person was removed learns it at the next contact', async (context) => {
  const opened = await open('Jonas');
  const { rig, panel } = opened;
  showOnFailure(context, { panel });
  await world.front.down();
  await panel.waitForText('Offline', { timeout: 30_000 });
  await ask(PATHS.memberRemove, { id: member('Jonas').id });
  await rig.endBackground();
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  await world.front.up();
  await panel.waitForText(REMOVED, MINUTE);
  await expectWiped(opened, REMOVED);
  await rig.close();
});

test('a browser that an admin has ended loses the copy, and its person can sign in again', async (context) => {
  const opened = await open('Mia');
  const { rig, page, panel } = opened;
  showOnFailure(context, { panel });
  const { browsers } = await ask<{ browsers: { id: string; memberId: string }[] }>(PATHS.team);
  for (const { id, memberId } of browsers) {
    if (memberId === member('Mia').id) await ask(PATHS.browserEnd, { id });
  }
  await panel.waitForText(ENDED, MINUTE);
  await expectWiped(opened, ENDED);
  const options = await rig.open('options.html');
  await options.waitForText(ENDED);
  await options.close();
  await world.pair(rig, member('Mia'));
  await page.front();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
  await rig.close();
});

test('a copy that has not met its server for 14 days is locked until it does', async (context) => {
  const opened = await open('Raj');
  const { rig, page, panel } = opened;
  showOnFailure(context, { panel });
  await world.front.down();
  await panel.waitForText('Offline', { timeout: 30_000 });
  await setMeta(rig, { inStepAt: Date.now() - 15 * 24 * 3_600_000 });
  await rig.endBackground();
  await page.front();
  await panel.waitForText(LOCKED, { timeout: 30_000 });
  await expectShut(opened, LOCKED);
  await world.front.up();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 60_000 });
  await rig.close();
});
