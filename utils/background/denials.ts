import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { readAs } from '../contract/base.ts';
import type { Handlers } from './dispatcher.ts';

const SLOT = 'denied';
const MOST = 5000;

const Kept = v.object({ salt: v.string(), all: v.array(v.string()) });
type Kept = v.InferOutput<typeof Kept>;

/**
 * Guesses that this user said no to: `<contact id> <mark>`, each as a hash, since the marks are strangers' and nothing
 * that a page shows is written to disk. They last until this browser leaves its team.
 */
export class Denials {
  #kept: Kept | undefined;
  #loaded: Promise<void> | undefined;
  #saving: Promise<void> = Promise.resolve();

  load(): Promise<void> {
    // Where nothing can be kept, they last as long as the background.
    this.#loaded ??= browser.storage.local
      .get(SLOT)
      .then(({ [SLOT]: kept }) => {
        this.#kept ??= readAs(Kept, kept);
      })
      .catch(() => undefined);
    return this.#loaded;
  }

  /** Those of `guesses` that were said no to. */
  async among(guesses: readonly string[]): Promise<Set<string>> {
    const { salt = '', all = [] } = this.#kept ?? {};
    if (all.length === 0 || guesses.length === 0) return new Set();
    const there = new Set(all);
    const hashes = await Promise.all(guesses.map((guess) => hashOf(salt, guess)));
    return new Set(guesses.filter((_, nth) => there.has(hashes[nth] ?? '')));
  }

  /** Resolves when it is kept. */
  async add(guesses: readonly string[]): Promise<void> {
    await this.load();
    this.#kept ??= { salt: crypto.randomUUID(), all: [] };
    const { salt } = this.#kept;
    const hashes = await Promise.all(guesses.map((guess) => hashOf(salt, guess)));
    // Meanwhile others may have come, or all have gone.
    if (this.#kept?.salt !== salt) return;
    this.#kept = { salt, all: [...new Set([...this.#kept.all, ...hashes])].slice(-MOST) };
    await this.#save();
  }

  async clear(): Promise<void> {
    await this.load();
    this.#kept = undefined;
    await this.#save();
  }

  /** One after the other, each what holds then. */
  #save(): Promise<void> {
    this.#saving = this.#saving
      .then(() =>
        this.#kept ? browser.storage.local.set({ [SLOT]: this.#kept }) : browser.storage.local.remove(SLOT),
      )
      .catch(() => undefined);
    return this.#saving;
  }
}

/** 72 bits are enough to tell a few thousand from one another. */
async function hashOf(salt: string, text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt} ${text}`));
  return btoa(String.fromCharCode(...new Uint8Array(digest).subarray(0, 9)));
}

export function guessHandlers(denials: Denials, changed: () => void): Pick<Handlers, 'guess.deny'> {
  return {
    async 'guess.deny'({ contactId, marks }) {
      await denials.add(marks.map((mark) => `${contactId} ${mark}`));
      changed();
    },
  };
}
