import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addContact, logTouch, pinNote } from '../../utils/commands.ts';
import type { View } from '../../utils/view.ts';
import { webLink } from '../../utils/web-link.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { some } from '../series.ts';
import { deskViews } from './desk-views.ts';
import { openScreens, type ScreenName, type Screens } from './open.ts';
import { openWatched, poison } from './poison.ts';
import { type TeamState, teams } from './team-states.ts';
import { views } from './views.ts';

/** 200 texts that would be scripts elsewhere, in every place of every screen that shows text. */
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterAll(() => screens.close());

const about = { contactId: views.mail.people[0]?.contactId ?? '' };
const full: View = {
  ...views.mail,
  people: views.long.people,
  waiting: 2,
  refused: [
    ...views.refused.refused,
    ...views.refusedEdits.refused,
    { command: pinNote({ ...about, text: 'words', site: 'mail.example' }), reason: 'invalid' },
    { command: addContact({ name: 'words', title: 'words', companyName: 'words' }), reason: 'invalid' },
    {
      command: logTouch({
        ...about,
        kind: 'email',
        direction: 'in',
        at: '2026-03-02T10:00:00Z',
        subject: 'words',
        excerpt: 'words',
        link: 'https://acme.example/',
      }),
      reason: 'gone',
    },
  ],
};

/** What stands on the screen without its words: elements and the names of their attributes; and all links. */
const SHAPE = `(() => {
  for (const more of document.querySelectorAll('button.more[aria-expanded=false], summary')) more.click();
  return new Promise((done) => setTimeout(() => {
    const app = document.getElementById('app');
    // Where a long address may break depends on its signs.
    const all = [...app.querySelectorAll('*')].filter((one) => one.tagName !== 'WBR' || one.attributes.length > 0);
    const shape = all.map((one) => one.tagName + '[' + [...one.attributes].map(({ name }) => name).sort() + ']').join(' ');
    const links = all.filter((one) => one.hasAttribute('href')).map((one) => one.protocol);
    const fields = [...document.querySelectorAll('input,textarea')].map((one) => one.value);
    done({ shape, links, words: app.textContent + fields.join(' ') });
  }));
})()`;

interface Shape {
  shape: string;
  links: string[];
  words: string;
}

async function shapeOf(page: Page, view: View | TeamState, wanted?: string): Promise<Shape> {
  await page.evaluate((given) => {
    (globalThis as unknown as { gallery: { put(view: View | TeamState): void } }).gallery.put(given);
  }, view);
  let now = await page.evaluate<Shape>(SHAPE);
  // Some parts ask for more once they are drawn. Without a shape to wait for: until nothing more comes.
  for (let tries = 0, before = ''; tries < 20; tries++) {
    if (now.shape === (wanted ?? before)) break;
    before = now.shape;
    await page.waitForTimeout(100);
    now = await page.evaluate<Shape>(SHAPE);
  }
  return now;
}

test('there are 200, each once', () => {
  expect(new Set(PAYLOADS).size).toBe(200);
});

const SHOWN: Record<ScreenName, View | TeamState> = {
  panel: full,
  popup: full,
  options: full,
  team: teams.teamAdmin,
  desk: { ...deskViews.desk, refused: deskViews.deskRefused.refused },
};

test.each(Object.keys(SHOWN) as ScreenName[])('%s shows each as text and nothing else', async (screen) => {
  const { page, wrong } = await openWatched(screens, screen);
  const plain = await shapeOf(page, poison(SHOWN[screen], 'plain words'));
  const link = await shapeOf(page, poison(SHOWN[screen], 'https://acme.example/'));
  let shown = 0;
  const tried = some(PAYLOADS, 50);
  for (const payload of tried) {
    const wanted = (webLink(payload) ? link : plain).shape;
    const { shape, links, words } = await shapeOf(page, poison(SHOWN[screen], payload), wanted);
    expect(shape, payload).toBe(wanted);
    expect(
      links.filter((protocol) => !/^https?:$/.test(protocol)),
      payload,
    ).toEqual([]);
    if (words.includes(payload)) shown++;
  }
  // Whole, except where line ends and half letters become what a document can hold.
  expect(shown).toBeGreaterThan(0.95 * tried.length);
  expect(await wrong()).toEqual([]);
});
