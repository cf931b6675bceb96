import browser, { type Tabs } from 'webextension-polyfill';
import { plainLink } from '../contract/note.ts';
import { recipes } from '../detect/sites/index.ts';
import type { PageState } from '../view.ts';
import type { Access } from './access.ts';
import type { Pages } from './pages.ts';

/** Whether and how a tab's page could be read, in the terms of the view. */
export class PageStates {
  readonly #pages: Pages;
  readonly #access: Access;
  readonly #tabs = new Map<number, Promise<Tabs.Tab | undefined>>();

  constructor(pages: Pages, access: Access) {
    this.#pages = pages;
    this.#access = access;
  }

  /** The tab has changed: look at it again. Without an id, all have. */
  forget(tabId?: number): void {
    if (tabId === undefined) this.#tabs.clear();
    else this.#tabs.delete(tabId);
  }

  async of(tabId: number | undefined): Promise<PageState> {
    if (tabId === undefined) return { state: 'blank' };
    const frames = [...(this.#pages.of(tabId)?.frames.values() ?? [])];
    const tab = await this.#tab(tabId);
    const url = tab?.url ?? frames.find(({ frameId }) => frameId === 0)?.url;
    const place = url === undefined ? undefined : URL.parse(url);
    const onTheWeb = place !== null && place !== undefined && /^https?:$/.test(place.protocol);
    const link = plainLink(url ?? '');
    const here = { tabId, ...(onTheWeb && { host: place.host }), ...(link !== undefined && { link }) };
    if (frames.length > 0) {
      const of = (recipe: string) => frames.filter(({ report }) => report.recipe === recipe);
      const [found] = of('found');
      const [missed] = of('missed');
      const id = (found ?? missed)?.report.site ?? frames.find(({ report }) => report.site)?.report.site;
      const site = recipes.find((recipe) => recipe.id === id)?.label;
      const state = !found && missed ? 'missed' : 'read';
      return { ...here, state, ...(site !== undefined && { site }) };
    }
    if (tab === undefined) return { ...here, state: 'blank' };
    // Without a permission, the browser keeps a page's address to itself.
    if (url === undefined) return { ...here, state: 'closed' };
    if (!onTheWeb) return { ...here, state: 'blank' };
    return { ...here, state: (await this.#access.mayRead(url)) ? 'reading' : 'closed' };
  }

  #tab(tabId: number): Promise<Tabs.Tab | undefined> {
    let tab = this.#tabs.get(tabId);
    if (!tab) {
      tab = browser.tabs.get(tabId).catch(() => undefined);
      this.#tabs.set(tabId, tab);
    }
    return tab;
  }
}
