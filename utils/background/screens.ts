import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { BrowserInt } from '../message-schemas.ts';
import { SCREEN_PORT } from '../messages.ts';
import type { View } from '../view.ts';
import { StreamWatch } from './stream-watch.ts';

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

interface Parts {
  onCount: (count: number) => void;
  onTab: () => void;
  onLive: (live: boolean) => void;
  onBeat: () => void;
}

/** ms that a screen has to say which window it is in. */
const PATIENCE = 50;
const Hello = v.object({ windowId: BrowserInt });
const Word = v.object({ stream: v.picklist(['trying', 'live', 'lost']) });

/** The open screens, each with the tab that it shows. */
export class Screens {
  readonly #screens = new Set<Screen>();
  readonly #onCount: (count: number) => void;
  readonly #onTab: () => void;
  readonly #stream: StreamWatch<Screen>;

  /** `onLive` and `onBeat`: whether a screen holds a stream of changes, and that the server was heard on it. */
  constructor({ onCount, onTab, onLive, onBeat }: Parts) {
    this.#onCount = onCount;
    this.#onTab = onTab;
    this.#stream = new StreamWatch<Screen>({
      ...{ onLive, onBeat },
      onSilence: (holder) => this.#call('take', holder),
    });
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
      if (this.#screens.size === 0) this.#stream.rest();
      else this.#stream.gone(screen);
    });
    port.onMessage.addListener((message) => {
      const hello = v.safeParse(Hello, message);
      if (hello.success) void this.#follow(screen, hello.output.windowId);
      const word = v.safeParse(Word, message);
      if (word.success) this.#stream.said(screen, word.output.stream);
    });
    const windowId = port.sender?.tab?.windowId;
    if (screen.bound) this.#onTab();
    else if (windowId !== undefined) void this.#follow(screen, windowId);
    else setTimeout(() => screen.windowId === undefined && void this.#follow(screen), PATIENCE);
    this.#onCount(this.#screens.size);
    this.#stream.expect();
  }

  /** The stream that a screen holds is no longer the right one: it is to be begun anew. */
  renewStream(): void {
    this.#call('again');
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

  #call(call: 'again' | 'take', except?: Screen): void {
    for (const screen of this.#screens) {
      if (screen === except) continue;
      try {
        screen.port.postMessage({ call });
      } catch {
        // Closed this moment; its disconnect is on the way.
      }
    }
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
