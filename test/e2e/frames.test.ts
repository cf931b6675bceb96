import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/run.ts';
import { heldBeside } from './rig/held.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/**
 * Pages with frames of another site: each is read where its own site was opened to us, and nowhere else. Of the two
 * sites the build under test may read 127.0.0.1 without asking; localhost is allowed and forbidden in the options.
 */
let world: World;
let rig: Rig;
let server: Server;
let port: number;
let mail: Screen;
let desk: Screen;
let panel: Screen;

const OPEN = '127.0.0.1';
const OTHER = 'localhost';
/** May never be read. */
const THIRD = 'third.localhost';
/** Nobody knows them, so that no card of theirs is on this device. */
const OMAR = 'omar.reed@nobody-we-know.example';
const JANE = 'jane@corp.example';
const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title><body>${body}</body></html>`;
const header = (address: string) => `<p>From: <a href="mailto:${address}">${address}</a></p>`;

/** By path; `beside` is another site. */
const PAGES: Record<string, (beside: string) => string> = {
  /** Its text is in a frame, as mails are that came from strangers; the text has a header of its own. */
  '/mail': (beside) =>
    page(
      'Pallets',
      `<h1>Pallets</h1>${header('ann.lee@acme.example')}<iframe src="${beside}/text" width="600"></iframe>`,
    ),
  '/text': () =>
    page(
      'text',
      `<p>From: Bob Smith &lt;bob.smith@acme.example&gt;</p><p>Ask Omar Reed &lt;${OMAR}&gt;, or
        <a href="mailto:zoe.francois@societe.example">Zoë François</a>.</p>`,
    ),
  /** Nothing but a place for the mail. */
  '/desk': (beside) =>
    page('Desk', `<h1>Desk</h1><iframe src="${beside}/message" width="600"></iframe><p id="more"></p>`),
  '/message': () => page('Pilot', `<h1>Pilot</h1>${header('bob.smith@acme.example')}<p>Ask ${OMAR}</p>`),
  '/message/2': () => page('Contract', `<h1>Contract</h1>${header('zoe.francois@societe.example')}`),
};
const at = (host: string, path: string) => `http://${host}:${port}${path}`;

/** Of a tab all that the extension holds, as text. */
async function heldOf({ tabId }: Screen): Promise<string> {
  const { session } = await heldBeside(rig);
  const own = Object.entries(session).filter(([key]) => key.split(':')[1] === String(tabId));
  return JSON.stringify(own);
}

/** Waits until the frame is there, then for somebody who comes into the page later, and so is read after it. */
async function readAfter(screen: Screen, path: string): Promise<void> {
  const frame = await screen.frame(path);
  await frame.waitForText(OMAR);
  await screen.evaluate((address) => {
    const later = document.createElement('p');
    later.textContent = `Later: ${address}`;
    document.body.append(later);
  }, JANE);
  await panel.waitForText('Jane Whitfield', { timeout: 20_000 });
}

async function turn(on: boolean): Promise<void> {
  const options = await rig.open('options.html');
  if (on) {
    await rig.answerPrompt(`http://${OTHER}/*`, 'allow', async () => {
      await options.fill({ label: 'Another site' }, at(OTHER, ''));
      await options.click({ role: 'button', name: 'Allow', nth: -1 });
    });
    await options.waitForText(/localhost[\s\S]+Stop/);
  } else {
    await options.click({ role: 'button', name: `Stop reading ${OTHER}` });
    await options.waitForNoText('Stop');
  }
  await options.close();
}

async function show(screen: Screen): Promise<void> {
  await panel?.close();
  await screen.front();
  panel = await rig.panel(screen);
}

