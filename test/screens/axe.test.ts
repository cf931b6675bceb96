import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deeds, perform, show } from './deeds.ts';
import { openScreens, type ScreenName, type Screens } from './open.ts';
import { TEAM_STATES } from './team-states.ts';
import { views } from './views.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTH: Record<ScreenName, number> = { panel: 320, popup: 360, options: 640, team: 320 };

/** The options show no page and no people. */
const CONNECTIONS = [
  ...['mail', 'offline', 'connecting', 'denied', 'strange', 'unset', 'storageFull', 'silent', 'waiting'],
  ...['signedOut', 'signedOutTheft', 'removed', 'locked', 'viewer', 'rtlMe'],
  ...['signingIn', 'signInFailed', 'code', 'preset'],
];

const namesOf = (screen: ScreenName): string[] => {
  if (screen === 'team') return TEAM_STATES;
  return screen === 'options' ? CONNECTIONS : [...Object.keys(views), 'silent'];
};

let screens: Screens;
beforeAll(async () => {
  screens = await openScreens();
});
afterAll(() => screens.close());

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong, as lines that name the rule, the element and what to do. In the dark only colours differ. */
async function faults(page: Page, dark: boolean): Promise<string[]> {
  const runOnly = dark ? ['color-contrast'] : EVERYTHING;
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(runOnly)} })`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
}

/** Elements that stick out to the side, where nobody scrolls. */
const SPILLING = `[...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('.people, .unseen') && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))`;

/** Asks the same of every state of a screen; answers what was wrong, by state, and nothing of the others. */
async function inEveryState(page: Page, screen: ScreenName, ask: () => Promise<string[]>) {
  const wrong: Record<string, string[]> = {};
  const note = (name: string, found: string[]) => {
    if (found.length > 0) wrong[name] = found;
  };
  for (const name of namesOf(screen)) {
    await show(page, name);
    note(name, await ask());
  }
  for (const [name, deed] of Object.entries(deeds)) {
    if (deed.screen !== screen) continue;
    await perform(page, deed);
    note(name, await ask());
  }
  return wrong;
}

describe.each(['panel', 'popup', 'options', 'team'] as const)('%s', (screen) => {
  test.each([false, true])('has no fault in any state, dark: %s', async (dark) => {
    const page = await screens.open(screen, { width: WIDTH[screen], dark });
    // Not by a script element: the page's own policy forbids those, as the extension's does.
    await page.evaluate(axe);
    expect(await inEveryState(page, screen, () => faults(page, dark))).toEqual({});
  });

  // A popup is as wide as it makes itself; the options may be opened on a phone, or zoomed.
  const widths = screen === 'options' ? [WIDTH.options, 320] : [WIDTH[screen]];
  const sizes = widths.flatMap((width) => [1, 2].map((times) => [width, times] as const));
  test.each(sizes)('keeps everything in %s px, text times %s', async (width, times) => {
    const page = await screens.open(screen, { width });
    await page.evaluate(`document.documentElement.style.fontSize = '${13 * times}px'`);
    expect(await inEveryState(page, screen, () => page.evaluate<string[]>(SPILLING))).toEqual({});
  });
});
