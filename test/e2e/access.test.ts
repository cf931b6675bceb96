import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATHS } from '../../utils/contract/routes.ts';
import { heldRows, setMeta } from './rig/held.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

/** What becomes of a browser whose person or pairing changes: on an open panel within 60 s. */
let world: World;
let admin: string;
const MINUTE = { timeout: 60_000 };

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

async function open(name: string) {
  const rig = await world.paired(member(name));
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  return { rig, page, panel };
}

/** Nothing of the team is in the panel, and nothing on the disk. */
async function expectWiped(panel: Screen, rig: Parameters<typeof heldRows>[0]): Promise<void> {
  const text = await panel.text();
  for (const trace of ['Bob', 'Marley', 'Done when', 'Zoë']) expect(text).not.toContain(trace);
  const { meta, ...rows } = await heldRows(rig);
  expect(rows).toEqual({ ...NOTHING });
  expect(Object.keys(meta ?? {}).sort()).toEqual(['ended', 'me', 'server', 'workspace', 'workspaceId']);
}
const NOTHING = { cards: 0, companies: 0, shared: 0, tags: 0, drafts: 0, outbox: 0, grant: 0, pending: 0 };

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
  const { rig, panel } = await open('Hana');
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Half a thought');
  await ask(PATHS.memberRemove, { id: member('Hana').id });
  await panel.waitForText('You are no longer a member of', MINUTE);
  await expectWiped(panel, rig);
  expect(await panel.text()).not.toContain('Half a thought');
  await rig.close();
});

test('a browser that was offline when its person was removed learns it at the next contact', async (context) => {
  const { rig, panel } = await open('Jonas');
  showOnFailure(context, { panel });
  await world.front.down();
  await panel.waitForText('Offline', { timeout: 30_000 });
  await ask(PATHS.memberRemove, { id: member('Jonas').id });
  await rig.endBackground();
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  await world.front.up();
  await panel.waitForText('You are no longer a member of', MINUTE);
  await expectWiped(panel, rig);
  await rig.close();
});

test('a browser that an admin has ended loses the copy, and its person can sign in again', async (context) => {
  const { rig, page, panel } = await open('Mia');
  showOnFailure(context, { panel });
  const { browsers } = await ask<{ browsers: { id: string; memberId: string }[] }>(PATHS.team);
  for (const { id, memberId } of browsers) {
    if (memberId === member('Mia').id) await ask(PATHS.browserEnd, { id });
  }
  await panel.waitForText('An admin of Waypoint (sample) has disconnected this browser.', MINUTE);
  await expectWiped(panel, rig);
  const options = await rig.open('options.html');
  await options.waitForText('An admin of Waypoint (sample) has disconnected this browser.');
  await options.close();
  await world.pair(rig, member('Mia'));
  await page.front();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
  await rig.close();
});

test('a copy that has not met its server for 14 days is locked until it does', async (context) => {
  const { rig, page, panel } = await open('Raj');
  showOnFailure(context, { panel });
  await world.front.down();
  await panel.waitForText('Offline', { timeout: 30_000 });
  await setMeta(rig, { inStepAt: Date.now() - 15 * 24 * 3_600_000 });
  await rig.endBackground();
  await page.front();
  await panel.waitForText('Truce has not met your team’s server for 14 days', { timeout: 30_000 });
  for (const trace of ['Bob', 'Marley', 'Done when']) expect(await panel.text()).not.toContain(trace);
  await world.front.up();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 60_000 });
  await rig.close();
});
