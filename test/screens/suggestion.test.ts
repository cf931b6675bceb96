import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';
import { ann } from './people.ts';

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
  const member = 'linkedin:in/ACwAAAEfAbCdEfGhIjKlMnOpQrStUvWxYz012345';
  // The name that people know the profile by, and the id that the page has for it.
  expect(await written()).toMatchObject([
    { kind: 'contact.identify', payload: { key, theirs: true } },
    { kind: 'contact.identify', payload: { key: member, theirs: true } },
  ]);
});

test('no writes nothing for the team', async () => {
  await show(page, 'probably');
  await button('No').click();
  expect(await written()).toEqual([]);
});

test('what a page claims is asked about, for the page’s own profile', async () => {
  await show(page, 'claimed');
  const text = await page.locator('main').innerText();
  expect(text).toContain('linkedin.com/in/ann-lee-operations-rotterdam, which this page says is theirs');
  expect(text).toMatch(/nobody has checked that\.\s+Is github\.com\/mallory theirs\?/);
  await button('Yes, this is Ann Lee').click();
  expect(await written()).toMatchObject([{ payload: { key: 'github:mallory', theirs: true } }]);
});

test('where there is no profile to make theirs, one can still say no', async () => {
  for (const [view, contactId] of [
    ['claimedOnly', ann.contactId],
    ['suggestion', ann.contactId],
  ] as const) {
    await show(page, view);
    expect(await page.getByRole('button', { name: /^Yes/ }).count(), view).toBe(0);
    await page.evaluate('gallery.denied.length = 0');
    await button('No, somebody else').click();
    expect(await page.evaluate('gallery.denied'), view).toMatchObject([{ contactId }]);
  }
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
