import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { domainsUp } from '../contract/match-key.ts';
import { NamedSchema } from '../message-schemas.ts';
import type { Pages } from './pages.ts';

const NAMES = v.pipe(v.array(NamedSchema), v.maxLength(200));
/** Names can wait, in ms: until a page has settled, and between two readings of one that never does. */
const PAUSE = 1500;
/** Companies for one name. */
const AT_MAX = 5;

/** Has the names in a page's text read, a while after the page was, where no recipe knows who is who. */
export class Names {
  readonly #pages: Pages;
  readonly #waiting = new Map<number, ReturnType<typeof setTimeout>>();
  #telling = false;

  constructor(pages: Pages) {
    this.#pages = pages;
  }

  /** Something has changed in the tab. */
  later(tabId: number): void {
    const report = this.#pages.of(tabId)?.frames.get(0)?.report;
    if (this.#telling || this.#waiting.has(tabId) || !report || report.site !== undefined) return;
    this.#waiting.set(
      tabId,
      setTimeout(() => {
        this.#waiting.delete(tabId);
        void this.#read(tabId).catch(() => undefined);
      }, PAUSE),
    );
  }

  /** The page may be gone meanwhile, or not to be read any more: then there is nothing to tell. */
  async #read(tabId: number): Promise<void> {
    const [answer] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [0] },
      files: ['names-script.js'],
    });
    const names = v.safeParse(NAMES, answer?.result);
    if (!names.success) return;
    const places = this.#placesOf(tabId);
    this.#telling = true;
    this.#pages.name(
      tabId,
      names.output.flatMap(({ name, at }) => {
        const all = [...new Set([...at, ...places])].slice(0, AT_MAX);
        return all.length > 0 ? [{ name, at: all }] : [];
      }),
    );
    this.#telling = false;
  }

  /** Companies that the whole page is of, by domain: its host's, and whose addresses it shows most. */
  #placesOf(tabId: number): string[] {
    const tab = this.#pages.of(tabId);
    const host = URL.parse(tab?.frames.get(0)?.url ?? '')?.hostname ?? '';
    const counts = new Map<string, number>();
    for (const { address } of tab?.sightings ?? []) {
      const domain = address?.slice(address.lastIndexOf('@') + 1);
      if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
    const most = [...counts].sort((a, b) => b[1] - a[1]).map(([domain]) => domain);
    return [...domainsUp(host).filter((domain) => !domain.startsWith('www.')), ...most.slice(0, 2)];
  }
}
