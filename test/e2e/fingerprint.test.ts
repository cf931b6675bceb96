import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyBuild } from './rig/copy-build.ts';
import { call, observed, probe, visibleTraces } from './rig/fingerprint.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** No page can tell that somebody has Truce: all it can see is the same with the extension and without. */
let world: World;
let rig: Rig;
/** A tab of the same browser without the extension. */
let plain: Screen;
let folder: string;
let id: string;
/** An id that nobody's extension has. */
const NOBODY =
  kind === 'firefox'
    ? 'moz-extension://9f1d0c52-6b7e-4c0f-8a55-0d5b4f2f7e66'
    : 'chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba';

beforeAll(async () => {
  world = await World.start();
  folder = await copyBuild();
  rig = await world.browser('test', { extension: folder });
  await world.pair(rig);
  id = kind === 'firefox' ? 'truce@truce.example' : new URL(rig.origin).host;
  const bare = await world.browser();
  plain = await bare.page(`${world.pages.url}/empty`);
  await plain.page.browser().uninstallExtension(id);
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

type Change = (screen: Screen) => Promise<void>;

/** All that a page sees, and what of it is ours. */
async function look(screen: Screen) {
  const traces = await screen.evaluate(visibleTraces);
  const { types, kept, timed } = await screen.evaluate(observed);
  const ours = new RegExp(`${new URL(rig.origin).host}|${id}|-extension:|(?:content|reader|names)-script`);
  const told = [JSON.stringify(traces), ...kept, ...timed].filter((one) => ours.test(one));
  const seen: Record<string, unknown> = { ...traces, types, kept };
  return { told, timed, seen };
}

/** What a page sees in the browser without the extension, after `change` has run in it. */
async function without(path: string, change?: Change) {
  await plain.page.goto(`${world.pages.url}${path}`);
  await plain.front();
  await change?.(plain);
  return (await look(plain)).seen;
}

const nothing: Change = async () => undefined;
/** Somebody writes a mail, and has not come to an end. */
const write: Change = async (screen) => {
  await screen.fill('[name="_subject"]', 'Prices');
  await screen.fill('[name="_message"]', 'Dear Bob, ask zoe.francois@societe.example. ');
  await screen.fill('[name="_to"]', 'bob.smith@acme.example, zoe');
};
const openDialog: Change = async (screen) => screen.click({ role: 'button', name: 'Who is it?' });

test.each<[string, string | RegExp, Change]>([
  ['/people', 'Bob Marley-Smith', nothing],
  ['/spied', 'Bob Marley-Smith', nothing],
  ['/one-stranger', /not known/, nothing],
  ['/empty', /./, nothing],
  ['/@bob', 'Bob Marley-Smith', nothing],
  ['/mail/?_task=mail&_action=compose', 'Bob Marley-Smith', write],
  ['/dialog', 'Bob Marley-Smith', openDialog],
])(
  '%s is the same with the extension and without, also beside an open panel',
  async (path, shown, change) => {
    const screen = await rig.page(`${world.pages.url}${path}`);
    const panel = await rig.panel(screen);
    if (change !== nothing) await screen.front();
    await change(screen);
    await panel.waitForText(shown);
    const { seen, told } = await look(screen);
    expect(Object.keys(seen.builtIns as object).length).toBeGreaterThan(500);
    expect(seen.types).toEqual(expect.arrayContaining(['resource', 'event', 'navigation']));
    expect(told).toEqual([]);
    expect(seen).toEqual(await without(path, change));
    await screen.close();
  },
);

/** A page of LinkedIn's, played from here; only Chromium's driver can. */
const play: Change = async ({ page }) => {
  await page.setRequestInterception(true);
  const html = await fetch(`${world.pages.url}/spied`).then((response) => response.text());
  const body = html.replace('<ul>', '<main><section><h1>John Doe</h1><div>Buyer at Corp</div></section><ul>');
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== SITE || pathname !== PROFILE) void request.abort();
    else void request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body });
  });
  await page.goto(SITE + PROFILE);
};
const SITE = 'https://www.linkedin.com';
const PROFILE = '/in/john-doe-buys/';

test.runIf(kind === 'chromium')('a profile on a site that was turned on', async (context) => {
  const options = await rig.open('options.html');
  const ask = () => options.click({ role: 'button', name: 'Allow Truce to read LinkedIn' });
  await rig.answerPrompt(`${SITE}/*`, 'allow', ask);
  await options.waitForText(/LinkedIn[\s\S]+Stop/);
  await options.close();
  const screen = await rig.page('about:blank');
  await play(screen);
  const panel = await rig.panel(screen);
  showOnFailure(context, { screen, panel });
  await panel.waitForText('John Doe');
  const { seen, told } = await look(screen);
  expect(told).toEqual([]);
  const other = await (await world.browser()).page('about:blank');
  await other.page.browser().uninstallExtension(id);
  await play(other);
  expect(seen).toEqual((await look(other)).seen);
  await screen.close();
});

