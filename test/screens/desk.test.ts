import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../utils/contract/command.ts';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('desk');
});
afterAll(() => screens.close());
beforeEach(() => page.evaluate('gallery.untype(); gallery.forget()'));

const button = (name: string) => page.getByRole('button', { name, exact: true });
const summary = (name: string) => page.locator('summary', { hasText: name }).first();
const written = async () => (await page.evaluate<Command[]>('gallery.written.splice(0)')).at(-1);
const main = () => page.locator('main').innerText();

test('a proposal shows what would be otherwise, old beside new, and nothing of what stays', async () => {
  await show(page, 'desk');
  const names = await page.locator('.proposal').first().locator('dt').allInnerTexts();
  expect(names).toEqual(['What sales does not do', 'Comes here when', 'What has to be known']);
  const row = page.locator('.proposal').first().locator('dl > div').nth(1);
  expect(await row.locator('.before').innerText()).toBe('Now\na rep has spoken with them');
  expect(await row.locator('.after').innerText()).toBe('Then\na rep has spoken with them within 14 days');
});

test('the other side’s lead agrees or declines, with words; the author withdraws', async () => {
  await show(page, 'desk');
  await page.getByLabel('Your answer in words').fill(' Fine by us. ');
  await button('Agree').click();
  expect((await written())?.payload).toEqual({ proposalId: id('d1'), agree: true, words: 'Fine by us.' });
  await button('Decline').click();
  expect((await written())?.payload).toMatchObject({ proposalId: id('d1'), agree: false });
  await button('Withdraw').click();
  expect(await written()).toMatchObject({ kind: 'proposal.withdraw', payload: { proposalId: id('d2') } });
});

test('a member sees it, and that leads decide', async () => {
  await show(page, 'deskMember');
  expect(await main()).toContain('A lead of the other team decides.');
  expect(await button('Agree').count()).toBe(0);
  expect(await page.getByRole('button', { name: /Propose/ }).count()).toBe(0);
});

test('what has changed since cannot be agreed on, only declined', async () => {
  await show(page, 'deskPassed');
  expect(await button('Agree').isDisabled()).toBe(true);
  expect(await button('Decline').isDisabled()).toBe(false);
});

test('what waits for the server is decided no second time', async () => {
  await show(page, 'deskWaiting');
  expect(await main()).toContain('Agreed on by Raj Patel');
  expect(await button('Agree').count()).toBe(0);
});

test('a change is proposed with all that stays, and its differences are seen before', async () => {
  await show(page, 'desk');
  await summary('Sales qualified').click();
  await button('Propose a change of “Sales qualified”').click();
  expect(await button('Propose it').isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Done when' }).fill('a meeting is booked');
  await page.getByRole('checkbox', { name: 'phone number' }).uncheck();
  await page.getByLabel('Why (for the other team)').fill('Nobody tells a budget.');
  expect(await page.locator('form dt').allInnerTexts()).toEqual(['Done when', 'What has to be known']);
  await button('Propose it').click();
  expect(await written()).toMatchObject({
    ...{ kind: 'definition.propose', baseRevision: 2 },
    payload: {
      ...{ definitionId: id('54'), about: 'stage', words: 'Nobody tells a budget.' },
      draft: {
        ...{ label: 'Sales qualified', exit: 'a meeting is booked', entry: 'a rep has spoken with them' },
        needs: ['email', 'title', 'company', 'saleType'],
      },
    },
  });
  expect(await button('Propose it').count()).toBe(0);
  // Where one stands is where one was.
  const opener = button('Propose a change of “Sales qualified”');
  expect(await opener.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('what contradicts is told while it is typed, and not sent', async () => {
  await show(page, 'desk');
  await button('Propose a stage').click();
  await page.getByRole('textbox', { name: 'Label' }).fill(' CUSTOMER ');
  expect(await main()).toContain('“Customer” is called so already.');
  expect(await button('Propose it').isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Label' }).fill('Partner');
  expect(await button('Propose it').isDisabled()).toBe(false);
});

test('what was refused goes back into its form', async () => {
  await show(page, 'deskRefused');
  expect(await main()).toContain('“Lead” is called so already. Give it another label.');
  await button('Mend it').first().click();
  expect(await page.getByRole('textbox', { name: 'Label' }).inputValue()).toBe('Lead');
  expect(await page.getByLabel('Why (for the other team)').inputValue()).toBe('One more.');
});

test('history comes from the server, and says so when it cannot', async () => {
  await show(page, 'deskMember');
  await summary('Customer').click();
  const customer = page.locator('.definition', { has: page.getByText('Customer', { exact: true }) });
  await customer.locator('summary', { hasText: 'History' }).click();
  await customer.getByText('Sales knows them.').waitFor();
  expect(await customer.innerText()).toContain('Proposed by Mia Sørensen, agreed on by Raj Patel.');
  await summary('Subscriber').click();
  const first = page.locator('.definition', { has: page.getByText('Subscriber', { exact: true }) });
  await first.locator('summary', { hasText: 'History' }).click();
  await first.getByRole('button', { name: 'Try again' }).waitFor();
});
