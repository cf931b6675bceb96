import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { readAs } from '../contract/base.ts';
import type { Recipe } from '../contract/recipe.ts';
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

/** Pages that a recipe missed in a row, by `<recipe> <version>`. */
const Kept = v.record(v.string(), v.array(v.string()));

interface Parts {
  pages: Pick<Pages, 'of'>;
  recipes: Pick<Recipes, 'all' | 'markStale'>;
  /** It is sure now that the tab's page was missed. */
  onSettled: (tabId: number) => void;
}

/**
 * Counts the pages on which a recipe did not find what it should. Which pages these were is in the browser's session
 * storage only, as is what they show. What is in one of the page's frames (a preview) is not missed.
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

  hear(sender: ContentSender, { site, version, recipe }: PageReport): void {
    const { tabId, frameId } = sender;
    if (frameId === 0) {
      const known = this.#waiting.has(tabId) || this.#settled.get(tabId) === pageOf(sender);
      if (recipe !== 'missed') this.close(tabId);
      else if (!known) this.#wait(tabId);
    }
    if (recipe === 'found' && site !== undefined && version !== undefined) {
      void this.#fits(site, version, sender.url);
    }
  }

  /** It was found where the recipe expects something: a list between two messages says nothing of messages. */
  async #fits(site: string, version: number, url: string): Promise<void> {
    const recipe = (await this.#parts.recipes.all()).find(({ id }) => id === site);
    if (recipe?.expects && expectedViews(recipe, url).length === 0) return;
    await this.#count((kept) => delete kept[`${site} ${version}`]);
  }

  /** The tab's address has changed, perhaps without another page or anything new in it. */
  moved(tabId: number): void {
    this.close(tabId);
    if (this.#parts.pages.of(tabId)?.frames.get(0)?.report.recipe === 'missed') this.#wait(tabId);
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
    const frames = this.#parts.pages.of(tabId)?.frames;
    const frame = frames?.get(0);
    const within = [...(frames?.values() ?? [])].some(({ report }) => report.recipe === 'found');
    if (tab && frame?.report.recipe === 'missed' && !within && tries > 1) {
      // What lies behind another tab rests, perhaps in the middle of loading.
      if (tab.status === 'loading' || !tab.active) return this.#wait(tabId, tries - 1);
      this.#settled.set(tabId, pageOf({ tabId, ...frame }));
      // Without a permission for it, the tab's own address is not told.
      const url = tab.url ?? frame.url;
      const which = await this.#expected(frame.report, url);
      const opening = `${frame.documentId ?? tabId} ${url}`;
      if (which) void this.#count((kept) => this.#miss(kept, which, opening));
    }
    this.#waiting.delete(tabId);
    this.#parts.onSettled(tabId);
  }

  /** The recipe, where it says itself that this has to be there: else it was only likely. */
  async #expected({ site, version, missed }: PageReport, url: string): Promise<Recipe | undefined> {
    if (!missed) return undefined;
    const all = await this.#parts.recipes.all();
    const recipe = all.find((each) => each.id === site && each.version === version);
    return recipe && expectedViews(recipe, url).includes(missed) ? recipe : undefined;
  }

  #miss(kept: v.InferOutput<typeof Kept>, { id, version }: Recipe, opening: string): void {
    const which = `${id} ${version}`;
    const openings = [...new Set([...(kept[which] ?? []), opening])];
    if (openings.length < ENOUGH) kept[which] = openings;
    else {
      delete kept[which];
      void this.#parts.recipes.markStale(id, version).catch(() => undefined);
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

const pageOf = ({ tabId, url, documentId }: Pick<ContentSender, 'tabId' | 'url' | 'documentId'>): string =>
  `${documentId ?? tabId} ${url}`;
