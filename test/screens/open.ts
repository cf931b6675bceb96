import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { findBrowser } from '../../scripts/browsers.ts';

const ORIGIN = 'http://screens.test';
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

export type ScreenName = 'panel' | 'popup' | 'options' | 'team' | 'desk';

export interface Screens {
  /** A page with one of the screens in it; `globalThis.gallery` there shows the states. */
  open(screen: ScreenName, how?: { width?: number; height?: number; dark?: boolean }): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the gallery in memory and serves it to a headless Chromium, which has no network but this. */
export async function openScreens(): Promise<Screens> {
  const files = await bundle();
  const browser: Browser = await chromium.launch({ executablePath: findBrowser('chromium') });
  const contexts = new Set<BrowserContext>();
  return {
    async open(screen, { width = 320, height = 800, dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      });
      contexts.add(context);
      await context.route('**', (route) => {
        const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
        const body = files.get(name);
        if (body === undefined) return route.abort();
        return route.fulfill({ body, contentType: TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' });
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(`${ORIGIN}/?${screen}`);
      await page.waitForFunction('globalThis.gallery !== undefined');
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

async function bundle(): Promise<Map<string, string>> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'chrome130', modulePreload: { polyfill: false } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  return new Map(
    outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)]),
  );
}