/** People come and go, as in a mailbox. */
async function goOn(screen: Screen): Promise<void> {
  await screen.evaluate(() => {
    document.body.append('zoe.francois@societe.example ');
    history.pushState({}, '', '?next');
  });
}

test('a note pinned from the popup, a page that goes on, and an update leave nothing in it', async (context) => {
  const screen = await rig.page(`${world.pages.url}/spied`);
  const panel = await rig.panel(screen);
  showOnFailure(context, { screen, panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  const popup = await rig.popup(screen);
  await popup.waitForText('Note for');
  await popup.fill('textarea', 'Met at the fair.');
  await popup.click({ role: 'button', name: 'Pin a note' });
  await popup.waitForText('Shared with the team');
  await popup.close();
  await screen.front();
  await panel.waitForText('Met at the fair.');
  await goOn(screen);
  await panel.waitForText('Zoë François');

  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, version: '0.1.1' }));
  await rig.update();
  await screen.front();
  const after = await rig.realPanel(screen);
  await after.waitForText('Zoë François', { timeout: 20_000 });
  await goOn(screen);
  await new Promise((done) => setTimeout(done, 1000));

  const { seen, told } = await look(screen);
  const twice = await without('/spied', async (other) => {
    await goOn(other);
    await goOn(other);
  });
  expect(told).toEqual([]);
  expect(seen).toEqual(twice);
  await screen.close();
});

test('the comparison has eyes: an attribute, a property, a global, a wrapped function', async () => {
  const before = await without('/people');
  const changes: (() => void)[] = [
    () => document.body.setAttribute('data-x', ''),
    () => Object.assign(document.querySelector('ul') ?? {}, { x: 1 }),
    () => Object.assign(globalThis, { x: 1 }),
    () => {
      const { querySelector } = Document.prototype;
      Document.prototype.querySelector = function (...asked: unknown[]) {
        return querySelector.apply(this, asked as [string]);
      };
    },
    () => document.adoptedStyleSheets.push(new CSSStyleSheet()),
    () => void performance.mark('x'),
    () => void document.querySelector('h1')?.attachShadow({ mode: 'open' }),
  ];
  for (const change of changes) {
    expect(await without('/people', (screen) => screen.evaluate(change)), String(change)).not.toEqual(before);
  }
});

test('and sees who ran: a script that takes long, by its name', async () => {
  await without('/people', (screen) =>
    screen.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent =
        'requestAnimationFrame(function reader() { const end = performance.now() + 150; while (performance.now() < end); })\n//# sourceURL=reader-script.js';
      document.body.append(script);
      await new Promise((done) => setTimeout(done, 500));
    }),
  );
  const { timed } = await look(plain);
  expect(timed.length).toBeGreaterThan(0);
  if (kind === 'chromium') expect(timed.join('\n')).toMatch(/"longtask"|long-animation-frame/);
});

/** What came of each way of asking. */
function told({ worker, ...others }: Record<string, string>): string {
  // By it Firefox tells whoever knows an extension's id whether there is one. The id is random, another one in each
  // browser, and the tests above hold that no page gets to know it.
  return JSON.stringify(kind === 'firefox' ? others : { worker, ...others });
}

test('no file of the package can be told from one of an extension that nobody has', async () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  expect(files).toEqual(expect.arrayContaining(['manifest.json', 'content-script.js', 'icon/16.png']));
  const screen = await rig.page(`${world.pages.url}/one-stranger`);
  const wrong: unknown[] = [];
  const groups = [...files, '', 'no-such-file.js'].map((file, n) => [n % 8, file] as const);
  for (let group = 0; group < 8; group++) {
    const paths = groups.filter(([of]) => of === group).map(([, file]) => file);
    const [ours, nobodys] = await Promise.all(
      [rig.origin, NOBODY].map((origin) =>
        Promise.all(paths.map((path) => screen.evaluate(probe, origin, path))),
      ),
    );
    for (const [n, path] of paths.entries()) {
      const [here, there] = [ours?.[n], nobodys?.[n]].map((one) => told(one ?? {}));
      if (here !== there) wrong.push({ path, here, there });
      const reached =
        /(?:image|script|module|style)":"load|"(?:module|font|message)"[,}]|"(?:basic|cors|opaque|200) /;
      expect(here).not.toMatch(reached);
    }
  }
  expect(wrong).toEqual([]);
  await screen.close();
}, 240_000);

test('nobody answers a page that calls', async () => {
  const screen = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(screen);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  const heard = await screen.evaluate(call, new URL(rig.origin).host);
  await plain.page.goto(`${world.pages.url}/people`);
  expect(heard).toEqual(await plain.evaluate(call, new URL(rig.origin).host));
  expect(heard.filter((what) => /^(?:connect|truce|sendMessage: (?!Type))/.test(what))).toEqual([]);
});
