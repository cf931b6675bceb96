import type { Page } from 'playwright-core';
import { show } from './browser.ts';
import { inOwnWorld, sessionOf } from './own-world.ts';

/** A mailbox as Gmail's: a list that stays, and a message that is swapped for the next one. */
const PAGE = `<!doctype html><title>Inbox</title><body>
  <div role="main"><table id="list"></table><div id="open"></div></div><script>
  const person = (n) => ({ name: 'Person ' + n, address: 'person' + n + '@host' + (n % 97) + '.example' });
  const row = (n) => { const { name, address } = person(n);
    return '<tr class="zA"><td><span class="yW"><span email="' + address + '" name="' + name + '">' + name + '</span></span></td><td>Subject ' + n + '</td></tr>'; };
  const message = (n) => { const { name, address } = person(n);
    return '<div class="adn ads" data-message-id="' + n + '" role="listitem"><h3><span class="gD" email="' + address + '" name="' + name + '">' + name + '</span></h3>' +
      '<div class="hb">to <span class="g2" email="me@own.example" name="me">me</span></div><div>' + ('<p>The visit went as planned, write to ' + person(n + 1).address + '.</p>').repeat(20) +
      '<blockquote class="gmail_quote">' + person(n + 2).address + ' wrote</blockquote></div></div>'; };
  let at = 0;
  function next() {
    at++;
    document.title = 'Subject ' + at + ' - me@own.example - Mail';
    history.replaceState({}, '', '#inbox/' + at);
    open_.innerHTML = message(at);
    if (at % 20 === 0) list.innerHTML = Array.from({ length: 50 }, (_, n) => row(at + n)).join('');
  }
  const list = document.getElementById('list'), open_ = document.getElementById('open');
</script></body>`;

export async function openMailbox(page: Page, pages: Map<string, string>): Promise<void> {
  await show(page, 'https://mail.google.com/mail/u/0/', PAGE, pages);
}

/** Opens so many messages, one every `every` ms. */
export function readMessages(page: Page, count: number, every: number): Promise<unknown> {
  return page.evaluate(
    `new Promise((resolve) => { let left = ${count}; const timer = setInterval(() => { next(); if (--left <= 0) { clearInterval(timer); resolve(); } }, ${every}); })`,
  );
}

/** How many different people were in focus in what was reported since `ownTasks` was asked last. */
export const sendersReported = (page: Page): Promise<number> =>
  inOwnWorld<number>(
    page,
    'new Set(watching.reports.flatMap(({ report }) => report.sightings.flatMap((one) => (one.focus ? one.keys : [])))).size',
  );

export interface Held {
  /** JavaScript's memory of the page's process, in bytes. */
  heap: number;
  /** DOM nodes of the process, in the page or out of it. */
  nodes: number;
  listeners: number;
}

/** What is left once all that nobody needs is gone. */
export async function heldBy(page: Page): Promise<Held> {
  const session = await sessionOf(page);
  await session.send('Performance.enable');
  for (let n = 0; n < 3; n++) {
    await session.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(100);
  }
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') };
}
