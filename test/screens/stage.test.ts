import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../../utils/contract/command.ts';
import { deeds, perform, show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('panel');
});
afterAll(() => screens.close());

const stage = () => page.getByRole('region', { name: 'Stage and owner' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const written = async () => (await page.evaluate<Command[]>('gallery.written.splice(0)')).at(-1);
const unfolded = async (deed: keyof typeof deeds) => {
  const found = deeds[deed];
  if (found) await perform(page, found);
  return stage().locator('details').innerText();
};

test('what is missing is told at once, and what is known is ticked', async () => {
  await show(page, 'mail');
  expect(await stage().innerText()).toContain('Still to be found out: phone number, kind of sale');
  const text = await unfolded('stageUnfolded');
  expect(text).toContain('email address: known');
  expect(text).toContain('phone number: still to be found out');
});

test('what one’s own team does and does not do comes first', async () => {
  const order = (text: string) => /(Sales|Marketing) does:/.exec(text)?.[1];
  expect(order(await unfolded('stageUnfolded'))).toBe('Sales');
  expect(order(await unfolded('stageUnfoldedMarketing'))).toBe('Marketing');
});

test('the last move says out of what, when, by whom, why, and that the stage was another one then', async () => {
  const text = await unfolded('stageUnfolded');
  expect(text).toContain('Came from Marketing qualified 10 Nov, moved by Raj Patel.');
  expect(text).toContain('“Has a budget and a date.”');
  expect(text).toContain('The stage meant something else then.');
});

test('a change of stage carries its reason, and the kind of lead can be taken away', async () => {
  await show(page, 'mail');
  await button('Change stage or owner').click();
  expect(await page.getByLabel('Why the stage changes').count()).toBe(0);
  await page.getByRole('combobox', { name: 'Stage' }).selectOption('Opportunity');
  await page.getByLabel('Why the stage changes').fill(' They asked for an offer. ');
  await page.getByLabel('Kind of lead').selectOption('None');
  await button('Save').click();
  expect((await written())?.payload).toEqual({
    ...{ contactId: id('a1'), stageId: id('55'), reason: 'They asked for an offer.', leadTypeId: null },
  });
});

test('what is no longer used cannot be chosen', async () => {
  await show(page, 'mail');
  await button('Change stage or owner').click();
  const options = await page.getByLabel('Kind of sale').locator('option').allInnerTexts();
  expect(options).toEqual(['None', 'New']);
});

test('nobody is added into a stage that is no longer used', async () => {
  await show(page, 'retiredStage');
  await button('Add Jo Quill').click();
  const options = await page.getByRole('combobox', { name: 'Stage' }).locator('option').allInnerTexts();
  expect(options).not.toContain('Lead');
  expect(options).toContain('Customer');
});