beforeAll(async () => {
  port = await freePort();
  server = createServer(({ url = '', headers }, response) => {
    const { pathname, search } = new URL(url, at(OPEN, ''));
    const found = PAGES[pathname];
    const beside = at(search ? THIRD : headers.host?.startsWith(OPEN) ? OTHER : OPEN, '');
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found?.(beside) ?? 'not found');
  });
  await new Promise<void>((done) => server.listen(port, OPEN, done));
  world = await World.start();
  rig = await world.paired();
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await world?.stop();
});

test('a mail whose text is in a frame that we may not read: who wrote it, and nothing of the text', async (context) => {
  mail = await rig.page(at(OPEN, '/mail'));
  await show(mail);
  showOnFailure(context, { mail, panel });
  await panel.waitForText('Ann Lee', { within: '.who' });
  await readAfter(mail, '/text');
  const text = await panel.text();
  for (const one of ['Zoë', 'Bob', 'Omar', OMAR]) expect(text).not.toContain(one);
  const held = await heldOf(mail);
  expect(held).toContain(JANE);
  expect(held).not.toMatch(/omar|zoe\.|bob\.smith/i);
});

test('a page whose people are only in such a frame has nobody', async (context) => {
  desk = await rig.page(at(OPEN, '/desk'));
  await show(desk);
  showOnFailure(context, { desk, panel });
  await panel.waitForText('Nobody on this page');
  await readAfter(desk, '/message');
  expect(await panel.text()).not.toMatch(/Bob|omar/i);
  expect(await heldOf(desk)).not.toMatch(/omar|bob\.smith/i);
  await desk.evaluate(() => document.body.lastElementChild?.remove());
  await panel.waitForText('Nobody on this page');
});

test('a frame that we may read, in a page that we may not: only who is in the frame', async (context) => {
  const theirs = await rig.page(at(OTHER, '/mail'));
  await show(theirs);
  showOnFailure(context, { theirs, panel });
  await panel.waitForText('Zoë François');
  await panel.waitForText('1 not known');
  expect(await panel.text()).not.toContain('Ann Lee');
  expect(await heldOf(theirs)).not.toContain('ann.lee');
  await theirs.close();
});

test('a click on the icon reads the page, and no frame of another site in it', async (context) => {
  const once = await rig.page(at(OTHER, '/mail?once'));
  const popup = await rig.realPopup(once);
  await popup.waitForText('Ann Lee');
  await show(once);
  showOnFailure(context, { once, panel });
  await readAfter(once, '/text');
  await panel.waitForText('Ann Lee');
  expect(await panel.text()).not.toMatch(/Zoë|Bob|not known/);
  expect(await heldOf(once)).not.toMatch(/omar|zoe\.|bob\.smith/i);
  await once.close();
});

test('both may be read: open pages are, the sender stays, and who is in the text is beside them', async (context) => {
  await turn(true);
  await show(mail);
  showOnFailure(context, { mail, panel });
  await panel.waitForText('Zoë François', { timeout: 20_000 });
  await panel.waitForText('1 not known');
  await panel.waitForText('Ann Lee', { within: '.who' });
  expect(await panel.text()).toContain('Bob Marley-Smith');
});

test('a page whose people are only in the frame is about its sender, from mail to mail', async (context) => {
  await show(desk);
  showOnFailure(context, { desk, panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
  await desk.evaluate(
    (address) => {
      const frame = document.querySelector('iframe');
      if (frame) frame.src = address;
    },
    at(OTHER, '/message/2'),
  );
  await panel.waitForText('Zoë François', { within: '.who' });
  await panel.waitForNoText('not known');
});

test('no longer allowed: who is in the frame is gone at once, who is in the page stays', async (context) => {
  await turn(false);
  await show(desk);
  showOnFailure(context, { desk, mail, panel });
  await panel.waitForText('Nobody on this page');
  await show(mail);
  await panel.waitForText('Ann Lee', { within: '.who' });
  await panel.waitForNoText(/Zoë|Omar|Bob/);
  expect(await heldOf(mail)).not.toMatch(/omar|zoe\.|bob\.smith/i);
});
