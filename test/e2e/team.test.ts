import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** An admin at the team page, and a colleague with a card open. */
let world: World;
let admin: Rig;
let hana: Rig;
let team: Screen;
let panel: Screen;

const memberCalled = (name: string) => world.team.members.find((member) => member.name.startsWith(name));

beforeAll(async () => {
  world = await World.start();
  admin = await world.paired(memberCalled('Priya'));
  hana = await world.paired(memberCalled('Hana'));
  panel = await hana.panel(await hana.page(`${world.pages.url}/people`));
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  team = await admin.open('team.html');
  await team.waitForText('Your role: admin');
});
afterAll(() => world?.stop());

test('an admin makes an invitation, which is shown once', async (context) => {
  showOnFailure(context, { team });
  await team.click({ role: 'button', name: 'Invite somebody' });
  await team.fill({ label: 'Name' }, 'Noa Levi');
  await team.fill({ label: 'Email address' }, 'noa@truce.example');
  await team.click({ role: 'button', name: 'Make the link' });
  await team.waitForText('Shown this once.');
  const link = await team.evaluate(() => document.querySelector<HTMLInputElement>('.new-link input')?.value);
  expect(link).toMatch(/\/join#truce_[\w-]{64}$/);
  await team.click({ role: 'button', name: 'Copy' });
  await team.waitForText('Copied.');
  await team.waitForText(/noa@truce\.example link good until/);
  await team.click({ role: 'button', name: 'Close' });
  expect(await team.has('.new-link')).toBe(false);
  await team.click({ role: 'button', name: 'Withdraw the invitation of Noa Levi' });
  await team.waitForText('No invitation is open.');
});

test("a change of role is on the colleague's open panel", async (context) => {
  showOnFailure(context, { team, panel });
  await team.click({ role: 'button', name: 'Change Hana Nováková' });
  await team.choose({ label: 'Role' }, 'viewer');
  await team.click({ role: 'button', name: 'Save' });
  await team.waitForText(/Hana Nováková Marketing, viewer/);
  await panel.waitForText('Your role is viewer', { timeout: 60_000 });
  expect(await panel.has({ role: 'button', name: 'Pin a note' })).toBe(false);
  const theirs = await hana.open('team.html');
  await theirs.waitForText('Your role: viewer');
  expect(await theirs.has({ role: 'button', name: 'Invite somebody' })).toBe(false);
  await theirs.close();
});

test('a browser that is ended shows nothing of the team any more', async (context) => {
  const mia = await world.paired(memberCalled('Mia'));
  const theirs = await mia.panel(await mia.page(`${world.pages.url}/people`));
  await theirs.waitForText('Bob Marley-Smith', { within: '.who' });
  showOnFailure(context, { team, theirs });
  await team.close();
  team = await admin.open('team.html');
  await team.waitForText('Everybody else’s');
  await team.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await team.click({ role: 'button', name: ', Mia Lindgren' });
  await team.waitForText('It loses access within a minute');
  await team.click('.alert.stop .btn');
  await theirs.waitForNoText('Bob Marley-Smith', { timeout: 60_000 });
  await mia.close();
});

test('somebody who is removed is out within a minute, and what they did stays', async (context) => {
  showOnFailure(context, { team, panel });
  await team.click({ role: 'button', name: 'Remove Hana Nováková' });
  await team.waitForText('Hana Nováková loses access within a minute');
  await team.click('.alert.stop .btn');
  await team.waitForText('1 person has left the team');
  await panel.waitForNoText('Bob Marley-Smith', { timeout: 60_000 });
  await team.click({ role: 'button', name: 'Show' });
  await team.waitForText(/Left or removed: Hana Nováková Priya Nair/);
});
