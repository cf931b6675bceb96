import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { id } from './world.ts';

let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('panel', { height: 600 });
});
afterAll(() => screens.close());

const push = (name: string) => page.evaluate<number>(`gallery.push(${JSON.stringify(name)})`);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const tab = (name: string) => page.getByRole('tab', { name });
const heading = () => page.locator('main h1').textContent();
/** Where something stands in the window: what must not change under the eye. */
const place = async () => (await page.getByRole('heading', { name: 'Campaigns' }).boundingBox())?.y;

test('a pushed view leaves focus, scroll, choice and half-typed words alone', async () => {
  await show(page, 'mail');
  await tab('Marco Ortiz').click();
  await push('offline');
  expect(await heading()).toBe('Marco Ortiz');
  await tab('Ann Lee').click();
  await page.locator('main').evaluate((main) => main.scrollTo(0, 200));
  await button('Pin a note').click();
  await page.getByLabel('Note').fill('Half a sen');
  const before = await place();
  await push('storageFull');
  expect(await place()).toBeCloseTo(before ?? 0, -1);
  await push('mail');
  expect(await page.getByLabel('Note').inputValue()).toBe('Half a sen');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
  expect(await place()).toBeCloseTo(before ?? 0, -1);
});

test('the card follows to another mail, unless something is half typed', async () => {
  await show(page, 'mail');
  await push('sparse');
  expect(await heading()).toBe('Marco Ortiz');
  await push('mail');
  expect(await heading()).toBe('Ann Lee');
  await button('Task').click();
  await page.getByLabel('What is to be done').fill('Send the report');
  await push('sparse');
  expect(await heading()).toBe('Ann Lee');
  expect(await page.getByLabel('What is to be done').inputValue()).toBe('Send the report');
  await button('Show').click();
  expect(await heading()).toBe('Marco Ortiz');
  await push('mail');
  await button('Cancel').click();
  await button('Task').click();
  expect(await page.getByLabel('What is to be done').inputValue(), 'kept for Ann').toBe('Send the report');
});

test('a person whose card arrives keeps the focus on the tab', async () => {
  await show(page, 'loading');
  await tab('Ann Lee').focus();
  await push('mail');
  expect(await page.evaluate('document.activeElement.innerText')).toContain('Ann Lee');
  expect(await page.getByText('Sales qualified').count()).toBe(1);
});

test('arrow keys go from person to person', async () => {
  await show(page, 'mail');
  await tab('Ann Lee').focus();
  await page.keyboard.press('ArrowRight');
  expect(await heading()).toBe('Marco Ortiz');
  await page.keyboard.press('End');
  expect(await heading()).toBe('2 people are not known');
  await page.keyboard.press('ArrowRight');
  expect(await heading()).toBe('Ann Lee');
  expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
});

test('a note is written as a command, and its fate is told', async () => {
  await show(page, 'mail');
  await button('Pin a note').click();
  await page.getByLabel('Note').fill('  Call after four. ');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Saved on this device').waitFor();
  expect(await page.evaluate('document.activeElement.innerText'), 'where it was opened').toBe('Pin a note');
  const [last] =
    await page.evaluate<{ kind: string; payload: { text: string; site: string } }[]>(
      'gallery.written.slice(-1)',
    );
  expect(last).toMatchObject({
    kind: 'note.pin',
    payload: { text: 'Call after four.', site: 'mail.google.com' },
  });
});

test('words of a note that could not be saved stay', async () => {
  await show(page, 'mail');
  await button('Pin a note').click();
  await page.getByLabel('Note').fill('fail! and more');
  await button('Pin a note').click();
  await page.getByText('no room left').waitFor();
  expect(await page.getByLabel('Note').inputValue()).toBe('fail! and more');
  await page.getByLabel('Note').fill('');
});

