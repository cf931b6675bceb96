import { launch, openContext } from '../detect/browser.ts';
import { heldBy, openMailbox, readMessages, sendersReported } from '../detect/mail-hour.ts';
import { ownTasks, watchInOwnWorld } from '../detect/own-tasks.ts';
import type { Report } from './run.ts';

/** One a second for an hour, read twenty-five times as fast. */
const MESSAGES = 3600;
const EVERY = 40;
/** As fast as each of them can be reported: of many people, with the list, fewer than five a second are. */
const TOLD = 200;
const TOLD_EVERY = 400;

/** An hour of reading mail: what is held of it at its end; and whether all senders are told of at a calmer pace. */
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
    const { busy, longest } = await ownTasks(page);
    const after = await heldBy(page);
    await readMessages(page, TOLD, TOLD_EVERY);
    await page.waitForTimeout(3000);
    const senders = await sendersReported(page);
    const slow = await ownTasks(page);
    report(`${MESSAGES} messages: heap grown, collected`, (after.heap - before.heap) / 1e6, 'MB', '≤ 1');
    report(`${MESSAGES} messages: DOM nodes more`, after.nodes - before.nodes, '', '≤ 100');
    report(`${MESSAGES} messages: listeners more`, after.listeners - before.listeners, '', '≤ 0');
    report('longest task', longest, 'ms', '≤ 50');
    report('of the processor', (100 * busy) / lasted, '%', '≤ 5');
    const calm = `${TOLD} messages, one each ${TOLD_EVERY} ms`;
    report(`${calm}: whose sender was reported`, senders, '', `≥ ${TOLD}`);
    report(`${calm}: longest task`, slow.longest, 'ms', '≤ 50');
    report(`${calm}: of the processor`, (100 * slow.busy) / (TOLD * TOLD_EVERY), '%', '≤ 5');
  } finally {
    await browser.close();
  }
}
