import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, openContext, readFrame, showIn } from './browser.ts';

/** What has to be in a frame of a site (iCloud's mail) is missed there, and only there. */
const folder = join(import.meta.dirname, 'icloud');
const html = readFileSync(join(folder, 'list.html'), 'utf8');
const place: { url: string; within: string } = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8'));
/** A redesign: what is in the list is still there, under other names. */
const redesigned = html.replaceAll('thread-participants', 'row-people').replaceAll('thread-', 'row-');
const empty = redesigned.replaceAll(/ title="[^"]*@[^"]*"/g, '').replaceAll(/[\w.-]+@[\w.-]+/g, '');

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();
beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

async function shown(text: string, style?: string) {
  const frame = await showIn(page, place, text, pages, style);
  expect(frame).not.toBe(page.mainFrame());
  const { report } = await readFrame(frame);
  const { report: around } = await readFrame(page.mainFrame());
  expect(around).toMatchObject({ site: 'icloud', recipe: 'none' });
  return { recipe: report.recipe, missed: report.missed, people: report.sightings.length > 0 };
}

test('as it is, it is found in its frame', async () => {
  expect(await shown(html)).toEqual({ recipe: 'found', missed: undefined, people: true });
});

test('after a redesign it is missed there, and people are found all the same', async () => {
  expect(await shown(redesigned)).toEqual({ recipe: 'missed', missed: 'list', people: true });
});

test('an empty list is not missed, nor one in a frame that is put away', async () => {
  expect(await shown(empty)).toMatchObject({ recipe: 'none', people: false });
  expect(await shown(redesigned, 'display: none')).toMatchObject({ recipe: 'none' });
  expect(await shown(redesigned, 'width: 0; height: 0; border: 0')).toMatchObject({ recipe: 'none' });
});
