import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Misses } from '../../../utils/background/misses.ts';
import type { Recipe } from '../../../utils/contract/recipe.ts';
import type { PageReport } from '../../../utils/detect/types.ts';

/** The browser's session and one tab, as far as they are asked. */
const browser = vi.hoisted(() => ({
  tab: { status: 'complete', active: true, url: '' },
  session: {} as Record<string, unknown>,
}));
vi.mock('webextension-polyfill', () => ({
  default: {
    tabs: { get: async () => ({ ...browser.tab }) },
    storage: {
      session: {
        get: async (key: string) => ({ [key]: browser.session[key] }),
        set: async (values: object) => void Object.assign(browser.session, values),
        remove: async (key: string) => void delete browser.session[key],
      },
    },
  },
}));

const TAB = 4;
const recipe: Recipe = {
  ...{ id: 'mail', version: 2026_11_23_00, label: 'Mail', kind: 'mail', hosts: ['mail.example'] },
  expects: [
    { view: 'message', where: ['https://mail.example/#m/*'] },
    { view: 'compose', where: ['https://mail.example/#c/*'] },
    { view: 'list', where: ['https://mail.example/app/*'] },
  ],
};
const missed: PageReport = {
  ...{ site: recipe.id, version: recipe.version, recipe: 'missed', missed: 'message', sightings: [] },
};
const found: PageReport = { site: recipe.id, version: recipe.version, recipe: 'found', sightings: [] };

const frames = new Map<number, { frameId: number; url: string; documentId: string; report: PageReport }>();
const markStale = vi.fn(async () => undefined);
const onSettled = vi.fn();
let misses: Misses;
const start = () =>
  new Misses({
    pages: { of: () => ({ frames }) as never },
    recipes: { all: async () => [recipe], markStale },
    onSettled,
  });