test('a refused edit goes back into its form, against what is there now', async () => {
  await show(page, 'refusedEdits');
  await page.getByText('Your choice of stage: Opportunity').waitFor();
  await button('Mend it').first().click();
  expect(await page.locator('.stage select').first().inputValue()).toBe(id('55'));
  expect(await page.locator('.stage select').last().inputValue()).toBe('');
  await button('Save').click();
  await button('Save').waitFor({ state: 'detached' });
  const [last] = await page.evaluate<object[]>('gallery.written.slice(-1)');
  expect(last).toMatchObject({
    kind: 'contact.edit',
    baseRevision: 4,
    payload: { stageId: id('55'), ownerId: null },
  });
});

test('a refused edit of a note goes back into that note, or into a new one when it is gone', async () => {
  await show(page, 'refusedEdits');
  await button('Mend it').nth(1).click();
  const note = page.getByLabel('Note');
  expect(await note.inputValue()).toBe('Board decides on 5 December.');
  await button('Cancel').click();
  await button('Mend it').nth(2).click();
  expect(await note.inputValue()).toBe('Of a note that is gone.');
  expect(await page.locator('.dock h2').textContent()).toBe('Note for Ann Lee');
  await note.fill('');
});

test('what is half typed stays, before the words that come back', async () => {
  await show(page, 'refusedEdits');
  await button('Pin a note').click();
  const note = page.getByLabel('Note');
  await note.fill('Half a sen');
  await button('Mend it').nth(2).click();
  await page.waitForFunction(`document.querySelector('.dock textarea')?.value.includes('gone')`);
  expect(await note.inputValue()).toBe('Half a sen\nOf a note that is gone.');
  await note.fill('');
});

test('a note that may have been saved is not written a second time, until its words are others', async () => {
  await show(page, 'mail');
  await button('Pin a note').click();
  const note = page.getByLabel('Note');
  await note.fill('lost! on the way');
  for (const words of ['lost! on the way', 'lost! on the way', 'lost! again']) {
    await note.fill(words);
    await button('Pin a note').click();
    await page.getByText('Nobody answers.').waitFor();
  }
  const ids = await page.evaluate<string[]>('gallery.written.slice(-3).map(({ id }) => id)');
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
  await note.fill('');
});

test('an edit of a note survives a look at somebody else', async () => {
  await show(page, 'mail');
  await button('Edit').click();
  await page.getByLabel('Note').fill('Half a change');
  await tab('Marco Ortiz').click();
  await tab('Ann Lee').click();
  expect(await page.getByLabel('Note').inputValue()).toBe('Half a change');
  await button('Cancel').click();
  await button('Edit').click();
  expect(await page.getByLabel('Note').inputValue(), 'cancelled').toContain('Board decides');
});

test('the true number of people is told, however many are listed', async () => {
  await show(page, 'crowd');
  await tab('2,000 not known').click();
  expect(await heading()).toBe('2,000 people are not known');
  await page.getByText('1,998 more are not listed.').waitFor();
});

test('whoever wrote the mail comes first, also when nobody knows them', async () => {
  await show(page, 'unknownSender');
  const first = page.getByRole('tab').first();
  expect(await first.textContent()).toBe('2 not known');
  expect(await first.getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Tab');
  await first.focus();
  await page.keyboard.press('ArrowRight');
  expect(await heading()).toBe('Ann Lee');
});

test('the chosen person is in sight', async () => {
  await show(page, 'long');
  await page.getByRole('tab').last().click();
  await push('offline');
  const box = await page.getByRole('tab', { selected: true }).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
});

test('a server that does not answer costs nothing of what was typed', async () => {
  const options = await screens.open('options', { width: 640 });
  await show(options, 'unset');
  const field = options.getByLabel('Invitation link or server address');
  await field.fill('truce.acme.example');
  await options.getByRole('button', { name: 'Sign in', exact: true }).click();
  await options.getByText('The server does not answer').waitFor();
  expect(await field.inputValue()).toBe('truce.acme.example');
});

test('each pushed view is painted; how long it takes is told', async () => {
  await show(page, 'mail');
  const times: number[] = [];
  for (let round = 0; round < 40; round++) times.push(await push(round % 2 ? 'mail' : 'sparse'));
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  console.log(`view to paint: p95 ${p95.toFixed(1)} ms, of which a frame is up to 16.7`);
  expect(times.filter((time) => time > 0)).toHaveLength(40);
});
