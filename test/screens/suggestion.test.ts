import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';

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
    'gallery.written.map(({ kind, payload }) => ({ kind, payload }))',
  );

test('by keyboard: yes makes the profile theirs', async () => {
  await show(page, 'probably');
  await button('Yes, this is Ann Lee').focus();
  await page.keyboard.press('Enter');
  const key = 'linkedin:in/ann-lee-operations-rotterdam';
  expect(await written()).toMatchObject([{ kind: 'contact.identify', payload: { key, theirs: true } }]);
});

test('no writes nothing for the team', async () => {
  await show(page, 'probably');
  await button('No').click();
  expect(await written()).toEqual([]);
});

test('another profile that is known is named beside it', async () => {
  await show(page, 'probablyAnother');
  expect(await page.locator('.alert.guess').first().innerText()).toContain(
    'The profile known so far is linkedin.com/in/ann-lee-1.',
  );
});

test('what a member said can be taken back, and what a source says cannot', async () => {
  await show(page, 'profiles');
  expect(await page.getByRole('button', { name: /is not theirs$/ }).count()).toBe(2);
  await button('github.com/annlee is not theirs').click();
  expect(await written()).toMatchObject([
    { kind: 'contact.identify', payload: { key: 'github:annlee', theirs: false } },
  ]);
});

test('a stranger is added with the profile that tells them', async () => {
  await show(page, 'profileStranger');
  await button('Add Jo Quill').click();
  await page.getByText('Profile: linkedin.com/in/jo-quill-rotterdam').waitFor();
  await button('Add this person').click();
  expect(await written()).toMatchObject([
    { payload: { name: 'Jo Quill', profile: 'https://www.linkedin.com/in/jo-quill-rotterdam' } },
  ]);
});

test('before a social site is allowed, it is said what is read', async () => {
  await show(page, 'socialClosed');
  const text = await page.locator('main').innerText();
  expect(text).toContain('names, headlines and profile addresses of the people in view');
  expect(text).toContain('LinkedIn’s own terms apply');
});
