import { launch, openContext } from '../detect/browser.ts';
import { heldBy, openMailbox, readMessages } from '../detect/mail-hour.ts';
import { ownTasks, watchInOwnWorld } from '../detect/own-tasks.ts';
import type { Report } from './run.ts';

/** One a second for an hour, read twenty-five times as fast. */
const MESSAGES = 3600;
const EVERY = 40;

/** An hour of reading mail: what is held of it at its end. */
export async function bench(report: Report): Promise<void> {
  const pages = new Map<string, string>();
  const browser = await launch();
  try {
    const page = await (await openContext(browser, pages)).newPage();
    await openMailbox(page, pages);
    await watchInOwnWorld(page);
    await readMessages(page, 200, EVERY);
    await page.waitForTimeout(3000);
    await ownTasks(page);
    const before = await heldBy(page);
    const start = performance.now();
    await readMessages(page, MESSAGES, EVERY);
    const lasted = performance.now() - start;
    await page.waitForTimeout(3000);
    const { busy, reports, longest } = await ownTasks(page);
    const after = await heldBy(page);
    report(`${MESSAGES} messages: heap grown, collected`, (after.heap - before.heap) / 1e6, 'MB', '≤ 1');
    report(`${MESSAGES} messages: DOM nodes more`, after.nodes - before.nodes, '', '≤ 100');
    report(`${MESSAGES} messages: listeners more`, after.listeners - before.listeners, '', '≤ 0');
    report('reports', reports, '');
    report('longest task', longest, 'ms', '≤ 50');
    report('of the processor', (100 * busy) / lasted, '%', '≤ 5');
  } finally {
    await browser.close();
  }
}
