import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../../scripts/browsers.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import { Screen, until } from './screen.ts';
import { openPage, signInPage } from './sign-in-page.ts';
import { type LaunchOptions, OTHER_ID, type Rig } from './types.ts';

/** What of the browser's functions the rig calls inside its pages. */
declare const browser: { tabs: { query(filter: object): Promise<{ id?: number }[]> } };

const ID = 'truce@truce.example';
/** Firefox picks one at random for each profile; a known one gives the address of our pages. */
export const UUID = '6d0f9bd5-4f9b-4f4c-9b0e-3d7f0a3f5a11';
const OTHER_UUID = '0c6a1b5e-52f5-4c53-9d3c-7a3b1f0e2d44';
const POPUP = `[...document.querySelectorAll('browser')].find((each) => each.currentURI?.spec.includes('/popup.html'))`;
const SIDEBAR = `SidebarController.browser.contentDocument?.getElementById('webext-panels-browser')`;

/** Firefox over WebDriver BiDi, with a script in its own window for what BiDi does not reach. */
export async function launchFirefox(options: LaunchOptions): Promise<Rig> {
  const copy = options.profile === undefined ? await copyOf(options.template) : undefined;
  const firefox = await start({ ...options, profile: options.profile ?? copy });
  const close = async () => {
    if (options.profile === undefined) await kill(firefox);
    else await firefox.close();
    if (copy !== undefined) await rm(copy, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await firefox.installExtension(options.extension);
    return await firefoxRig(firefox, options.extension, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts and ends Firefox once in an empty folder: what it makes of itself then is half of a first start. */
export async function makeProfile(folder: string): Promise<void> {
  const firefox = await start({ profile: folder });
  await firefox.close();
}

async function copyOf(template: string | undefined): Promise<string | undefined> {
  if (template === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'truce-firefox-'));
  await cp(template, folder, { recursive: true, filter: (path) => basename(path) !== 'lock' });
  return folder;
}

/** An orderly end takes seconds, for a profile that nobody keeps. */
async function kill(firefox: Browser): Promise<void> {
  const child = firefox.process();
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

function start(options: Omit<LaunchOptions, 'extension'>): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox'),
    headless: options.headless ?? true,
    defaultViewport: null,
    ...(options.profile !== undefined && { userDataDir: options.profile }),
    args: ['--remote-allow-system-access', '--width=1360', '--height=860'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID, [OTHER_ID]: OTHER_UUID }),
      'intl.accept_languages': 'en-US',
      'devtools.jsonview.enabled': false,
      // What a profile that is kept holds of an extension that is loaded anew each time.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      // Panels of the real sidebar are as wide as ours is made for.
      'sidebar.position_start': false,
      ...options.prefs,
    },
  });
}

