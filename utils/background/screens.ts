import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { BrowserInt } from '../message-schemas.ts';
import { SCREEN_PORT } from '../messages.ts';
import type { View } from '../view.ts';

interface Screen {
  port: Runtime.Port;
  /** Bound to one tab, whichever is in front. */
  bound: boolean;
  /** It is known which tab it shows. */
  placed: boolean;
  tabId?: number;
  windowId?: number;
  /** Text of the last view, so that the same is not sent twice. */
  shown?: string;
}

/** ms that a screen has to say which window it is in. */
const PATIENCE = 50;
const Hello = v.object({ windowId: BrowserInt });

/** The open screens, each with the tab that it shows. */
export class Screens {
  readonly #screens = new Set<Screen>();
  readonly #onCount: (count: number) => void;
  readonly #onTab: () => void;

  constructor(onCount: (count: number) => void, onTab: () => void) {
    this.#onCount = onCount;
    this.#onTab = onTab;
  }

  /** Takes a port whose sender is known to be one of our pages. */
  add(port: Runtime.Port): void {
    const named = new RegExp(`^${SCREEN_PORT}(?::(\\d+))?$`).exec(port.name);
    if (!named || (named[1] !== undefined && !v.is(BrowserInt, Number(named[1])))) {
      port.disconnect();
      return;
    }
    const bound = named[1] !== undefined;
    const screen: Screen = { port, bound, placed: bound };
    if (bound) screen.tabId = Number(named[1]);
    this.#screens.add(screen);
    port.onDisconnect.addListener(() => {
      this.#screens.delete(screen);
      this.#onCount(this.#screens.size);
    });
    port.onMessage.addListener((message) => {
      const hello = v.safeParse(Hello, message);
      if (hello.success) void this.#follow(screen, hello.output.windowId);
    });
    const windowId = port.sender?.tab?.windowId;
    if (screen.bound) this.#onTab();
    else if (windowId !== undefined) void this.#follow(screen, windowId);
    else setTimeout(() => screen.windowId === undefined && void this.#follow(screen), PATIENCE);
    this.#onCount(this.#screens.size);
  }

  /** Tabs that are shown; `undefined` stands for a screen without one. */
  tabIds(): Set<number | undefined> {
    return new Set([...this.#screens].filter(({ placed }) => placed).map(({ tabId }) => tabId));
  }

  show(tabId: number | undefined, view: View): void {
    const text = JSON.stringify(view);
    for (const screen of this.#screens) {
      if (!screen.placed || screen.tabId !== tabId || screen.shown === text) continue;
      screen.shown = text;
      try {
        screen.port.postMessage(view);
      } catch {
        // Closed this moment; its disconnect is on the way.
      }
    }
  }

  activated(tabId: number, windowId: number): void {
    let moved = false;
    for (const screen of this.#screens) {
      if (screen.bound || screen.windowId !== windowId || screen.tabId === tabId) continue;
      screen.tabId = tabId;
      moved = true;
    }
    if (moved) this.#onTab();
  }

  async #follow(screen: Screen, windowId?: number): Promise<void> {
    if (screen.bound) return;
    if (windowId !== undefined) screen.windowId = windowId;
    const where = windowId === undefined ? { lastFocusedWindow: true } : { windowId };
    const [tab] = await browser.tabs.query({ active: true, ...where }).catch(() => []);
    if (tab?.windowId !== undefined) screen.windowId ??= tab.windowId;
    if (tab?.id !== undefined) screen.tabId = tab.id;
    screen.placed = true;
    this.#onTab();
  }
}
