import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT, type Mailbox, serveMailbox, THREADS } from '../../server/sample/mailbox.ts';

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await serveMailbox(0);
});
afterAll(() => mailbox.close());

it('serves the page and at least 25 mails on loopback', async () => {
  expect(mailbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(THREADS.length).toBeGreaterThanOrEqual(25);
  const { account, threads } = await (await fetch(`${mailbox.url}mails.json`)).json();
  expect([account, threads.length]).toEqual([ACCOUNT, THREADS.length]);
  expect(await (await fetch(mailbox.url)).text()).toContain('<main id="reading"');
});

it('has nothing in the page that was made for Truce', async () => {
  for (const name of ['', 'page.js', 'page.css']) {
    expect(await (await fetch(mailbox.url + name)).text()).not.toMatch(
      /truce|data-(?:email|contact)|itemprop|h-card/i,
    );
  }
});

it('names no thread twice', () => {
  expect(new Set(THREADS.map((thread) => thread.id)).size).toBe(THREADS.length);
});
