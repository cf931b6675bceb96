import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addContact, logTouch, pinNote } from '../../utils/commands.ts';
import type { View } from '../../utils/view.ts';
import { webLink } from '../../utils/web-link.ts';
import { PAYLOADS } from '../fixtures/payloads.ts';
import { openScreens, type ScreenName, type Screens } from './open.ts';
import { type TeamState, teams } from './team-states.ts';
import { views } from './views.ts';

/** 200 texts that would be scripts elsewhere, in every place of every screen that shows or takes text. */
let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterAll(() => screens.close());

/** Fields that say what something is, not what somebody wrote. */
const FIXED =
  /^(?:id|\w+Ids?|at|\w+At|dueOn|kind|state|role|team|channel|direction|source|by|why|reason|storage|revision|consent|status|order|tabId|me)$/;

/** The same with the payload in place of every text that comes from people, pages or other systems. */
function poison<T>(value: T, payload: string, field = ''): T {
  if (typeof value === 'string') return (FIXED.test(field) ? value : payload) as T;
  if (Array.isArray(value)) return value.map((item) => poison(item, payload, field)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inside]) => [name, poison(inside, payload, name)]);
  return Object.fromEntries(entries) as T;
}

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

/** What must never happen in a page, noted from before its first line on. */
async function open(screen: ScreenName): Promise<{ page: Page; wrong: () => Promise<string[]> }> {
  const page = await screens.open(screen, { width: 360 });
  const wrong: string[] = [];
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => wrong.push(`request: ${request.url()}`));
  page.on('framenavigated', (frame) => wrong.push(`went to ${frame.url()}`));
  page.on('popup', () => wrong.push('a window opened'));
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      said.push(`policy: ${violatedDirective} ${sourceFile}`),
    );
    globalThis.addEventListener('error', ({ message }) => said.push(`error: ${message}`));
    globalThis.addEventListener('unhandledrejection', ({ reason }) => said.push(`rejected: ${reason}`));
  });
  return {
    page,
    async wrong() {
      const said = await page.evaluate<string[]>(
        `[...said, ...('ran' in globalThis ? ['it ran'] : []), ...('polluted' in {} ? ['polluted'] : [])]`,
      );
      return [...wrong, ...said];
    },
  };
}

/** What stands on the screen without its words: elements and the names of their attributes; and all links. */
const SHAPE = `(() => {
  for (const more of document.querySelectorAll('button.more[aria-expanded=false], summary')) more.click();
  return new Promise((done) => setTimeout(() => {
    const app = document.getElementById('app');
    const all = [...app.querySelectorAll('*')];
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
};

test.each(Object.keys(SHOWN) as ScreenName[])('%s shows each as text and nothing else', async (screen) => {
  const { page, wrong } = await open(screen);
  const plain = await shapeOf(page, poison(SHOWN[screen], 'plain words'));
  const link = await shapeOf(page, poison(SHOWN[screen], 'https://acme.example/'));
  let shown = 0;
  for (const payload of PAYLOADS) {
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
  expect(shown).toBeGreaterThan(190);
  expect(await wrong()).toEqual([]);
});

/** Opens every form in turn and types the payload into each of its fields; answers how many there were. */
async function FILL([view, found, payload]: readonly [View, object, string]): Promise<number> {
  const { gallery } = globalThis as unknown as {
    gallery: { put(view: View): void; find(hits: object[]): void };
  };
  const button = (text: string) =>
    [...document.querySelectorAll('button')].find(
      (one) => (one.ariaLabel ?? one.textContent?.trim()) === text,
    );
  const drawn = () => new Promise((done) => setTimeout(done));
  let filled = 0;
  gallery.find([found]);
  gallery.put(view);
  await drawn();
  for (const name of ['Log a touch', 'Pin a note', 'Task', 'Edit', 'Look somebody up']) {
    button('Cancel')?.click();
    await drawn();
    button(name)?.click();
    await drawn();
    document.querySelector<HTMLInputElement>('input[type=radio][value=email]')?.click();
    await drawn();
    for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
      if (!/^(?:text|search|url|email|textarea)$/.test(field.type)) continue;
      field.value = payload;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      filled++;
    }
    await drawn();
  }
  return filled;
}

test('the panel takes each in its forms and says it again as text', async () => {
  const { page, wrong } = await open('panel');
  const hit = { id: '0192f000-0000-7000-8000-000000000001', name: '', title: '', company: '', email: '' };
  const small = { ...full, people: full.people.slice(0, 1), refused: [] };
  let filled = 0;
  for (const payload of PAYLOADS) {
    filled += await page.evaluate(FILL, [poison(small, payload), poison(hit, payload), payload] as const);
  }
  expect(filled).toBeGreaterThanOrEqual(6 * PAYLOADS.length);
  // The look-up waits for the typing to rest.
  await page.waitForTimeout(400);
  expect(await wrong()).toEqual([]);
});
