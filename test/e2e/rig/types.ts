import type { BrowserKind } from '../../../scripts/browser-places.ts';
import type { Screen, Surface } from './screen.ts';

/** The id under which Firefox knows the address of another extension's pages. */
export const OTHER_ID = 'other@truce.example';

export interface LaunchOptions {
  /** Folder of the unpacked extension. */
  extension: string;
  headless?: boolean;
  /** Folder of the profile; absent: a fresh one that is removed afterwards. */
  profile?: string | undefined;
  /** Folder of a Firefox profile of which a copy is used, to start faster than with a fresh one. */
  template?: string | undefined;
  /** Firefox preferences, on top of the rig's own. */
  prefs?: Record<string, boolean | number | string>;
}

/** One browser with the built extension and a profile of its own. */
export interface Rig {
  readonly kind: BrowserKind;
  /** As the browser names itself. */
  readonly version: string;
  /** Origin of the extension's own pages, without a slash at the end. */
  readonly origin: string;
  /** Opens a page in a tab, or a window, of its own and brings it to the front. */
  page(url: string, type?: 'tab' | 'window'): Promise<Screen>;
  /** Opens a page of the extension (`options.html#…`) in a tab. */
  open(path: string): Promise<Screen>;
  /** The panel for this tab. Chromium: the real side panel. Firefox: its page, in a window of its own. */
  panel(beside: Screen): Promise<Screen>;
  /** The popup for this tab. Chromium: the real one. Firefox: its page, in a window of its own. */
  popup(over: Screen): Promise<Screen>;
  /** The real panel of the browser's own window, in both browsers. */
  realPanel(beside: Screen): Promise<Surface & { shot(path: string): Promise<string> }>;
  /** Closes the sidebar, which Firefox opens by itself when the extension is installed; Chromium opens none. */
  closeSidebar(): Promise<void>;
  /** Adds another unpacked extension (Firefox: with the id `OTHER_ID`); answers the origin of its pages. */
  install(folder: string): Promise<string>;
  /** Clicks the toolbar icon, which lets the extension read this tab, and gives the real popup. */
  realPopup(over: Screen): Promise<Surface>;
  /** The browser's own window in which a sign-in goes on, at the page that waits for the person. */
  signInWindow(timeout?: number): Promise<Screen>;
  /** Addresses of the documents that are framed in this tab, at any depth. */
  framed(screen: Screen): Promise<string[]>;
  /** A tab that is open already, by a part of its address. */
  tab(part: string): Promise<Screen>;
  /** Answers the browser's own prompt for `origin` while `ask` makes the extension ask. */
  answerPrompt(origin: string, answer: 'allow' | 'deny', ask: () => Promise<void>): Promise<void>;
  /** Ends the background as the browser does when it is idle. */
  endBackground(): Promise<void>;
  /** Replaces the extension by what lies in its folder now, of another version, as an update does. */
  update(): Promise<void>;
  /** Closes the tabs that only the rig needs. */
  tidy(): Promise<void>;
  /** Resolves when the user closes the browser. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}
