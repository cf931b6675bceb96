import browser, { type Tabs } from 'webextension-polyfill';
import { plainLink } from '../contract/note.ts';
import { networks, socialAt } from '../detect/networks.ts';
import { recipes } from '../detect/sites/index.ts';
import type { PageReport } from '../detect/types.ts';
import type { PageState } from '../view.ts';
import type { Access } from './access.ts';
import type { Misses } from './misses.ts';
import type { Pages } from './pages.ts';
import type { Recipes } from './recipes.ts';

/** Whether and how a tab's page could be read, in the terms of the view. */
export class PageStates {
  readonly #pages: Pages;
  readonly #access: Access;
  readonly #misses: Pick<Misses, 'isSettled'>;
  readonly #recipes: Pick<Recipes, 'staleness'>;
  readonly #tabs = new Map<number, Promise<Tabs.Tab | undefined>>();

  constructor(
    pages: Pages,
    access: Access,
    misses: Pick<Misses, 'isSettled'>,
    newest: Pick<Recipes, 'staleness'>,
  ) {
    this.#pages = pages;
    this.#access = access;
    this.#misses = misses;
    this.#recipes = newest;
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
    const may = onTheWeb && (await this.#access.mayRead(place.href));
    const social = may || !onTheWeb ? undefined : socialAt(place.hostname)?.label;
    const here = {
      tabId,
      ...(onTheWeb && { host: place.host }),
      ...(link !== undefined && { link }),
      ...(social !== undefined && { social }),
    };
    if (frames.length > 0) {
      const of = (recipe: string) => frames.filter(({ report }) => report.recipe === recipe);
      const [found] = of('found');
      const [missed] = of('missed');
      const id = (found ?? missed)?.report.site ?? frames.find(({ report }) => report.site)?.report.site;
      const label = [...recipes, ...networks].find((recipe) => recipe.id === id)?.label;
      const site = label === undefined ? {} : { site: label };
      if (found || !missed) return { ...here, state: 'read', ...site };
      if (this.#misses.isSettled(tabId))
        return { ...here, state: 'missed', ...site, ...(await this.#missed(missed)) };
      const nobody = frames.every(({ report }) => report.sightings.length === 0);
      return { ...here, state: nobody ? 'reading' : 'read', ...site };
    }
    if (tab === undefined) return { ...here, state: 'blank' };
    // Without a permission, the browser keeps a page's address to itself.
    if (url === undefined) return { ...here, state: 'closed' };
    if (!onTheWeb) return { ...here, state: 'blank' };
    return { ...here, state: may ? 'reading' : 'closed' };
  }

  /** What was missed, and whether that is nothing new. */
  async #missed({ report }: { report: PageReport }): Promise<Pick<PageState, 'missed' | 'stale'>> {
    const { site = '', version = 0, missed } = report;
    const stale = await this.#recipes.staleness(site, version);
    return { ...(missed && { missed }), ...(stale && { stale }) };
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
