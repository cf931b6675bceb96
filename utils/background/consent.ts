import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { readAs } from '../contract/base.ts';
import { socialAt } from '../detect/networks.ts';

const SLOT = 'social';
const Kept = v.array(v.string());

/**
 * Which social sites the user has turned on in this browser, with what is read of them before their eyes. A permission
 * alone is not enough: the browser's own menu gives it for all sites at once, and says nothing.
 */
export class Consent {
  #on: Promise<ReadonlySet<string>> | undefined;

  /** By id. */
  all(): Promise<ReadonlySet<string>> {
    this.#on ??= browser.storage.local
      .get(SLOT)
      .then(({ [SLOT]: kept }) => new Set(readAs(Kept, kept)))
      // Where nothing can be kept, it has to be turned on each time.
      .catch(() => new Set<string>());
    return this.#on;
  }

  /** False for a social site that is off; true for any other one. */
  async covers(host: string): Promise<boolean> {
    const site = socialAt(host);
    return site === undefined || (await this.all()).has(site.id);
  }

  /** Holds at once, and is kept where that can be. */
  async turn(id: string, on: boolean): Promise<void> {
    const all = new Set(await this.all());
    if (on) all.add(id);
    else all.delete(id);
    this.#on = Promise.resolve(all);
    await browser.storage.local.set({ [SLOT]: [...all] }).catch(() => undefined);
  }
}
