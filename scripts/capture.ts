import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from './browsers.ts';
import { captured } from './capture-page.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Where the person's sign-ins for capturing are kept, apart from their own browser's. */
const PROFILE = join(homedir(), '.cache/truce-capture');
const USAGE = `npm run capture -- https://mail.example.org/ --site example --case message
npm run capture -- --file saved.html --url https://mail.example.org/inbox/1 --site example --case message
npm run capture -- --port 9222 --url mail.example.org --site example --case message`;

const NO_DISPLAY = `There is no display to open a browser on. Instead:
- save the page in a browser elsewhere (its source as it is now, not "complete"), and hand it over with --file and --url;
- or reach a browser that is open elsewhere: start it with --remote-debugging-port=9222, bring that port here
  (ssh -R 9222:127.0.0.1:9222), and use --port 9222;
- or give it a display that nobody sees, for a page that needs no sign-in: xvfb-run -a npm run capture -- …`;

/** What was asked for cannot be; the message says why, to a person. */
class Refused extends Error {}

function readArgs() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        site: { type: 'string' },
        case: { type: 'string' },
        file: { type: 'string' },
        url: { type: 'string' },
        port: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Refused(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/** Throws `Refused` when there will be no Enter any more, or nothing to capture. */
async function untilEnter(question: string, context: BrowserContext): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const given = new Promise<never>((_, reject) => {
    terminal.once('close', () =>
      reject(new Refused('\nNothing was captured: there is no terminal to press Enter in.')),
    );
    context.once('close', () => reject(new Refused('\nNothing was captured: the browser was closed.')));
  });
  try {
    await Promise.race([terminal.question(question), given]);
  } finally {
    terminal.close();
  }
}

/** The person's own browser for capturing, where they are signed in already. */
async function openProfile(executablePath: string, args: string[]): Promise<BrowserContext> {
  try {
    return await chromium.launchPersistentContext(PROFILE, {
      executablePath,
      args,
      headless: false,
      viewport: null,
    });
  } catch (error) {
    if (!/ProcessSingleton|existing browser session/i.test(String(error))) throw error;
    throw new Refused('A browser for capturing is open already: press Enter there, or close it.');
  }
}

/** Opens what is to be captured; answers the page, and what ends the browser if it is ours. */
async function open(args: ReturnType<typeof readArgs>): Promise<{ page: Page; close(): Promise<void> }> {
  const { file, url, port } = args.values;
  const executablePath = process.env.TRUCE_CHROMIUM || findBrowser('chromium');
  // Its own sandbox refuses to start as root, which is how containers run.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (file !== undefined) {
    if (!/^https?:\/\/./.test(url ?? '')) throw new Refused('Where is the page from? --url https://…');
    const body = await readFile(file, 'utf8').catch(() => {
      throw new Refused(`${file} cannot be read.`);
    });
    const browser = await chromium.launch({ executablePath, args: flags });
    const page = await showSaved(browser, url ?? '', body);
    return { page, close: () => browser.close() };
  }
  if (port !== undefined) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${Number(port)}`).catch(() => {
      throw new Refused(`No browser listens at ${port}: start one with --remote-debugging-port=${port}`);
    });
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((one) => one.url().includes(url ?? 'http'));
    if (!page) throw new Refused(`No open page has "${url}" in its address.`);
    // Only the connection ends; the browser is the person's own.
    return { page, close: () => browser.close() };
  }
  const [address] = args.positionals;
  if (!/^https?:\/\/./.test(address ?? '')) throw new Refused(`Which page?\n\n${USAGE}`);
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Refused(NO_DISPLAY);
  const context = await openProfile(executablePath, flags);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address ?? '').catch(() => undefined);
  try {
    await untilEnter('Sign in, open what is to be captured, then press Enter here. ', context);
  } catch (error) {
    await context.close();
    throw error;
  }
  return { page: context.pages().at(-1) ?? page, close: () => context.close() };
}

/** A saved page under its address; nothing else loads, and none of its scripts runs. */
async function showSaved(browser: Browser, url: string, body: string): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const at = new URL(url);
  at.hash = '';
  await page.route('**/*', (route) =>
    route.request().url() === at.href
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body })
      : route.abort(),
  );
  await page.goto(url);
  return page;
}

try {
  const args = readArgs();
  const { site = '', case: name = '' } = args.values;
  for (const one of [site, name]) {
    if (!/^[a-z\d]+(?:-[a-z\d]+)*$/.test(one)) throw new Refused(`--site and --case are needed.\n\n${USAGE}`);
  }
  const path = join(ROOT, 'test/detect', site, name);
  if (existsSync(`${path}.html`)) throw new Refused(`test/detect/${site}/${name}.html is there already.`);
  const { page, close } = await open(args);
  try {
    const { html, url, left, before, after } = await captured(page);
    if (left.length > 0) {
      const said = process.env.TRUCE_CAPTURE_SHOW ? `\n${left.join(' ')}` : '';
      throw new Refused(
        `Nothing was written: of the page's own words ${left.length} would have been left.${said}`,
      );
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.html`, html, { flag: 'wx' });
    await writeFile(`${path}.json`, `{\n  "url": ${JSON.stringify(url)}\n}\n`, { flag: 'wx' });
    console.log(`test/detect/${site}/${name}.html\ntest/detect/${site}/${name}.json`);
    if (before !== after) console.log(`\nFound in the page: ${before}\nFound in what was written: ${after}`);
    console.log(
      '\nRead the page before you commit it, and cut away what does not matter. Then write down who is to be found:',
      `\n    UPDATE=1 npx vitest run --project detect test/detect/run.test.ts -t ${site}/${name}`,
    );
  } finally {
    await close();
  }
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
