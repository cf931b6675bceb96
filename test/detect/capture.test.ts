import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browsers.ts';
import { captured } from '../../scripts/capture-page.ts';
import { freePort, run } from '../../scripts/run.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { detectionScript, launch, openContext, show } from './browser.ts';

/** What `npm run capture` makes of a page: nobody and nothing said is left, and everybody is found as before. */
const URL_ = 'https://mail.google.com/mail/u/0/#inbox/FMkestrelToken99317';

/** Words that stand nowhere else, each at another place of the page. */
const CANARIES =
  `kestrel ostrich pelican flamingo cormorant puffin albatross nightingale bullfinch goldcrest oriole
  plover curlew sandpiper turnstone lapwing dunlin whimbrel avocet bittern spoonbill gannet fulmar shearwater guillemot
  razorbill skua kittiwake woodcock harrier buzzard goshawk merlin osprey wigeon pintail gadwall shoveler pochard
  goldeneye smew redshank lanner hobby 王伟 김민준 ٤٤١١`.split(/\s+/);

const MAIL = `<!doctype html><html><head><title>Kestrel plans - me.ostrich@pelican.example.com - Gmail</title>
<style>.gone{display:none} .flamingo::before{content:"cormorant"}</style><meta name="description" content="puffin"></head>
<body><!-- albatross --><div role="main"><h2 class="hP">Kestrel plans for nightingale</h2>
<div class="adn ads" data-message-id="#msg-f:1799317755">
<h3 class="iw"><span class="gD user-bullfinch" email="ann.bullfinch@goldcrest.example.com" name="Ann Bullfinch"
 data-hovercard-id="ann.bullfinch@goldcrest.example.com">Ann Bullfinch</span></h3>
<span class="hb">to <span class="g2" email="me.ostrich@pelican.example.com" name="me">me</span>,
<span class="g2" email="lee@oriole.example.com" name="Lee Plover">Lee Plover</span></span>
<div class="a3s"><p>Dear curlew, the SANDPIPER costs 4411 turnstones.</p>
<a href="mailto:Dunlin%20Whimbrel%20%3Cdunlin%40whimbrel.example.com%3E?subject=avocet">Dunlin Whimbrel</a>
<a href="https://bittern.example.com/spoonbill/gannet?fulmar=shearwater#guillemot" title="razorbill">skua</a>
<img alt="kittiwake" src="https://woodcock.example.com/harrier.png"><input value="buzzard" placeholder="goshawk">
<textarea>merlin</textarea><p class="gone">osprey@wigeon.example.com</p><p data-note='{"pintail":"gadwall"}' aria-label="shoveler"></p>
<p id="thread-project-lanner" class="row-lanner" data-view="hobby-Bo-Xu" aria-controls="thread-project-lanner">Project Lanner: Bo Xu, 王伟 and 김민준 pay ٤٤١١ or 731</p>
<p>write to pochard@<wbr>goldeneye.example.com</p><a href="/cdn-cgi/l/email-protection#HEX">smew</a>
<script>const redshank = 1;</script><script type="application/ld+json">{"@type":"Person","name":"Ann Bullfinch","email":"ann.bullfinch@goldcrest.example.com","url":"https://oriole.example.com/plover"}</script>
<iframe srcdoc="<p>puffin said lee@oriole.example.com</p>"></iframe><b id="host"></b></div></div></div>
<script>host.attachShadow({ mode: 'open' }).innerHTML = '<i title="lapwing">lapwing</i>';</script></body></html>`.replace(
  'HEX',
  Buffer.from([7, ...Buffer.from('smew@redshank.example.com').map((byte) => byte ^ 7)]).toString('hex'),
);

const executablePath = process.env.TRUCE_CHROMIUM || findBrowser('chromium');
let browser: Browser;
let page: Page;
const pages = new Map<string, string>();

beforeAll(async () => {
  browser = await launch();
  page = await (await openContext(browser, pages)).newPage();
});
afterAll(() => browser?.close());

/** Everything that could be read out of a text: as it is, decoded, and what is hidden in hex. */
const readable = (html: string) => {
  const hex = [...html.matchAll(/[\da-f]{20,}/gi)].map(([run]) => {
    const [key = 0, ...bytes] = Buffer.from(run, 'hex');
    return Buffer.from(bytes.map((byte) => byte ^ key)).toString();
  });
  return [html, decodeURIComponent(html.replace(/%(?![\da-f]{2})/gi, '%25')), ...hex]
    .join('\n')
    .toLowerCase();
};

const look = async (): Promise<PageReport> =>
  page.evaluate<PageReport>(`${await detectionScript()}; truceDetect.read()`);
const shape = ({ recipe, sightings }: PageReport) => ({
  recipe,
  people: sightings.map(({ role, focus, why, name }) => [role, focus, why, (name ?? '').length]),
});

