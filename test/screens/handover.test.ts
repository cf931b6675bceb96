import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { ann } from './people.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('panel');
});
afterAll(() => screens.close());
beforeEach(() => page.evaluate('gallery.written.length = 0'));

const button = (name: string) => page.getByRole('button', { name, exact: true });
const written = () =>
  page.evaluate<{ kind: string; payload: object }[]>(
    'gallery.written.map(({ kind, payload, baseRevision }) => ({ kind, payload, baseRevision }))',
  );
const contactId = ann.contactId;
const handoverId = id('h1');

test('a marketer hands their contact over to whose it is with two clicks', async () => {
  await show(page, 'handOver');
  await button('Hand over to sales').click();
  await button('Hand over to sales').click();
  expect(await written()).toMatchObject([{ kind: 'handover.offer', payload: { contactId, toId: id('e1') } }]);
  expect((await written())[0]?.payload).not.toHaveProperty('evenSo');
});

test('who is not ready is handed over only with words, and what they lack is said', async () => {
  await show(page, 'handOverUnmet');
  await button('Hand over to sales').click();
  const text = await page.locator('main').innerText();
  expect(text).toContain('Not in a stage that is handed over (Opportunity).');
  expect(text).toContain('Not of a type that is handed over (Asked for a price).');
  expect(await button('Hand over to sales').isDisabled()).toBe(true);
  await page.getByLabel('Why hand over even so').fill('Asked for a price twice.');
  await button('Hand over to sales').click();
  expect(await written()).toMatchObject([
    { kind: 'handover.offer', payload: { evenSo: true, words: 'Asked for a price twice.' } },
  ]);
});

test('without an agreement nobody is handed over, and it is said where to agree', async () => {
  await show(page, 'lead');
  expect(await page.getByText('once both teams have agreed').count()).toBe(1);
  expect(await button('Hand over to sales').count()).toBe(0);
});

test('sales see who, what and how long; accept with one click', async () => {
  await show(page, 'handoverOffered');
  const text = await page.locator('main').innerText();
  expect(text).toContain('Mia Sørensen handed them to Raj Patel');
  expect(text).toContain('“Asked for prices of three depots.”');
  expect(text).toMatch(/24 working hours left until .*, not yet accepted/);
  await button('Accept').click();
  expect(await written()).toMatchObject([
    { kind: 'handover.accept', payload: { contactId, handoverId }, baseRevision: 1 },
  ]);
});

test('send a lead back with two clicks by keyboard, a reason from the list and words', async () => {
  await show(page, 'handoverOffered');
  await button('Send back').focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('In your words').fill('In spring.');
  await button('Not now').focus();
  await page.keyboard.press('Enter');
  expect(await written()).toMatchObject([
    { kind: 'handover.return', payload: { handoverId, reasonId: 'timing', words: 'In spring.' } },
  ]);
});

test('Escape leaves a lead where it is, and the way back is where one was', async () => {
  await show(page, 'handoverOffered');
  await button('Send back').click();
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Send back');
  expect(await written()).toEqual([]);
});

test('pass a lead on to a colleague of sales, and to nobody else', async () => {
  await show(page, 'handoverOffered');
  await button('Pass on').click();
  const names = await page.locator('.pick .people button').allInnerTexts();
  expect(names).toEqual(['Olav Berg']);
  await button('Olav Berg').click();
  expect(await written()).toMatchObject([{ kind: 'handover.reassign', payload: { toId: id('e3') } }]);
});

test.each([
  ['handoverSoon', '2 working hours left'],
  ['handoverLapsed', '2 working hours late since'],
  ['handoverReturned', 'Raj Patel sent them back: Not now'],
  ['handoverFollowed', 'Followed up by Raj Patel'],
  ['handoverNobodys', 'to all of sales'],
])('%s: %s', async (view, words) => {
  await show(page, view);
  expect(await page.locator('main').innerText()).toContain(words);
});

test('whoever handed a lead over takes it back, and cannot accept it', async () => {
  await show(page, 'handoverTheirs');
  expect(await button('Accept').count()).toBe(0);
  await button('Take back').click();
  expect(await written()).toMatchObject([{ kind: 'handover.withdraw' }]);
});

test('what came back can be handed over again', async () => {
  await show(page, 'handoverReturned');
  await button('Hand over again').click();
  await page.getByLabel('To whom').selectOption('Olav Berg');
  await button('Hand over to sales').click();
  expect(await written()).toMatchObject([{ kind: 'handover.offer', payload: { toId: id('e3') } }]);
});
