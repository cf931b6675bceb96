import { signal } from '@preact/signals';
import { type Browser, browser } from 'wxt/browser';
import { SCREEN_PORT } from './messages.ts';
import type { View } from './view.ts';

/** What the background shows; undefined until it has spoken for the first time. */
export const view = signal<View | undefined>(undefined);

/** The background has not been heard for so long that something must be wrong. */
export const silent = signal(false);

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
    let port: Browser.runtime.Port;
    try {
      port = browser.runtime.connect({ name: tabId === undefined ? SCREEN_PORT : `${SCREEN_PORT}:${tabId}` });
    } catch {
      retry(); // The extension was reloaded under this page.
      return;
    }
    port.onMessage.addListener((message: unknown) => {
      clearTimeout(alarm);
      alarm = undefined;
      wait = 0;
      silent.value = false;
      view.value = message as View;
    });
    port.onDisconnect.addListener(retry);
    if (windowId !== undefined) port.postMessage({ windowId });
  };
  open();
}
