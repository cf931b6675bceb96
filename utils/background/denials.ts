import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { Handlers } from './dispatcher.ts';

const SLOT = 'denied';
const MOST = 1000;

/** Guesses that somebody said no to, until the browser ends: what they come from is in no other place either. */
export class Denials {
  /** `<contact id> <match key>`. */
  #all = new Set<string>();
  #loaded: Promise<void> | undefined;

  get all(): ReadonlySet<string> {
    return this.#all;
  }

  load(): Promise<void> {
    this.#loaded ??= browser.storage.session.get(SLOT).then(({ [SLOT]: kept }) => {
      if (v.is(v.array(v.string()), kept)) this.#all = new Set(kept);
    });
    return this.#loaded;
  }

  async add(contactId: string, key: string): Promise<void> {
    await this.load();
    this.#all = new Set([...this.#all, `${contactId} ${key}`].slice(-MOST));
    await browser.storage.session.set({ [SLOT]: [...this.#all] });
  }

  async clear(): Promise<void> {
    this.#all = new Set();
    await browser.storage.session.remove(SLOT);
  }
}

export function guessHandlers(denials: Denials, changed: () => void): Pick<Handlers, 'guess.deny'> {
  return {
    async 'guess.deny'({ contactId, key }) {
      await denials.add(contactId, key);
      changed();
    },
  };
}
