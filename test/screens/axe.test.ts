import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { some } from '../series.ts';
import { deeds, perform, show } from './deeds.ts';
import { deskViews } from './desk-views.ts';
import { openScreens, type ScreenName, type Screens } from './open.ts';
import { TEAM_STATES } from './team-states.ts';
import { views } from './views.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTH: Record<ScreenName, number> = { panel: 320, popup: 360, options: 640, team: 320, desk: 320 };

/** The options show no page and no people. */
const CONNECTIONS = [
  ...['mail', 'offline', 'connecting', 'denied', 'strange', 'unset', 'storageFull', 'silent', 'waiting'],
  ...['signedOut', 'signedOutTheft', 'removed', 'locked', 'viewer', 'rtlMe'],
  ...['signingIn', 'signInFailed', 'code', 'preset', 'othersWait', 'elsewhere'],
];

const namesOf = (screen: ScreenName): string[] => {
  if (screen === 'team') return TEAM_STATES;
  if (screen === 'desk') return [...Object.keys(deskViews), 'silent'];
  return screen === 'options' ? CONNECTIONS : [...Object.keys(views), 'silent'];
};

/** A state of a screen, and how one comes to it. */
type State = readonly [name: string, enter: (page: Page) => Promise<unknown>];
const statesOf = (screen: ScreenName): State[] => [
  ...namesOf(screen).map((name): State => [name, (page) => show(page, name)]),
  ...Object.entries(deeds)
    .filter(([, deed]) => deed.screen === screen)
    .map(([name, deed]): State => [name, (page) => perform(page, deed)]),
];

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

/** Asks the same of each state; answers what was wrong, by state, and nothing of the others. */
async function inEach(page: Page, states: readonly State[], ask: () => Promise<string[]>) {
  const wrong: Record<string, string[]> = {};
  for (const [name, enter] of states) {
    await enter(page);
    const found = await ask();
    if (found.length > 0) wrong[name] = found;
  }
  return wrong;
}

describe.each(['panel', 'popup', 'options', 'team', 'desk'] as const)('%s', (screen) => {
  const states = statesOf(screen);
  // Every state in the light; of the same ones in the dark a cut, unless the series is long.
  const schemes: [dark: boolean, states: readonly State[]][] = [
    [false, states],
    [true, some(states, 12)],
  ];
  test.each(schemes)(
    'has no fault in any state, dark: %s',
    async (dark, asked) => {
      const page = await screens.open(screen, { width: WIDTH[screen], dark });
      // Not by a script element: the page's own policy forbids those, as the extension's does.
      await page.evaluate(axe);
      expect(await inEach(page, asked, () => faults(page, dark))).toEqual({});
    },
    180_000,
  );

  // A popup is as wide as it makes itself; the options may be opened on a phone, or zoomed.
  const widths =
    screen === 'options' ? [WIDTH.options, 320] : screen === 'desk' ? [WIDTH.desk, 900] : [WIDTH[screen]];
  const sizes = widths.flatMap((width) => [1, 2].map((times) => [width, times] as const));
  test.each(sizes)('keeps everything in %s px, text times %s', async (width, times) => {
    const page = await screens.open(screen, { width });
    await page.evaluate(`document.documentElement.style.fontSize = '${13 * times}px'`);
    expect(await inEach(page, states, () => page.evaluate<string[]>(SPILLING))).toEqual({});
  });
});