async function firefoxRig(firefox: Browser, folder: string, close: () => Promise<void>): Promise<Rig> {
  const origin = `moz-extension://${UUID}`;
  const window = new FirefoxChrome(firefox);
  let desk: Page | undefined;
  /** An extension page that runs no code of ours, to call the browser's own functions from. */
  const atDesk = async () => {
    if (desk && !desk.isClosed()) return desk;
    desk = await go(await firefox.newPage(), `${origin}/manifest.json`);
    return desk;
  };
  const tabIds = async () =>
    (await atDesk()).evaluate(async () => (await browser.tabs.query({})).map((tab) => tab.id ?? 0));
  const tab = async (url: string, type: 'tab' | 'window' = 'tab') => {
    const before = new Set(await tabIds());
    const page = await firefox.newPage({ type });
    const tabId = (await tabIds()).find((each) => !before.has(each));
    await (url.startsWith('moz-extension:') ? go(page, url) : page.goto(url));
    return new Screen(page, tabId);
  };
  const beside = (name: string) => async (other: Screen) => {
    // A window of its own, so that the page stays visible as it does beside a real sidebar.
    const screen = await tab(`${origin}/${name}?tab=${other.tabId}`, 'window');
    await other.front();
    return screen;
  };

  return {
    kind: 'firefox',
    version: await firefox.version(),
    origin,
    page: tab,
    open: (path) => tab(`${origin}/${path}`),
    panel: beside('sidepanel.html'),
    popup: beside('popup.html'),
    realPanel: async (other) => {
      await other.front();
      await window.run(
        `SidebarController.show([...SidebarController.sidebars.keys()].find((key) => key.startsWith('truce')))`,
      );
      const surface = window.surface(SIDEBAR);
      const open = await until(10_000, () => surface.text().catch(() => undefined));
      if (open === undefined) throw new Error('the sidebar did not open');
      return surface;
    },
    closeSidebar: async () => {
      await window.run('SidebarController.hide() ?? true');
    },
    realPopup: async (over) => {
      await over.front();
      await window.run(`(() => {
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
        const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(ID)});
        // As a click does: it opens the popup and lets the extension read the tab.
        ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
        return true;
      })()`);
      const surface = window.surface(POPUP);
      const open = await until(10_000, () => surface.text().catch(() => undefined));
      if (open === undefined) throw new Error('the popup did not open');
      return surface;
    },
    answerPrompt: async (_pattern, answer, ask) => {
      await ask();
      const button = answer === 'allow' ? 'button' : 'secondaryButton';
      const done = await until(10_000, async () => {
        const clicked = await window.run<boolean>(`(() => {
          const prompt = document.getElementById('addon-webext-permissions-notification');
          if (!prompt || PopupNotifications.panel.state !== 'open') return false;
          prompt.${button}.click();
          return true;
        })()`);
        return clicked || undefined;
      });
      if (!done) throw new Error('no prompt appeared');
    },
    install: async (folder) => {
      await firefox.installExtension(folder);
      return `moz-extension://${OTHER_UUID}`;
    },
    // The driver lists no extension's page among a tab's frames: the browser itself is asked.
    framed: (screen) =>
      window.run(`(() => {
        const inside = (context) =>
          context.children.flatMap((child) => [child.currentURI?.spec ?? '', ...inside(child)]);
        const windows = [...Services.wm.getEnumerator('navigator:browser')];
        return windows
          .flatMap(({ gBrowser }) => gBrowser.browsers)
          .filter(({ currentURI }) => currentURI.spec === ${JSON.stringify(screen.page.url())})
          .flatMap(({ browsingContext }) => inside(browsingContext));
      })()`),
    tab: async (part) =>
      new Screen(
        await openPage(
          () => firefox.pages(),
          (url) => url.includes(part),
        ),
      ),
    signInWindow: async (timeout) => new Screen(await signInPage(() => firefox.pages(), timeout)),
    endBackground: async () => {
      await window.run(
        `WebExtensionPolicy.getByID(${JSON.stringify(ID)}).extension.terminateBackground().then(() => true)`,
      );
    },
    update: async () => {
      await desk?.close();
      desk = undefined;
      await firefox.installExtension(folder);
    },
    tidy: async () => {
      await desk?.close();
      const blank = (await firefox.pages()).filter((page) => page.url() === 'about:blank');
      for (const page of blank) await page.close();
    },
    closed: new Promise((resolve) => firefox.once('disconnected', () => resolve())),
    close,
  };
}

/** Goes to an extension page: Firefox announces no load for those, so it is asked. */
async function go(page: Page, url: string): Promise<Page> {
  const wanted = url.split('#')[0];
  page.goto(url, { timeout: 5_000 }).catch(() => undefined);
  const there = await until(10_000, async () => {
    const at = await page.evaluate(() => [location.href, document.readyState]).catch(() => []);
    // Without the hash: a page may take it away as soon as it has read it.
    return (at[0]?.split('#')[0] === wanted && at[1] === 'complete') || undefined;
  });
  if (!there) throw new Error(`[firefox] ${wanted} did not load`);
  return page;
}
