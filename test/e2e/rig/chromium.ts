import puppeteer, { type Browser, type Page, type Target } from 'puppeteer-core';
import { findBrowser } from '../../../scripts/browsers.ts';
import { Screen, until } from './screen.ts';
import { openPage, signInPage } from './sign-in-page.ts';
import type { LaunchOptions, Rig } from './types.ts';

/** What of the browser's functions the rig calls inside its pages. */
declare const chrome: {
  tabs: {
    query(filter: object): Promise<{ id?: number }[]>;
    get(tabId: number): Promise<{ windowId: number }>;
  };
  windows: { getAll(): Promise<{ id?: number }[]> };
  sidePanel: { open(where: { windowId: number }): Promise<void> };
  developerPrivate: { addHostPermission(extensionId: string, host: string): Promise<void> };
};

/** Chromium over the DevTools protocol, which reaches the real side panel and the real popup. */
export async function launchChromium(options: LaunchOptions): Promise<Rig> {
  const browser = await puppeteer.launch({
    executablePath: findBrowser('chromium'),
    headless: options.headless ?? true,
    pipe: true,
    enableExtensions: [options.extension],
    defaultViewport: null,
    ...(options.profile !== undefined && { userDataDir: options.profile }),
    args: [
      '--window-size=1360,860',
      '--lang=en-US',
      '--accept-lang=en-US',
      // A profile that is used again may have been ended by Ctrl-C.
      '--hide-crash-restore-bubble',
      // Its own sandbox refuses to start as root, which is how containers run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: { ...process.env, LANGUAGE: 'en' },
  });
  try {
    return await chromiumRig(browser, options.extension);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function chromiumRig(browser: Browser, folder: string): Promise<Rig> {
  const worker = await browser.waitForTarget((target) => target.type() === 'service_worker');
  const id = new URL(worker.url()).host;
  const origin = `chrome-extension://${id}`;
  let desk: Page | undefined;
  /** An extension page that runs no code of ours, to call the browser's own functions from. */
  const atDesk = async () => {
    if (desk && !desk.isClosed()) return desk;
    desk = await browser.newPage();
    await desk.goto(`${origin}/manifest.json`);
    return desk;
  };
  const tabIds = async () =>
    (await atDesk()).evaluate(async () => (await chrome.tabs.query({})).map((tab) => tab.id ?? 0));
  const tab = async (url: string, type: 'tab' | 'window' = 'tab') => {
    const before = new Set(await tabIds());
    const page = await browser.newPage({ type });
    const tabId = (await tabIds()).find((each) => !before.has(each));
    await page.goto(url);
    return new Screen(page, tabId);
  };
  const own = (name: string, fits: (target: Target) => boolean = () => true): Promise<Target> =>
    browser.waitForTarget((each) => each.url().startsWith(`${origin}/${name}`) && fits(each), {
      timeout: 10_000,
    });
  /** Each window's, as far as it was opened. */
  const panels = new Map<number, Target>();
  const panel = async (beside: Screen) => {
    const from = await atDesk();
    await beside.front();
    const windowId = await from.evaluate(async (tabId) => {
      const [first] = await chrome.windows.getAll();
      const { windowId = first?.id ?? 0 } = tabId === 0 ? {} : await chrome.tabs.get(tabId);
      await chrome.sidePanel.open({ windowId });
      return windowId;
    }, beside.tabId);
    const open = new Set(browser.targets());
    for (const [of, target] of panels) if (!open.has(target)) panels.delete(of);
    const others = new Set(panels.values());
    const target = panels.get(windowId) ?? (await own('sidepanel.html', (each) => !others.has(each)));
    panels.set(windowId, target);
    return new Screen(await asPage(target));
  };
  const popup = async (over: Screen) => {
    await over.front();
    const extension = (await browser.extensions()).get(id);
    if (!extension) throw new Error('the extension is not loaded');
    await over.page.triggerExtensionAction(extension);
    return new Screen(await asPage(await own('popup.html')));
  };

  return {
    kind: 'chromium',
    version: await browser.version(),
    origin,
    page: tab,
    open: (path) => tab(`${origin}/${path}`),
    panel,
    popup,
    realPanel: async (beside) => {
      const screen = await panel(beside);
      return Object.assign(screen, { shot: (path: string) => screen.screenshot(path) });
    },
    closeSidebar: async () => undefined,
    realPopup: popup,
    framed: async ({ page }) =>
      page
        .frames()
        .filter((frame) => frame !== page.mainFrame())
        .map((frame) => frame.url()),
    tab: async (part) =>
      new Screen(
        await openPage(
          () => browser.pages(),
          (url) => url.includes(part),
        ),
      ),
    signInWindow: async (timeout) => new Screen(await signInPage(() => browser.pages(), timeout)),
    /** The prompt itself is out of a driver's reach; consent is given where the browser's settings keep it. */
    answerPrompt: async (pattern, answer, ask) => {
      if (answer === 'deny') throw new Error("Chromium's prompt cannot be refused by a driver");
      const settings = await browser.newPage();
      await settings.goto('chrome://extensions');
      await settings.evaluate(
        async (extensionId, host) => {
          await chrome.developerPrivate.addHostPermission(extensionId, host);
        },
        id,
        pattern,
      );
      await settings.close();
      await ask();
    },
    install: async (folder) => `chrome-extension://${await browser.installExtension(folder)}`,
    endBackground: async () => {
      const session = await browser.target().createCDPSession();
      const { targetInfos } = await session.send('Target.getTargets');
      for (const { targetId, type, url } of targetInfos) {
        if (type === 'service_worker' && url.startsWith(origin)) {
          await session.send('Target.closeTarget', { targetId });
        }
      }
      await session.detach();
    },
    update: async () => {
      await browser.installExtension(folder);
    },
    tidy: async () => {
      await desk?.close();
      const blank = (await browser.pages()).filter((page) => page.url() === 'about:blank');
      for (const page of blank) await page.close();
    },
    closed: new Promise((resolve) => browser.once('disconnected', () => resolve())),
    close: () => browser.close(),
  };
}

/** A side panel's target is listed before it can be driven. */
async function asPage(target: { asPage(): Promise<Page> }): Promise<Page> {
  const page = await until(10_000, () => target.asPage().catch(() => undefined));
  if (!page) throw new Error('the target gives no page');
  return page;
}
