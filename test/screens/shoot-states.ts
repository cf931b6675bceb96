/**
 * Takes the pictures of docs/states.md: `node test/screens/shoot-states.ts [FOLDER]`. Nothing is compared.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { show } from './deeds.ts';
import { openScreens } from './open.ts';

const folder = process.argv[2] ?? resolve(import.meta.dirname, '../../docs/screenshots/states');
mkdirSync(folder, { recursive: true });

interface Shot {
  view: string;
  /** Is there before, so that the other one comes under the reader's eyes. */
  first?: string;
  /** Of what is to be unfolded. */
  open?: string;
  height?: number;
  dark?: boolean;
  /** Twice the usual text size. */
  large?: boolean;
}
const shots: Record<string, Shot> = {
  live: { first: 'mail', view: 'live' },
  stale: { view: 'stale' },
  offline: { view: 'offline' },
  waiting: { view: 'waiting', open: '.outbox summary', height: 720 },
  refused: { view: 'refused', height: 760 },
  'no-copy': { view: 'offlineNoCopy', height: 320 },
  locked: { view: 'locked', height: 320 },
  'waiting-dark': { view: 'waiting', open: '.outbox summary', dark: true },
  'offline-large': { view: 'offline', large: true },
  'live-rtl': { view: 'rtl' },
  'site-stale': { view: 'siteStaleWithPeople' },
  'site-stale-dark': { view: 'siteStale', height: 400, dark: true },
  suggestion: { view: 'suggestion' },
};

const screens = await openScreens();
for (const [name, { view, first, open, height = 640, dark = false, large = false }] of Object.entries(
  shots,
)) {
  const page = await screens.open('panel', { width: 320, height, dark });
  if (large) await page.evaluate("document.documentElement.style.fontSize = '26px'");
  await show(page, first ?? view);
  if (first) await page.evaluate(`gallery.push(${JSON.stringify(view)})`);
  if (open) await page.locator(open).click();
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
}
await screens.close();
