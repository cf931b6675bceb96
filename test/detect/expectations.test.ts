import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recipe, SiteView } from '../../utils/contract/recipe.ts';
import { expectedViews } from '../../utils/detect/expects.ts';
import { recipes } from '../../utils/detect/sites/index.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { launch, openContext, readFrame, show } from './browser.ts';

/** Every expectation of a recipe can be missed: where its target is plain markup without a name, that is noticed. */
const PARTS: Record<SiteView, 'message' | 'listed' | 'compose' | 'profile' | 'author' | 'talk'> = {
  message: 'message',
  list: 'listed',
  compose: 'compose',
  profile: 'profile',
  posts: 'author',
  talk: 'talk',
};
const folder = import.meta.dirname;

interface Case {
  url: string;
  html: string;
  expected?: PageReport;
}
const casesOf = (site: string): Case[] =>
  readdirSync(join(folder, site))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      ...JSON.parse(readFileSync(join(folder, site, file), 'utf8')),
      html: readFileSync(join(folder, site, file.replace(/json$/, 'html')), 'utf8'),
    }));

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

/** Runs in the page. People stay, and nothing tells any more what they are in; `kept` is what the site is known by. */
function unmark({ selectors, kept }: { selectors: string[]; kept: string[] }): void {
  const marks = kept.flatMap((one) => document.querySelector(one)?.cloneNode() ?? []);
  for (const selector of selectors)
    for (const element of document.querySelectorAll(selector)) {
      const plain = document.createElement('div');
      plain.append(...element.childNodes);
      if (element instanceof HTMLAnchorElement) {
        const link = document.createElement('a');
        link.href = element.href;
        link.append(...plain.childNodes);
        plain.append(link);
      }
      if (element === document.body) element.append(plain);
      else element.replaceWith(plain);
      for (const { name } of [...element.attributes]) element.removeAttribute(name);
      for (const inner of plain.querySelectorAll('*'))
        for (const { name } of [...inner.attributes])
          if (!/^(?:href|title|email|style)$/.test(name)) inner.removeAttribute(name);
    }
  for (const [nth, selector] of kept.entries()) {
    const mark = marks[nth];
    if (!mark || document.querySelector(selector)) continue;
    // What the site is known by may be the target itself: then it is known by something else.
    const id = selector
      .split(',')
      .map((one) => one.trim())
      .find((one) => /^#[\w-]+$/.test(one) && !selectors.some((target) => target.includes(one)));
    if (id) document.body.append(Object.assign(document.createElement('div'), { id: id.slice(1) }));
    else document.body.append(mark);
  }
}

async function missedIn({ url, html }: Case, recipe: Recipe, view: SiteView): Promise<PageReport['missed']> {
  await show(page, url, html, pages);
  const targets = (recipe[PARTS[view]] ?? []).map(({ selector }) => selector);
  await page.evaluate(unmark, { selectors: targets, kept: recipe.marks ?? [] });
  return (await readFrame(page.mainFrame())).report.missed;
}

const all = recipes.flatMap((recipe) =>
  (recipe.expects ?? []).map((one, nth) => ({ name: `${recipe.id} ${one.view} ${nth}`, recipe, one })),
);

describe('an expectation whose target is gone is missed', () => {
  test.each(all)('$name', async ({ recipe, one }) => {
    const here: Recipe = { ...recipe, expects: [one] };
    const cases = casesOf(recipe.id).filter(
      ({ url, expected }) =>
        expected?.site === recipe.id && expected.recipe === 'found' && expectedViews(here, url).length > 0,
    );
    const seen: PageReport['missed'][] = [];
    for (const each of cases) {
      seen.push(await missedIn(each, recipe, one.view));
      if (seen.at(-1) === one.view) break;
    }
    expect(seen).toContain(one.view);
  });
});

test.each(recipes.filter(({ kind }) => kind === 'social').map(({ id, expects }) => [id, expects] as const))(
  '%s says what it must find on profiles, where something is written, and in conversations',
  (id, expects = []) => {
    const views = new Set(expects.map(({ view }) => view));
    const wanted: SiteView[] = ['profile', 'posts', ...(id === 'github' ? [] : (['talk'] as const))];
    expect(wanted.filter((view) => !views.has(view))).toEqual([]);
  },
);
