import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** What one can do from the panel. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
  page = await rig.page(`${world.pages.url}/people`);
  panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});
afterAll(() => world?.stop());

test('stage and owner are edited, for everyone', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Change stage or owner' });
  await panel.choose({ label: 'Stage' }, 'Opportunity');
  await panel.choose({ label: 'Owner' }, 'Mia Lindgren');
  await panel.click({ role: 'button', name: 'Save' });
  await panel.waitForText(/Opportunity\s+Mia Lindgren/, { within: '.stage' });
  await panel.waitForNoText('waiting to be sent');

  const other = await world.paired(world.team.members[1]);
  const theirs = await other.panel(await other.page(`${world.pages.url}/people`));
  await theirs.waitForText(/Opportunity\s+Mia Lindgren/, { within: '.stage' });
  await other.close();
});

test('a call is logged', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Log a touch' });
  await panel.fill({ label: 'Subject' }, 'Keys and group claims');
  await panel.click({ role: 'button', name: 'Log it' });
  await panel.waitForText(/Last touch[\s\S]+Call with Raj Patel[\s\S]+Keys and group claims/);
  await panel.waitForText('Shared with the team');
});

test('a mail is logged by subject and link, never by its text', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Log a touch' });
  await panel.click({ role: 'radio', name: 'Email' });
  expect(await panel.has({ label: 'What was said' })).toBe(false);
  await panel.fill({ label: 'Subject' }, 'Renewal');
  await panel.fill({ label: 'Link' }, 'https://mail.example/42');
  await panel.click({ role: 'button', name: 'Log it' });
  await panel.waitForText(/Last touch[\s\S]+Email from Raj Patel[\s\S]+Renewal/);
});

test('a task with a date is added', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Task' });
  await panel.fill({ label: 'What is to be done' }, 'Send the security overview');
  await panel.fill({ label: 'By when' }, '2031-02-03');
  await panel.click({ role: 'button', name: 'Add task' });
  await panel.waitForText(/Send the security overview[\s\S]+2031/);
  await panel.waitForText('Shared with the team');
});

test('a task is ticked off', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'checkbox', name: 'Send the security overview' });
  await panel.waitForNoText('Send the security overview');
  expect(await panel.text('.dock')).toContain('Shared with the team');
});

test('an edit that somebody else was quicker with can be mended', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Change stage or owner' });
  const other = await world.paired(world.team.members[1]);
  const theirs = await other.panel(await other.page(`${world.pages.url}/people`));
  await theirs.click({ role: 'button', name: 'Change stage or owner' });
  await theirs.choose({ label: 'Stage' }, 'Customer');
  await theirs.click({ role: 'button', name: 'Save' });
  // The open form names every stage: only beside the owner is it the saved one.
  await theirs.waitForText(/Customer\s+Mia Lindgren/, { within: '.stage' });
  await theirs.waitForNoText('waiting to be sent');
  await other.close();

  await panel.choose({ label: 'Stage' }, 'Sales qualified');
  await panel.click({ role: 'button', name: 'Save' });
  await panel.waitForText(/was not taken[\s\S]+choice of stage: Sales qualified/, { within: '.notices' });
  await panel.waitForText(/Customer\s+Mia Lindgren/, { within: '.stage' });
  await panel.click({ role: 'button', name: 'Mend it' });
  await panel.click({ role: 'button', name: 'Save' });
  await panel.waitForText(/Sales qualified\s+Mia Lindgren/, { within: '.stage' });
  await panel.waitForNoText('waiting to be sent');
  expect(await panel.has('.notices')).toBe(false);
});

test('a person who is not known is added from the page', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'tab', name: '1 not known' });
  await panel.click({ role: 'button', name: 'Add ' });
  await panel.fill({ label: 'Name' }, 'Somebody Else');
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.waitForText('Somebody Else', { within: '[role=tablist]' });
  await panel.waitForNoText('not known', { within: '[role=tablist]' });
});

test('an address that is taken is refused, with what to do', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'button', name: 'Look somebody up' });
  await panel.fill({ role: 'searchbox' }, 'Nobody By This Name');
  await panel.waitForText('Nobody is known by that');
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.fill({ label: 'Name' }, 'Zoe the Second');
  await panel.fill({ label: 'Email address' }, 'zoe.francois@societe.example');
  await panel.click({ role: 'button', name: 'Add this person' });
  await panel.waitForText('Somebody has this address or profile already.');
  await panel.click({ role: 'button', name: 'Discard' });
  await panel.waitForNoText('Somebody has this address or profile already.');
});

test('somebody is found by name, by company and by the whole address', async (context) => {
  showOnFailure(context, { panel });
  for (const q of ['Sabine Kr', 'hafens', 'sabine.krueger@hafensoehne.example']) {
    if (!(await panel.has({ role: 'searchbox' }))) {
      await panel.click({ role: 'button', name: 'Look somebody up' });
    }
    await panel.fill({ role: 'searchbox' }, q);
    await panel.waitForText('Sabine Krüger', { within: '.hits' });
  }
  expect(world.front.requests.filter(({ all }) => all.includes('sabine.krueger@'))).toEqual([]);
  await panel.click({ role: 'button', name: 'Sabine Krüger' });
  await panel.waitForText(/Sabine Krüger[\s\S]+looked up by hand/, { within: '.who' });
});

test('the company shows its other people', async (context) => {
  showOnFailure(context, { panel });
  await panel.click({ role: 'tab', name: 'Bob Marley-Smith' });
  await panel.click({ role: 'button', name: 'other people' });
  await panel.waitForText('Ann Lee', { within: '.hits' });
});

test('a record opens in its source', async () => {
  const links = await panel.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('.sources a')].map(({ href, target, rel }) => ({
      https: href.startsWith('https://'),
      target,
      rel,
    })),
  );
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).toEqual({ https: true, target: '_blank', rel: 'noreferrer' });
});
