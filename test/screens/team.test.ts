import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('team', { width: 640 });
});
afterAll(() => screens.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const focused = () => page.evaluate('document.activeElement.innerText || document.activeElement.value');
const last = () => page.evaluate<object>('asked.at(-1)');
const options = (nth: number) => page.getByRole('combobox').nth(nth).locator('option').allTextContents();

test('a removal says what will happen first, with the cursor on the way out', async () => {
  await show(page, 'teamAdmin');
  const before = await page.evaluate('asked.length');
  await button('Remove Tom Berg').click();
  await page.getByText('Tom Berg loses access within a minute').waitFor();
  expect(await focused()).toBe('Cancel');
  await page.keyboard.press('Enter');
  expect(await focused(), 'where it was opened').toBe('Remove');
  expect(await page.evaluate('asked.length')).toBe(before);
  await button('Remove Tom Berg').click();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await button('Cancel').waitFor({ state: 'detached' });
  expect(await last()).toEqual({ kind: 'member.remove', id: id('e3') });
  expect(await focused(), 'not lost').toBe('Members');
});

test('only what was changed of a member is sent', async () => {
  await show(page, 'teamAdmin');
  await button('Change Mia Sørensen').click();
  await page.getByLabel('Role').selectOption('admin');
  await button('Save').first().click();
  await button('Cancel').waitFor({ state: 'detached' });
  expect(await last()).toEqual({ kind: 'member.change', id: id('e2'), role: 'admin' });
});

test('only what was changed of the settings is sent', async () => {
  await show(page, 'teamAdmin');
  await page.getByLabel('Domains whose people').fill('northwind.example, nordwind.example');
  await page.getByLabel('Domains whose people').press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();
  const joinDomains = ['northwind.example', 'nordwind.example'];
  expect(await last()).toEqual({ kind: 'workspace.change', joinDomains });
});

test('the key is changed once its admin has read what that means, by nobody else', async () => {
  await show(page, 'teamLead');
  expect(await button('Change the key…').count()).toBe(0);
  await show(page, 'teamAdmin');
  const before = await page.evaluate('asked.length');
  await button('Change the key…').click();
  await page.getByText('Change it when it may have leaked').waitFor();
  expect([await focused(), await page.evaluate('asked.length')]).toEqual(['Cancel', before]);
  await button('Change the key of the look-up').click();
  await page.getByRole('status').getByText('The new key is being made ready.').waitFor();
  expect(await last()).toEqual({ kind: 'tag-key.change' });
  expect(await button('Cancel').count()).toBe(0);
});

test('a refusal is told where it happened, and nothing is lost', async () => {
  await show(page, 'teamAdmin');
  await button('Leave the team').click();
  await button('Leave the team').click();
  await page.getByRole('alert').getByText('A team needs an admin').waitFor();
  expect(await button('Cancel').count()).toBe(1);
});

test('a lead lets in members and viewers of their own team', async () => {
  await show(page, 'teamLead');
  await button('Invite somebody').click();
  expect(await options(0)).toEqual(['Marketing']);
  expect(await options(1)).toEqual(['viewer', 'member']);
  expect(await button('Change Raj Patel').count()).toBe(0);
  await page.getByLabel('Name').fill('Noa Levi');
  await page.getByLabel('Email address').fill('noa at home');
  await button('Make the link').click();
  await page.getByText('This is not an email address.').waitFor();
  await page.getByLabel('Email address').fill('noa@northwind.example');
  await button('Make the link').click();
  const link = page.getByLabel('Link for Noa Levi');
  await link.waitFor();
  expect(await last()).toEqual({
    ...{ kind: 'invite.make', name: 'Noa Levi', email: 'noa@northwind.example' },
    ...{ team: 'marketing', role: 'member' },
  });
  expect(await link.inputValue()).toMatch(/^https:\/\/truce\.acme\.example\/join#truce_/);
  await page.getByText('Shown this once.').waitFor();
  await button('Close').click();
  expect(await link.count()).toBe(0);
});

test('whoever may not invite is not asked to', async () => {
  await show(page, 'teamViewer');
  for (const name of ['Invite somebody', 'Show', 'Save']) expect(await button(name).count()).toBe(0);
  await button('Connect another browser').click();
  await page.getByLabel('Link for another browser of yours').waitFor();
  expect(await last()).toEqual({ kind: 'pairing.link' });
});

test('where asking again brings nothing, the way to the options is shown instead', async () => {
  await show(page, 'teamOffline');
  expect(await button('Try again').count()).toBe(1);
  await show(page, 'teamShut');
  expect(await button('Try again').count()).toBe(0);
  const way = page.getByRole('link', { name: 'Open the options' });
  expect(await way.getAttribute('href')).toBe('/options.html');
});

test('the trail tells what was done in words', async () => {
  await show(page, 'teamAdmin');
  await button('Show').click();
  const [first] = await page.locator('.trail li').allInnerTexts();
  expect(first?.replace(/\s+/g, ' ')).toBe('Changed: Mia Sørensen Raj Patel, 1 hour ago Role: member → lead');
  const all = await page.locator('.trail li').allInnerTexts();
  expect(all.at(-1)).toContain('something.new');
  const raw =
    /\b(reason|way|leaves|browser|contacts|secrets|\w+Months|\w+Days): |: (admin|expired|unclaimed)\b/;
  expect(all.filter((row) => raw.test(row))).toEqual([]);
  expect(all[2]).toContain('The invitation was too old');
});
