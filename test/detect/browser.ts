import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/browsers.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { bundle } from './bundle.ts';

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.TRUCE_CHROMIUM || findBrowser('chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** A context whose pages are served from `pages` by address; anything else is refused. */
export async function openContext(
  browser: Browser,
  pages: ReadonlyMap<string, string>,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    url.hash = '';
    const body = pages.get(url.href);
    if (body === undefined || route.request().resourceType() !== 'document') return route.abort();
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
  });
  return context;
}

let script: Promise<string> | undefined;

/** Detection as one script: sets `truceDetect`. */
export function detectionScript(): Promise<string> {
  script ??= bundle(new URL('in-page.ts', import.meta.url).pathname, 'truceDetect');
  return script;
}

const SERIALISE = 'new XMLSerializer().serializeToString(document)';

/** Reads one frame; says whether the document was left as it was. */
export async function readFrame(frame: Frame): Promise<{ report: PageReport; unchanged: boolean }> {
  const before = await frame.evaluate<string>(SERIALISE);
  const report = await frame.evaluate<PageReport>(`${await detectionScript()}; truceDetect.read()`);
  return { report, unchanged: before === (await frame.evaluate<string>(SERIALISE)) };
}

/** Shows `html` under `url`, frames written into it (`srcdoc`) included. */
export async function show(page: Page, url: string, html: string, pages: Map<string, string>): Promise<void> {
  pages.set(url.replace(/#.*$/, ''), html);
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'load' });
}

/** Shows `html` under `url`, in a frame of the page at `within` when that is given. Answers where it is shown. */
export async function showIn(
  page: Page,
  { url, within }: { url: string; within?: string | undefined },
  html: string,
  pages: Map<string, string>,
  style = 'width: 1100px; height: 700px',
): Promise<Frame> {
  if (within === undefined) {
    await show(page, url, html, pages);
    return page.mainFrame();
  }
  pages.set(url.replace(/#.*$/, ''), html);
  const frame = `<iframe style="${style}" src="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
  await show(
    page,
    within,
    `<!doctype html><html lang="en"><title>Around</title><body>${frame}</body></html>`,
    pages,
  );
  const inner = page.frames().find((one) => one !== page.mainFrame());
  if (!inner) throw new Error(`[browser] no frame in ${within}`);
  return inner;
}