test('no canary survives, and the same people are found in the same roles', async () => {
  await show(page, URL_, MAIL, pages);
  const before = await look();
  expect(before.sightings.length).toBeGreaterThan(4);
  const untouched = await page.content();
  const { html, url, left, before: told, after } = await captured(page);
  expect(await page.content(), 'the page that is captured stays as it is').toBe(untouched);

  expect(readable(MAIL).match(new RegExp(CANARIES.join('|'), 'g'))?.length).toBeGreaterThan(40);
  expect(CANARIES.filter((canary) => readable(`${html} ${url}`).includes(canary))).toEqual([]);
  expect(html).not.toContain('example.com');
  expect(html).not.toMatch(/4411|1799317755|99317|\b731\b|\b(?:Bo|Xu)\b/);
  expect(html).toMatch(/ id="(\w+-\w+-\w+)"[^>]* aria-controls="\1"/);
  expect(left).toEqual([]);
  expect(after).toBe(told);

  await show(page, url, html, pages);
  expect(shape(await look())).toEqual(shape(before));
  // One person is one person wherever she stands.
  const ann = (await look()).sightings.find(({ focus }) => focus);
  expect(html.split(ann?.address ?? '?').length - 1).toBe(3);
  expect(html.split(ann?.name ?? '?').length - 1).toBe(3);
  expect(page.frames()).toHaveLength(2);
});

test('as its user would, on a page that was saved: two files, and a refusal to write over them', async () => {
  const root = resolve(import.meta.dirname, '../..');
  const copy = await mkdtemp(join(tmpdir(), 'truce-capture-'));
  try {
    for (const path of ['package.json', 'scripts', 'utils/contract', 'utils/detect']) {
      await cp(join(root, path), join(copy, path), { recursive: true });
    }
    for (const name of ['browser.ts', 'bundle.ts', 'in-page.ts']) {
      await cp(join(root, 'test/detect', name), join(copy, 'test/detect', name));
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await writeFile(join(copy, 'saved.html'), MAIL);
    const ask = (...args: string[]) =>
      run('npm', ['run', '--silent', 'capture', '--', ...args], {
        cwd: copy,
        quiet: true,
        env: { DISPLAY: '', WAYLAND_DISPLAY: '' },
      });
    const args = ['--file', 'saved.html', '--url', URL_, '--site', 'gmail', '--case', 'saved'];
    const { code, output } = await ask(...args);
    expect(output).toContain('test/detect/gmail/saved.html');
    expect(code).toBe(0);
    expect(CANARIES.filter((canary) => readable(output).includes(canary))).toEqual([]);
    const html = await readFile(join(copy, 'test/detect/gmail/saved.html'), 'utf8');
    expect(CANARIES.filter((canary) => readable(html).includes(canary))).toEqual([]);
    const json = JSON.parse(await readFile(join(copy, 'test/detect/gmail/saved.json'), 'utf8'));
    expect(json.url).toMatch(/^https:\/\/mail\.google\.com\/mail\/u\/\d\/#inbox\/\w+$/);

    expect(await ask(...args)).toMatchObject({
      code: 1,
      output: expect.stringContaining('is there already'),
    });
    // A page of a browser that is open already: it stays open.
    const port = await freePort();
    const options = { executablePath, args: ['--no-sandbox', `--remote-debugging-port=${port}`] };
    const theirs = await chromium.launchPersistentContext(join(copy, 'profile'), options);
    try {
      const tab = theirs.pages()[0] ?? (await theirs.newPage());
      await tab.route('**/*', (route) =>
        route.request().resourceType() === 'document'
          ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: MAIL })
          : route.abort(),
      );
      await tab.goto(URL_);
      const reached = [
        '--port',
        String(port),
        '--url',
        'mail.google',
        '--site',
        'gmail',
        '--case',
        'reached',
      ];
      expect(await ask(...reached)).toMatchObject({ code: 0 });
      const other = await readFile(join(copy, 'test/detect/gmail/reached.html'), 'utf8');
      expect(CANARIES.filter((canary) => readable(other).includes(canary))).toEqual([]);
      expect(await tab.evaluate('document.title')).toContain('Kestrel plans');
    } finally {
      await theirs.close();
    }

    const refused = [
      [['--file', 'saved.html', '--url', URL_, '--site', 'gmail'], /--site and --case/],
      [['--file', 'none.html', '--url', URL_, '--site', 'gmail', '--case', 'x'], /cannot be read/],
      [['--file', 'saved.html', '--site', 'gmail', '--case', 'x'], /Where is the page from/],
      [['--site', '../x', '--case', 'x'], /--site and --case/],
      [['--site', 'gmail', '--case', 'x'], /Which page/],
      [
        ['https://mail.google.com/', '--site', 'gmail', '--case', 'x'],
        /no display[\s\S]+--file[\s\S]+--port/,
      ],
      [['--port', '1', '--site', 'gmail', '--case', 'x'], /No browser listens/],
    ] as const;
    for (const [wrong, why] of refused) {
      expect(await ask(...wrong)).toMatchObject({ code: 1, output: expect.stringMatching(why) });
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
