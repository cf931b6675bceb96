import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PageReport, Sighting } from '../../utils/detect/types.ts';
import { detectionScript, launch, openContext, readFrame, show } from './browser.ts';

/** What a mail site does with a page that is open: no page loads, addresses are typed, bodies are frames. */

interface Step {
  at: number;
  report: PageReport;
}

let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

const html = (name: string) => readFileSync(join(import.meta.dirname, `${name}.html`), 'utf8');
const bodyOf = (name: string) => /<body[^>]*>(.*)<\/body>/s.exec(html(name))?.[1] ?? '';
const focused = ({ sightings }: PageReport) => sightings.filter(({ focus }) => focus);
const inFocus = (report: PageReport) => focused(report)[0]?.address;
const roleOf = (report: PageReport, address: string): Sighting['role'] | undefined =>
  report.sightings.find((one) => one.address === address)?.role;

beforeAll(async () => {
  browser = await launch();
});
beforeEach(async () => {
  await page?.context().close();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

async function open(name: string, url: string): Promise<void> {
  await show(page, url, html(name), pages);
  await page.evaluate(`${await detectionScript()}; globalThis.watching = truceDetect.watchPage(); undefined`);
  await change('undefined', () => true, 0);
}

/** Does something in the page, and waits for a report that `holds`. */
async function change(
  action: string,
  holds: (report: PageReport) => boolean,
  since?: number,
): Promise<PageReport> {
  const start = since ?? (await page.evaluate<number>(`(() => { ${action}; return performance.now(); })()`));
  for (let n = 0; n < 250; n++) {
    const steps = await page.evaluate<Step[]>('watching.reports');
    // What was reported while the page was still at it counts too: the last word does.
    const last = steps.at(-1);
    if (last && (last.at >= start || n > 10) && holds(last.report)) return last.report;
    await page.waitForTimeout(20);
  }
  throw new Error(`no such report after: ${action}`);
}

const become = (name: string, hash: string) =>
  `history.pushState({}, '', ${JSON.stringify(hash)}); document.body.innerHTML = ${JSON.stringify(bodyOf(name))}`;

test('Gmail: from the list into a message, on to another one, and back, without a page load', async () => {
  await open('gmail/list', 'https://mail.google.com/mail/u/0/#inbox');
  await change(
    become('gmail/message', '#inbox/FMfcgzQXKha1'),
    (one) => inFocus(one) === 'rosa.lind@birch.example',
  );
  await change(
    become('gmail/split-pane', '#inbox/FMfcgzQXKha2'),
    (one) => inFocus(one) === 'kim.vale@fern.example',
  );
  const list = await change(become('gmail/list', '#inbox'), (one) => focused(one).length === 0);
  expect(list.recipe).toBe('found');
});

test('Gmail: hidden messages stay in the page, and the one that is shown counts', async () => {
  await open('gmail/message-list-hidden', 'https://mail.google.com/mail/u/0/#inbox/FMfcgzQXKha3');
  await change('undefined', (one) => inFocus(one) === 'omar.reed@fern.example', 0);
  const list = await change(
    `history.pushState({}, '', '#inbox');
     for (const main of document.querySelectorAll('[role="main"]')) main.style.display = main.style.display ? '' : 'none'`,
    (one) => focused(one).length === 0,
  );
  expect(roleOf(list, 'omar.reed@fern.example')).toBeUndefined();
});

test('Gmail: recipients count as they are added; with the second nobody is in focus', async () => {
  await open('gmail/compose-empty', 'https://mail.google.com/mail/u/0/#inbox?compose=new');
  const add = (name: string, address: string) =>
    `document.querySelector('[name="to"] .wO').insertAdjacentHTML('beforeend',
      '<div role="option" data-name="${name}" data-hovercard-id="${address}"><div>${name}</div></div>')`;
  const one = await change(
    add('Ines Vale', 'ines.vale@elm.example'),
    (report) => inFocus(report) === 'ines.vale@elm.example',
  );
  expect(roleOf(one, 'ines.vale@elm.example')).toBe('recipient');
  await change(
    add('Tom Okoye', 'tom@birch.example'),
    (report) => roleOf(report, 'tom@birch.example') === 'recipient' && focused(report).length === 0,
  );
  await change(
    `document.querySelector('[name="to"] [role="option"]').remove()`,
    (report) => inFocus(report) === 'tom@birch.example',
  );
});

test('Outlook: a reply opens under the message, whose sender stays in focus', async () => {
  await open('outlook/message', 'https://outlook.office.com/mail/inbox/id/AAQkADk1');
  const report = await change(become('outlook/reply-inline', '/mail/inbox/id/AAQkADk6'), (one) =>
    one.sightings.some(({ address }) => address === 'omar.reed@fern.example'),
  );
  expect(inFocus(report)).toBe('rosa.lind@birch.example');
  const sent = await change(
    become('outlook/thread-colleague-last', '/mail/inbox/id/AAQkADk4'),
    (one) => focused(one).length === 0,
  );
  expect(roleOf(sent, 'rosa.lind@birch.example')).toBe('sender');
});

test.each(['message', 'quoted', 'reply', 'thread-own-last'])(
  'Proton %s: people in a body are mentioned, the focus is the top page’s, and the user is nobody in any frame',
  async (name) => {
    const { url } = JSON.parse(readFileSync(join(import.meta.dirname, 'proton', `${name}.json`), 'utf8'));
    await show(page, url, html(`proton/${name}`), pages);
    expect(page.frames().length).toBeGreaterThan(1);
    for (const frame of page.frames()) {
      const { report } = await readFrame(frame);
      expect(report.sightings.map(({ address }) => address)).not.toContain('me.myself@orchard.example');
      if (frame === page.mainFrame()) expect(focused(report)).toHaveLength(1);
      else
        expect(report.sightings.map(({ role, focus }) => [role, focus])).toEqual(
          report.sightings.map(() => ['mentioned', false]),
        );
    }
  },
);

test('the user’s aliases in the page are nobody in a frame either', async () => {
  const fake = html('proton/compose-alias').replace(
    '</body>',
    '<iframe srcdoc="mia@side.example, tom@birch.example"></iframe></body>',
  );
  await show(page, 'https://mail.proton.me/u/0/inbox', fake, pages);
  const last = page.frames().at(-1);
  if (!last) throw new Error('no frame');
  const { report } = await readFrame(last);
  expect(report.sightings.map(({ address }) => address)).toEqual(['tom@birch.example']);
});

test('a body cannot pass for a header: what a stranger writes in a frame moves no focus', async () => {
  const fake = html('proton/message').replace(
    /srcdoc="[^"]*"/,
    `srcdoc="<article data-shortcut-target='message-container' data-expanded='true'><span role='button' data-testid='recipients:sender' title='boss@elm.example'>The Boss</span></article><table><tr><td>From:</td><td>boss@elm.example</td></tr></table>me.myself@orchard.example"`,
  );
  await show(page, 'https://mail.proton.me/u/0/inbox/k3bIN0Zt9iwqVb7pYc1xQw==', fake, pages);
  const [, body] = page.frames();
  if (!body) throw new Error('no frame');
  const { report } = await readFrame(body);
  expect(report.sightings).toMatchObject([{ address: 'boss@elm.example', role: 'mentioned', focus: false }]);
  expect(report.sightings).toHaveLength(1);
});

test('a body that is served under an address of its own is one too, as its frame may run nothing', async () => {
  const host = 'https://cloud.oak.example';
  const body = `${host}/index.php/apps/mail/api/messages/17/html`;
  pages.set(body, '<table><tr><td>From:</td><td>The Boss &lt;boss@elm.example&gt;</td></tr></table>');
  const frame = (sandbox: string) => `<iframe sandbox="${sandbox}" src="${body}"></iframe>`;
  for (const [sandbox, focus] of [
    ['allow-popups allow-same-origin', []],
    // An app of its own, say of a help desk: the background asks it only where nobody else is on the page.
    ['allow-scripts allow-same-origin', ['boss@elm.example']],
  ] as const) {
    const html = `<main><div>Rosa Lind &lt;rosa.lind@birch.example&gt;</div>${frame(sandbox)}</main>`;
    await show(page, `${host}/index.php/apps/mail/box/7/thread/17`, html, pages);
    const [, inner] = page.frames();
    if (!inner) throw new Error('no frame');
    const { report } = await readFrame(inner);
    expect(report.sightings.map(({ address }) => address)).toEqual(['boss@elm.example']);
    expect(focused(report).map(({ address }) => address)).toEqual(focus);
  }
});
