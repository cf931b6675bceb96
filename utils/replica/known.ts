import { tagOf } from '../contract/match-key.ts';
import { Trouble } from '../trouble.ts';
import type { Batch } from './disk.ts';
import type { TagDelta } from './tags/delta.ts';
import { type Pack, TagsDamaged } from './tags/layout.ts';
import type { TagSink } from './tags/sink.ts';
import { type HeldTags, TagStore } from './tags/store.ts';
import { bytesOf } from './tags/tag-bytes.ts';

const KEYS_IN_MEMORY = 5000;

/** The workspace's key, and the set of tags under it. They change together. */
export class Known {
  #tagKey: CryptoKey | undefined;
  #store: TagStore | undefined;
  readonly #tagByKey = new Map<string, number>();
  readonly #reread: () => Promise<HeldTags | undefined>;

  /** `reread`: the set as it is on disk now. */
  constructor(reread: () => Promise<HeldTags | undefined>) {
    this.#reread = reread;
  }

  /** Undefined where there is none, or none that can be read. */
  get store(): TagStore | undefined {
    return this.#store;
  }

  load(tagKey: CryptoKey | undefined, held: HeldTags | undefined): void {
    this.#turnTo(tagKey);
    this.#store = held && TagStore.of(held);
    this.#store?.warm();
  }

  /** Those of the keys whose tags are in the set; undefined when that can't be said. */
  async of(keys: string[]): Promise<Set<string> | undefined> {
    if (this.#tagByKey.size > KEYS_IN_MEMORY) this.#tagByKey.clear();
    // Both of the same moment: a new key may come with its set meanwhile.
    const [tagKey, store] = [this.#tagKey, this.#store];
    if (tagKey === undefined || store === undefined) return undefined;
    store.warm();
    const made = async (key: string) => {
      const tag = await this.#tagOf(tagKey, key);
      store.readAhead(tag);
      return tag;
    };
    const tags = await Promise.all(keys.map(made));
    const held = await this.#held(store, tags);
    return held && new Set(keys.filter((_, at) => held.has(tags[at] ?? -1)));
  }

  async tag(key: string): Promise<number | undefined> {
    return this.#tagKey && this.#tagOf(this.#tagKey, key);
  }

  /** What makes the set hold these keys too; undefined when it does, or when there is none. */
  async lacking(keys: string[]): Promise<TagDelta | undefined> {
    const known = await this.of(keys);
    const tags = await Promise.all(keys.filter((key) => !known?.has(key)).map((key) => this.tag(key)));
    const fresh = [...new Set(tags.filter((tag) => tag !== undefined))].sort((a, b) => a - b);
    if (known === undefined || fresh.length === 0) return undefined;
    return { added: bytesOf(fresh), removed: bytesOf([]) };
  }

  /** The batch with what is to be written for a change of the set. */
  recorded(batch: Batch): Batch {
    if (!batch.tagDelta || batch.tags) return batch;
    const { tagDelta, ...rest } = batch;
    return this.#store ? { ...rest, tagDelta: this.#store.record(tagDelta) } : rest;
  }

  apply({ clear, meta, tags, tagDelta }: Batch): void {
    if (clear) {
      this.#turnTo(undefined);
      this.#store = undefined;
    }
    if (meta) this.#turnTo(meta.tagKey);
    if (tags) {
      this.#store = TagStore.of({ pack: tags, deltas: [] });
      this.#store.warm();
    } else if (tagDelta) this.#store = this.#store?.with(tagDelta);
  }

  /** Lets go of a set that could not be put in place: its file goes. */
  drop(): void {
    this.#store = undefined;
  }

  /** One pack of the set and its changes when there are many; undefined when there are few, or no place for it. */
  async fold(makeSink: () => Promise<TagSink>): Promise<Pack | undefined> {
    const store = this.#store;
    if (!store?.wantsFold) return undefined;
    try {
      const pack = await store.fold(await makeSink());
      return this.#store === store ? pack : undefined;
    } catch (error) {
      if (error instanceof Trouble) return undefined;
      if (!(error instanceof TagsDamaged)) throw error;
      if (this.#store === store) this.#store = undefined;
      return undefined;
    }
  }

  async #held(store: TagStore, tags: number[]): Promise<Set<number> | undefined> {
    try {
      return await store.held(tags);
    } catch (error) {
      if (!(error instanceof TagsDamaged)) throw error;
    }
    try {
      // The disk may have been rebuilt behind our back: what lies there now is asked once.
      const there = await this.#reread().catch(() => undefined);
      const again = there && TagStore.of(there);
      const held = await again?.held(tags);
      if (this.#store === store) this.#store = again;
      return held;
    } catch (error) {
      if (!(error instanceof TagsDamaged)) throw error;
      if (this.#store === store) this.#store = undefined;
      return undefined;
    }
  }

  async #tagOf(tagKey: CryptoKey, key: string): Promise<number> {
    const cached = this.#tagKey === tagKey ? this.#tagByKey.get(key) : undefined;
    if (cached !== undefined) return cached;
    const tag = await tagOf(tagKey, key);
    if (this.#tagKey === tagKey) this.#tagByKey.set(key, tag);
    return tag;
  }

  #turnTo(tagKey: CryptoKey | undefined): void {
    if (tagKey !== this.#tagKey) this.#tagByKey.clear();
    this.#tagKey = tagKey;
  }
}
