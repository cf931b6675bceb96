import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterAll(() => screens.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const focused = (page: Page) =>
  page.evaluate('document.activeElement.innerText || document.activeElement.tagName');
const push = (page: Page, name: string) => page.evaluate(`gallery.push(${JSON.stringify(name)})`);

describe('options', () => {
  let page: Page;
  beforeAll(async () => {
    page = await screens.open('options', { width: 640 });
  });
  const address = () => page.getByLabel('Invitation link or server address');

  test('a sign-in that goes elsewhere takes the focus along, and brings it back', async () => {
    await show(page, 'unset');
    await address().fill('truce.acme.example');
    await address().press('Enter');
    await push(page, 'signingIn');
    expect(await focused(page)).toBe('Cancel');
    await push(page, 'signInFailed');
    expect(await focused(page)).toBe('INPUT');
    expect(await address().inputValue(), 'as it was typed').toBe('truce.acme.example');
  });

  test('a page that is opened anew on a failed sign-in knows where it went', async () => {
    await show(page, 'signInFailed');
    expect(await address().inputValue()).toBe('https://truce.acme.example');
    expect(await focused(page), 'nobody was here').not.toBe('INPUT');
  });

  test.each(['removed', 'signedOut', 'locked', 'offline'])(
    '%s, what is held can be given up',
    async (name) => {
      await show(page, name);
      expect(await button(page, 'Disconnect').count()).toBe(1);
    },
  );

  test('where nothing is held, there is nothing to disconnect', async () => {
    await show(page, 'unset');
    expect(await button(page, 'Disconnect').count()).toBe(0);
  });

  test('what others wrote here is named before anything is given up', async () => {
    await show(page, 'othersWait');
    await page.getByText('2 things that were written in this browser under another sign-in').waitFor();
  });

  test('a server that calls itself otherwise is named', async () => {
    await show(page, 'elsewhere');
    await page.getByText('This server calls itself http://127.0.0.1:8080. Sign in with that').waitFor();
  });

  test('what would be lost is asked with the cursor on the way out, and it goes back', async () => {
    await show(page, 'signedOutTheft');
    await button(page, 'Disconnect').click();
    await page.getByText('2 things that you wrote').waitFor();
    expect(await focused(page)).toBe('Cancel');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Disconnect');
  });
});

describe('panel', () => {
  let page: Page;
  beforeAll(async () => {
    page = await screens.open('panel', { height: 500 });
  });

  test('an erasure is asked from its start, also in large text', async () => {
    await page.evaluate("document.documentElement.style.fontSize = '26px'");
    await show(page, 'lead');
    await button(page, 'Erase…').click();
    const question = await page.getByText('for good?').boundingBox();
    expect(question?.y).toBeGreaterThanOrEqual(0);
    expect(question?.y).toBeLessThan(500);
    expect(await focused(page)).toBe('Cancel');
    await page.evaluate("document.documentElement.style.fontSize = ''");
  });

  test('what was half typed goes with the right to see it', async () => {
    await show(page, 'mail');
    await button(page, 'Pin a note').click();
    await page.getByLabel('Note').fill('Between us');
    await push(page, 'removed');
    // The background has dropped its drafts.
    await page.evaluate('gallery.forget()');
    await push(page, 'mail');
    await button(page, 'Pin a note').click();
    expect(await page.getByLabel('Note').inputValue()).toBe('');
    await page.getByLabel('Note').fill('Mine alone');
    await page.evaluate('gallery.forget()');
    await push(page, 'lead');
    await button(page, 'Pin a note').click();
    expect(await page.getByLabel('Note').inputValue(), 'somebody else').toBe('');
  });

  test('a reason alone is not taken for an answer', async () => {
    await show(page, 'withReasons');
    await button(page, 'Change whether we may contact them').click();
    await page.getByLabel('How do you know?').fill('Said so on the phone');
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await page.getByLabel('Consent').selectOption('unknown');
    expect(await button(page, 'Save').isDisabled()).toBe(false);
    await button(page, 'Cancel').click();
  });
});
