import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { show } from './deeds.ts';
import { openScreens, type Screens } from './open.ts';

/** A fresher card that comes while somebody reads. */
let screens: Screens;
let page: Page;
beforeAll(async () => {
  screens = await openScreens();
  page = await screens.open('panel', { height: 600 });
  // A driver's window always has the focus, and its pointer is always somewhere.
  await page.evaluate(`globalThis.here = (is) => {
    document.hasFocus = () => is;
    document.documentElement.matches = () => is;
    dispatchEvent(new Event(is ? 'focus' : 'blur'));
  }`);
});
afterAll(() => screens.close());
beforeEach(async () => {
  await page.mouse.move(0, 0);
  await show(page, 'mail');
});

interface Box {
  name: string;
  top: number;
  height: number;
}
const push = (name: string) => page.evaluate<number>(`gallery.push(${JSON.stringify(name)})`);
/** Where each part of the card stands, and the header above it. */
const boxes = (which = 'header, .part, .card > section') =>
  page.evaluate<Box[]>(`[...document.querySelectorAll(${JSON.stringify(which)})].map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return { name: one.tagName, top, height };
  })`);
/** Layout counts in 64ths of a pixel, and what is summed up in another order may differ by one. */
const near = (all: Box[]) =>
  all.map(({ name, top, height }) => ({
    name,
    top: expect.closeTo(top, 1),
    height: expect.closeTo(height, 1),
  }));
const marked = () => page.locator('.part.changed').count();
const said = () => page.locator('.since [role=status]').textContent();
/** Goes away from the screen and comes back. */
const look = () =>
  page.evaluate(`{
    here(false);
    here(true);
  }`);

test.each([0, 160, 2000])('nothing moves, scrolled by %i px', async (scrolled) => {
  await page.locator('main').evaluate((main, to) => main.scrollTo(0, to), scrolled);
  const before = await boxes();
  await push('fresher');
  expect(await page.getByText('Board decides in January.').count(), 'it is the new one').toBe(1);
  expect(await boxes()).toEqual(near(before));
});

test('it is told what has changed, until the next look', async () => {
  await push('fresher');
  expect(await said()).toBe('Just changed: 9 parts');
  expect(await marked()).toBe(9);
  await look();
  expect(await said()).toBe('');
  expect(await marked()).toBe(0);
  expect(await page.locator('[data-held]').count()).toBe(0);
});

test('what comes while nobody looks is there for the whole next look', async () => {
  await page.evaluate('here(false)');
  await push('fresher');
  await page.evaluate('here(true)');
  expect(await marked()).toBe(9);
  await look();
  expect(await marked()).toBe(0);
});

test('one part is named, and whoever turns to it sees all of it', async () => {
  await push('longer');
  expect(await said()).toBe('Just changed: Notes');
  const part = page.locator('.part.changed');
  const held = await part.boundingBox();
  await part.hover();
  expect((await part.boundingBox())?.height).toBeGreaterThan((held?.height ?? 0) + 40);
  expect(await marked(), 'it stays marked').toBe(1);
});

test('what is typed, its place and the focus stay, also below what has come', async () => {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = page.getByLabel('Note');
  await field.fill('Half a sen');
  await page.mouse.move(0, 0);
  const before = { field: await boxes('textarea'), parts: await boxes() };
  await push('longer');
  expect(await boxes()).toEqual(near(before.parts));
  // Browsers scroll by whole pixels.
  const [after] = await boxes('textarea');
  expect(Math.abs((after?.top ?? 0) - (before.field[0]?.top ?? 0))).toBeLessThanOrEqual(1);
  await page.keyboard.type('tence');
  expect(await field.inputValue()).toBe('Half a sentence');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
});

test("one's own writing is no news, neither when it shows nor when the server has it", async () => {
  await push('waiting');
  expect(await marked()).toBe(0);
  await push('mail');
  expect(await marked()).toBe(0);
});

test('when the server has what waited, the marks and the list go, and nothing moves', async () => {
  await show(page, 'waiting');
  expect(await page.locator('.waiting').count()).toBe(4);
  expect(await page.locator('.outbox').count()).toBe(1);
  const before = await boxes();
  await push('sent');
  expect(await page.locator('.waiting, .outbox').count()).toBe(0);
  expect(await boxes()).toEqual(near(before));
  expect(await marked()).toBe(0);
  await look();
  expect(await page.locator('[data-held]').count()).toBe(0);
});

test('another person is no news', async () => {
  await push('sparse');
  expect(await marked()).toBe(0);
});

test.each(['offline', 'stale', 'connecting', 'old'])(
  'the header is as high when the copy is %s',
  async (state) => {
    const { height } = (await page.locator('header').boundingBox()) ?? {};
    await push(state === 'old' ? 'oldCopy' : state);
    expect((await page.locator('header').boundingBox())?.height).toBe(height);
  },
);

test('a copy that is out of step says so, also when the server seems to be there', async () => {
  await show(page, 'stale');
  expect(await page.locator('.fresh').first().innerText()).toMatch(/Stale,\s+as of\s+40 minutes ago/);
});
