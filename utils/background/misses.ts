import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { readAs } from '../contract/base.ts';
import { expectedViews } from '../detect/expects.ts';
import type { PageReport } from '../detect/types.ts';
import type { Pages } from './pages.ts';
import type { Recipes } from './recipes.ts';
import type { ContentSender } from './sender.ts';

const SLOT = 'misses';
/** ms that a page has, from the first report of a miss on, to show what it is expected to. */
const SETTLES = 5000;
/** So often a page that is still loading, or behind another one, is waited for. */
const TRIES = 24;
/** So many pages in a row. */
const ENOUGH = 3;

/** Pages that a recipe missed in a row, by `<recipe> <version> <view>`. */
const Kept = v.record(v.string(), v.array(v.string()));

interface PageFrame {
  frameId: number;
  url: string;
  documentId?: string;
  report: PageReport;
}

interface Parts {
  pages: Pick<Pages, 'of'>;
  recipes: Pick<Recipes, 'all' | 'markStale'>;
  /** It is sure now that the tab's page was missed. */
  onSettled: (tabId: number) => void;
}

/**
 * Counts the pages on which a recipe did not find what it should. Which pages these were is in the browser's session
 * storage only, as is what they show. What is in one of the page's frames (a preview) is not missed in another; what
 * has to be in a frame (iCloud's mail) is missed there.
 */
export class Misses {
  readonly #parts: Parts;
  readonly #waiting = new Map<number, ReturnType<typeof setTimeout>>();
  /** By tab: the page that it was settled for. */
  readonly #settled = new Map<number, string>();
  #counting: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** False while the page may just be loading. */
  isSettled(tabId: number): boolean {
    return !this.#waiting.has(tabId);
  }

  hear(sender: Pick<ContentSender, 'tabId' | 'url'>, { site, version, recipe }: PageReport): void {
    const { tabId } = sender;
    const frame = this.#missedIn(tabId);
    const known = this.#waiting.has(tabId) || (frame && this.#settled.get(tabId) === pageOf(tabId, frame));
    if (!frame) this.close(tabId);
    else if (!known) this.#wait(tabId);
    if (recipe === 'found' && site !== undefined && version !== undefined) {
      void this.#fits(site, version, sender.url);
    }
  }

  /** The frame of a page that shows in none what it should. */
  #missedIn(tabId: number): PageFrame | undefined {
    const frames = [...(this.#parts.pages.of(tabId)?.frames.values() ?? [])];
    if (frames.some(({ report }) => report.recipe === 'found')) return undefined;
    return frames.toSorted((a, b) => a.frameId - b.frameId).find(({ report }) => report.recipe === 'missed');
  }

  /** It was found where the recipe expects it: a list between two messages says nothing of messages. */
  async #fits(site: string, version: number, url: string): Promise<void> {
    const recipe = (await this.#parts.recipes.all()).find(({ id }) => id === site);
    const views = recipe ? expectedViews(recipe, url) : [];
    if (views.length === 0) return;
    await this.#count((kept) => {
      for (const view of views) delete kept[slotOf(site, version, view)];
    });
  }

  /** The tab's address has changed, perhaps without another page or anything new in it. */
  moved(tabId: number): void {
    this.close(tabId);
    if (this.#missedIn(tabId)) this.#wait(tabId);
  }

  close(tabId: number): void {
    clearTimeout(this.#waiting.get(tabId));
    this.#waiting.delete(tabId);
    this.#settled.delete(tabId);
  }

  clear(): Promise<void> {
    for (const tabId of [...this.#waiting.keys(), ...this.#settled.keys()]) this.close(tabId);
    this.#counting = this.#counting.then(() => browser.storage.session.remove(SLOT)).catch(() => undefined);
    return this.#counting;
  }

  #wait(tabId: number, tries = TRIES): void {
    this.#waiting.set(
      tabId,
      setTimeout(() => void this.#settle(tabId, tries), SETTLES),
    );
  }

  async #settle(tabId: number, tries: number): Promise<void> {
    const timer = this.#waiting.get(tabId);
    const tab = await browser.tabs.get(tabId).catch(() => undefined);
    if (this.#waiting.get(tabId) !== timer) return;
    const frame = this.#missedIn(tabId);
    if (tab && frame && tries > 1) {
      // What lies behind another tab rests, perhaps in the middle of loading.
      if (tab.status === 'loading' || !tab.active) return this.#wait(tabId, tries - 1);
      this.#settled.set(tabId, pageOf(tabId, frame));
      // Without a permission for it, the tab's own address is not told.
      const url = (frame.frameId === 0 && tab.url) || frame.url;
      const which = await this.#expected(frame.report, url);
      const opening = `${frame.documentId ?? tabId} ${url}`;
      if (which) void this.#count((kept) => this.#miss(kept, frame.report, opening));
    }
    this.#waiting.delete(tabId);
    this.#parts.onSettled(tabId);
  }

  /** Whether the recipe says itself that this has to be there: else it was only likely. */
  async #expected({ site, version, missed }: PageReport, url: string): Promise<boolean> {
    if (!missed) return false;
    const all = await this.#parts.recipes.all();
    const recipe = all.find((each) => each.id === site && each.version === version);
    return recipe !== undefined && expectedViews(recipe, url).includes(missed);
  }

  #miss(kept: v.InferOutput<typeof Kept>, report: PageReport, opening: string): void {
    const { site = '', version = 0, missed = '' } = report;
    const which = slotOf(site, version, missed);
    const openings = [...new Set([...(kept[which] ?? []), opening])];
    if (openings.length < ENOUGH) kept[which] = openings;
    else {
      delete kept[which];
      void this.#parts.recipes.markStale(site, version).catch(() => undefined);
    }
  }

  /** One at a time, on what is kept. */
  #count(change: (kept: v.InferOutput<typeof Kept>) => unknown): Promise<void> {
    this.#counting = this.#counting
      .then(async () => {
        const { [SLOT]: held } = await browser.storage.session.get(SLOT);
        const kept = { ...readAs(Kept, held) };
        const before = JSON.stringify(kept);
        change(kept);
        if (JSON.stringify(kept) !== before) await browser.storage.session.set({ [SLOT]: kept });
      })
      .catch((error: unknown) => globalThis.reportError?.(error));
    return this.#counting;
  }
}

const slotOf = (site: string, version: number, view: string): string => `${site} ${version} ${view}`;

const pageOf = (tabId: number, { url, documentId }: Pick<PageFrame, 'url' | 'documentId'>): string =>
  `${documentId ?? tabId} ${url}`;
