import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browsers.ts';
import { wordsFor } from '../../server/sign-in/texts.ts';
import { connectPage, deviceCodePage, errorPage } from '../../server/sign-in/views.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { some } from '../series.ts';

/** The server's pages with 200 script payloads, in a browser, without the policy that would also stop them. */
let browser: Browser;
let page: Page;
const wrong: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser('chromium') });
  page = await browser.newPage();
  await page.route('**', (route) => {
    wrong.push(route.request().url());
    return route.abort();
  });
  page.on('dialog', (dialog) => {
    wrong.push('dialog');
    void dialog.dismiss();
  });
});
afterAll(() => browser?.close());

const words = wordsFor('en');
const VIEWS: Record<string, (text: string) => Promise<string>> = {
  connect: (text) =>
    connectPage(words, {
      action: '/sign-in/1',
      choices: [{ workspaceId: 'a', workspace: text, joins: false }],
      name: text,
      email: text,
      browserName: text,
      ask: {},
    }),
  ask: (text) =>
    connectPage(words, {
      action: '/sign-in/1',
      choices: [1, 2].map((n) => ({ workspaceId: `${n}${text}`, workspace: text, joins: true })),
      name: text,
      email: text,
      browserName: text,
      ask: { name: true, email: true, work: true },
      wrong: ['nameWrong', 'emailWrong'],
    }),
  'no team': (text) => errorPage(words, 'connectTitle', 'noTeam', { email: text }),
  'wrong domain': (text) => errorPage(words, 'connectTitle', 'domain', { email: text }),
  'another account': (text) => errorPage(words, 'connectTitle', 'subject', { email: text }),
  device: (text) =>
    deviceCodePage(words, { action: '/oidc/device', xsrf: text, code: text, wrong: undefined }),
};

const SHAPE = `({
  shape: [...document.querySelectorAll('*')]
    .map((one) => one.tagName + '[' + [...one.attributes].map(({ name }) => name).sort() + ']').join(' '),
  ran: 'ran' in globalThis,
  links: [...document.links].map(({ protocol }) => protocol).filter((protocol) => /script|data/.test(protocol)),
})`;

test.each(Object.entries(VIEWS))('%s', async (_, view) => {
  const show = async (text: string) => {
    await page.setContent(await view(text), { waitUntil: 'domcontentloaded' });
    return page.evaluate<{ shape: string }>(SHAPE);
  };
  const { shape } = await show('plain words');
  for (const payload of some(PAYLOADS, 50)) {
    expect(await show(payload), payload).toEqual({ shape, ran: false, links: [] });
  }
  expect(wrong).toEqual([]);
});