beforeEach(() => {
  vi.useFakeTimers();
  browser.session = {};
  browser.tab = { status: 'complete', active: true, url: '' };
  frames.clear();
  misses = start();
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

/** A page reports; its frame says what it said last. */
function report(url: string, said: PageReport, documentId = 'D', frameId = 0): void {
  if (frameId === 0) browser.tab.url = url;
  const frame = { frameId, url, documentId, report: said };
  frames.set(frameId, frame);
  misses.hear({ tabId: TAB, url }, said);
}
const wait = (ms = 5000) => vi.advanceTimersByTimeAsync(ms);
const mailAt = (id: number | string) => `https://mail.example/#m/${id}`;

test('a list between two messages does not count as a find', async () => {
  for (const id of [1, 2, 3]) {
    report(mailAt(id), missed);
    await wait();
    report('https://mail.example/#inbox', found);
    await wait();
  }
  expect(markStale).toHaveBeenCalledTimes(1);
});

test('each view is counted by itself: what is written fits, and messages do not', async () => {
  for (const id of [1, 2, 3]) {
    report(mailAt(id), missed);
    await wait();
    report(`https://mail.example/#c/${id}`, found);
    await wait();
  }
  expect(markStale).toHaveBeenCalledTimes(1);
});

test('misses of two views do not add up', async () => {
  for (const id of [1, 2]) {
    report(mailAt(id), missed);
    await wait();
    report(`https://mail.example/#c/${id}`, { ...missed, missed: 'compose' });
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
});

test('what has to be in a frame is missed there, whatever the page around it is', async () => {
  const list: PageReport = { ...missed, missed: 'list' };
  const around: PageReport = { recipe: 'none', sightings: [] };
  for (const id of ['A', 'B', 'C']) {
    report('https://mail.example/', around, `T${id}`);
    report('https://mail.example/app/1', list, id, 7);
    expect(misses.isSettled(TAB)).toBe(false);
    // The page around goes on changing.
    report('https://mail.example/', { ...around, sightings: [] }, `T${id}`);
    expect(misses.isSettled(TAB)).toBe(false);
    await wait();
    expect(misses.isSettled(TAB)).toBe(true);
  }
  expect(markStale).toHaveBeenCalledExactlyOnceWith('mail', recipe.version);
});

test('a frame that shows up in time is no miss, and one find in it begins the count anew', async () => {
  const list: PageReport = { ...missed, missed: 'list' };
  for (const id of ['A', 'B', 'C', 'D']) {
    report('https://mail.example/', { recipe: 'none', sightings: [] }, `T${id}`);
    report('https://mail.example/app/1', list, id, 7);
    if (id === 'C') report('https://mail.example/app/1', found, id, 7);
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
});

test('three pages in a row on which it misses, each given its time, and it is stale', async () => {
  for (const id of [1, 2]) {
    report(mailAt(id), missed);
    expect(misses.isSettled(TAB)).toBe(false);
    await wait();
    expect(misses.isSettled(TAB)).toBe(true);
  }
  expect(onSettled).toHaveBeenCalledTimes(2);
  expect(markStale).not.toHaveBeenCalled();
  report(mailAt(3), missed);
  await wait();
  expect(markStale).toHaveBeenCalledExactlyOnceWith('mail', recipe.version);
  expect(browser.session.misses).toEqual({});
});

test('the same page counts once, however often it says so; opened again it counts anew', async () => {
  for (let n = 0; n < 5; n += 1) {
    report(mailAt(1), { ...missed, sightings: [{ keys: [`email:a${n}@x.example`], ...MENTIONED }] });
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
  report(mailAt(1), missed, 'E');
  await wait();
  report(mailAt(1), missed, 'F');
  await wait();
  expect(markStale).toHaveBeenCalledOnce();
});
const MENTIONED = { role: 'mentioned', focus: false, why: 'text' } as const;

test('a page that only looks the same at its next address counts for both', async () => {
  report(mailAt(1), missed);
  await wait();
  for (const id of [2, 3]) {
    browser.tab.url = mailAt(id);
    misses.moved(TAB);
    await wait();
  }
  expect(markStale).toHaveBeenCalledOnce();
});

test('what shows up while the page loads is no miss, and a find in between begins anew', async () => {
  for (const id of [1, 2, 3, 4]) {
    report(mailAt(id), missed);
    await wait(4900);
    report(mailAt(id), found);
  }
  for (const id of [5, 6]) {
    report(mailAt(id), missed);
    await wait();
  }
  report(mailAt(7), found);
  for (const id of [8, 9]) {
    report(mailAt(id), missed);
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
});

test('a page that is loading, or behind another one, is waited for', async () => {
  for (const state of [{ status: 'loading' }, { active: false }]) {
    browser.tab = { ...browser.tab, ...state };
    report(mailAt(JSON.stringify(state)), missed);
    await wait(30_000);
    expect(browser.session.misses).not.toMatchObject({
      'mail 2026112300 message': [expect.any(String), expect.any(String)],
    });
    expect(misses.isSettled(TAB)).toBe(false);
    browser.tab = { ...browser.tab, status: 'complete', active: true };
    await wait();
    expect(misses.isSettled(TAB)).toBe(true);
  }
  expect(Object.values(browser.session.misses ?? {})[0]).toHaveLength(2);
});

test('what is found in a frame of the page is not missed', async () => {
  for (const id of [1, 2, 3]) {
    report('https://mail.example/preview', found, 'P', 7);
    report(mailAt(id), missed);
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
});

test('only where the recipe says that it has to be there, and only the recipe that holds', async () => {
  for (const id of [1, 2, 3]) {
    report(`https://mail.example/#list/${id}`, missed);
    await wait();
    report(mailAt(id), { ...missed, missed: 'list' });
    await wait();
    report(mailAt(`old/${id}`), { ...missed, version: 2026_01_01_00 });
    await wait();
  }
  expect(markStale).not.toHaveBeenCalled();
});

test('a background that was ended goes on counting; nothing is left once the copy is gone', async () => {
  report(mailAt(1), missed);
  await wait();
  report(mailAt(2), missed);
  await wait();
  misses = start();
  report(mailAt(3), missed);
  await wait();
  expect(markStale).toHaveBeenCalledOnce();
  report(mailAt(4), missed);
  await wait();
  await misses.clear();
  expect(browser.session).toEqual({});
});

test('a tab that is closed while it waits is not counted', async () => {
  report(mailAt(1), missed);
  misses.close(TAB);
  await wait(60_000);
  expect(browser.session).toEqual({});
  expect(onSettled).not.toHaveBeenCalled();
});
