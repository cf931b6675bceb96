import { signal } from '@preact/signals';
import { type Browser, browser } from 'wxt/browser';
import { SCREEN_PORT } from './messages.ts';
import type { View } from './view.ts';

/** What the background shows; undefined until it has spoken for the first time. */
export const view = signal<View | undefined>(undefined);

/** The background has not been heard for so long that something must be wrong. */
export const silent = signal(false);

/** How the stream of changes is that this screen holds. */
export type StreamWord = 'trying' | 'live' | 'lost';

/**
 * What the background wants of the screens' stream: `again` (begin anew: it is no longer the right one), `take`
 * (whoever has it is not heard any more).
 */
export const streamCalls = new EventTarget();
const CALLS: unknown[] = ['again', 'take'];

let port: Browser.runtime.Port | undefined;
let word: StreamWord | undefined;

/** Tells the background how the stream is, over the port: that it closes with the screen says the rest. */
export function sayStream(said: StreamWord): void {
  word = said;
  try {
    port?.postMessage({ stream: said });
  } catch {
    // Closed this moment; the next one begins with it.
  }
}

const PATIENCE = 5000;
const MOST_WAIT = 4000;

/** The tab that this page is bound to by its own address (`?tab=7`), instead of its window's active one. */
export function boundTab(search = location.search): number | undefined {
  const tab = new URLSearchParams(search).get('tab');
  return tab !== null && /^\d+$/.test(tab) ? Number(tab) : undefined;
}

/**
 * Keeps a port open to the background, which browsers end when it is idle: a port that closes is opened again
 * at once, then ever more slowly, and what was shown last stays on screen meanwhile.
 */
export function connectScreen(windowId: number | undefined, tabId = boundTab()): void {
  let wait = 0;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  const retry = () => {
    setTimeout(open, wait);
    wait = Math.min(MOST_WAIT, wait * 2 + 50);
  };
  const open = () => {
    alarm ??= setTimeout(() => {
      silent.value = true;
    }, PATIENCE);
    let opened: Browser.runtime.Port;
    try {
      opened = browser.runtime.connect({
        name: tabId === undefined ? SCREEN_PORT : `${SCREEN_PORT}:${tabId}`,
      });
    } catch {
      retry(); // The extension was reloaded under this page.
      return;
    }
    port = opened;
    opened.onMessage.addListener((message: unknown) => {
      const call = typeof message === 'object' && message !== null && 'call' in message && message.call;
      if (CALLS.includes(call)) {
        streamCalls.dispatchEvent(new Event(String(call)));
        return;
      }
      clearTimeout(alarm);
      alarm = undefined;
      wait = 0;
      silent.value = false;
      view.value = message as View;
    });
    opened.onDisconnect.addListener(retry);
    if (windowId !== undefined) opened.postMessage({ windowId });
    if (word !== undefined) sayStream(word);
  };
  open();
}
