import type { Company } from '../contract/company.ts';
import { tagOf } from '../contract/match-key.ts';
import type { Shared } from '../contract/routes.ts';
import type { Batch, Disk, Grant, HeldCard, Meta, Pending, Queued } from './disk.ts';
import { withErased } from './erased.ts';
import { memoryDisk } from './memory-disk.ts';
import { isFull, notSaved } from './not-saved.ts';
import { queuedHere, withoutOwn } from './own.ts';
import { queuedAfter } from './queued.ts';
import { TagSet } from './tags.ts';

const CARDS_IN_MEMORY = 1000;
const KEYS_IN_MEMORY = 20_000;
/**
 * The local copy: what is on disk, with what was used lately in memory. Opened at the first `load`; where
 * the browser refuses, everything but the outbox works from memory.
 */
export class Replica {
  storage: 'ok' | 'refused' | 'full' = 'ok';
  meta: Meta = {};
  shared: Shared | undefined;
  /** Waiting and refused commands, in order. */
  queued: Queued[] = [];
  /** Cards that came in a form this version can't read: the match keys by contact. */
  readonly unreadable = new Map<string, string[]>();
  /** Contacts found to be erased since this copy was opened. */
  readonly erased = new Set<string>();
  #tags = new TagSet(new Uint8Array());
  readonly #cards = new Map<string, HeldCard>();
  readonly #companies = new Map<string, Company>();
  readonly #idsByKey = new Map<string, Set<string>>();
  readonly #tagByKey = new Map<string, number>();
  readonly #open: (onLost: () => void) => Promise<Disk>;
  readonly #refuge: () => Disk;
  #disk: Promise<Disk> | undefined;
  #loaded: Promise<void> | undefined;
  #begun = false;

  /** `refuge`: takes the place of a disk that the browser refuses. */
  constructor(open: (onLost: () => void) => Promise<Disk>, refuge: () => Disk = memoryDisk) {
    this.#open = open;
    this.#refuge = refuge;
  }

  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  get hasTags(): boolean {
    return this.meta.tagsVersion !== undefined && this.meta.tagKey !== undefined;
  }

  /** Those of the keys that some contact of the team has. */
  async known(keys: string[]): Promise<Set<string>> {
    if (this.#tagByKey.size > KEYS_IN_MEMORY) this.#tagByKey.clear();
    const tags = await Promise.all(keys.map((key) => this.tag(key)));
    return new Set(keys.filter((_, at) => this.#tags.has(tags[at])));
  }

  async tag(key: string): Promise<number | undefined> {
    const { tagKey } = this.meta;
    const cached = this.#tagByKey.get(key);
    if (cached !== undefined || tagKey === undefined) return cached;
    const tag = await tagOf(tagKey, key);
    if (this.meta.tagKey === tagKey) this.#tagByKey.set(key, tag);
    return tag;
  }

  /** Held contacts by match key; a key that nobody held has is absent. */
  async idsByKeys(keys: string[]): Promise<Map<string, string[]>> {
    if (this.#idsByKey.size > KEYS_IN_MEMORY) this.#idsByKey.clear();
    const unread = keys.filter((key) => !this.#idsByKey.has(key));
    if (unread.length > 0) {
      const read = await this.#use((disk) => disk.cardsByKeys(unread));
      for (const key of unread) {
        // A write may have been quicker than the read.
        const ids = this.#idsByKey.get(key) ?? new Set();
        for (const card of read) if (card.keys.includes(key)) ids.add(card.id);
        this.#idsByKey.set(key, ids);
      }
      for (const card of read) if (!this.#cards.has(card.id)) this.#cards.set(card.id, card);
    }
    const ids = keys.map((key) => [key, [...(this.#idsByKey.get(key) ?? [])]] as const);
    return new Map(ids.filter(([, list]) => list.length > 0).map(([key, list]) => [key, [...list].sort()]));
  }

  async cards(ids: string[]): Promise<Map<string, HeldCard>> {
    const unread = ids.filter((id) => !this.#cards.has(id));
    if (unread.length > 0) {
      for (const card of await this.#use((disk) => disk.cards(unread))) {
        if (!this.#cards.has(card.id)) this.#cards.set(card.id, card);
      }
    }
    const held = new Map<string, HeldCard>();
    for (const id of ids) {
      const card = this.#cards.get(id);
      if (card !== undefined) held.set(id, card);
    }
    for (const id of this.#cards.keys()) {
      if (this.#cards.size <= CARDS_IN_MEMORY || this.storage !== 'ok') break;
      if (!held.has(id)) this.#cards.delete(id);
    }
    return held;
  }

  async companies(ids: string[]): Promise<Map<string, Company>> {
    const unread = ids.filter((id) => !this.#companies.has(id));
    if (unread.length > 0) {
      for (const company of await this.#use((disk) => disk.companies(unread))) {
        if (!this.#companies.has(company.id)) this.#companies.set(company.id, company);
      }
    }
    const held = ids.map((id) => this.#companies.get(id)).filter((company) => company !== undefined);
    return new Map(held.map((company) => [company.id, company]));
  }

  cardIds = () => this.#use((disk) => disk.cardIds());
  allCards = () => this.#use((disk) => disk.allCards());
  cardsOfCompany = (companyId: string) => this.#use((disk) => disk.cardsOfCompany(companyId));
  /** Always as it is on disk: another worker may have renewed it. */
  grant = (): Promise<Grant | undefined> => this.#use((disk) => disk.grant());
  pending = (): Promise<Pending | undefined> => this.#use((disk) => disk.pending());
  draft = (form: string) => this.#use((disk) => disk.draft(form));
  saveDraft = (form: string, text: string) => this.#use((disk) => disk.saveDraft(form, text));
  draftForms = () => this.#use((disk) => disk.draftForms());

  /**
   * Takes effect at once here, and on disk as one transaction; a full disk is noted and otherwise survived.
   * @param firm on disk first; where that fails nothing has changed, and on a full one it throws `Trouble`
   */
  async write(given: Batch, firm = false): Promise<void> {
    await this.load();
    const forms = given.erased?.length ? await this.draftForms() : [];
    const batch = withErased(withoutOwn(given, this), queuedHere(this), forms);
    if (!firm) this.#apply(batch);
    try {
      await this.#use((disk) => disk.write(batch));
      if (this.storage === 'full') this.storage = 'ok';
    } catch (error) {
      if (!isFull(error)) throw error;
      this.storage = 'full';
      if (firm) throw notSaved(error);
    }
    if (firm) this.#apply(batch);
  }

  /** Adds to the known tags without asking the server again. */
  async addTags(keys: string[]): Promise<void> {
    const tags = await Promise.all(keys.map((key) => this.tag(key)));
    const grown = this.#tags.with(tags.filter((tag) => tag !== undefined));
    if (grown !== this.#tags) await this.write({ tags: grown.bytes });
  }

  /** Resolves when the command is durable on this device; otherwise throws `Trouble` (`storage`, `full`). */
  async append(written: Omit<Queued, 'seq'>): Promise<void> {
    await this.load();
    if (this.storage === 'refused') throw notSaved();
    if (this.queued.some(({ command }) => command.id === written.command.id)) return;
    try {
      const entry = await this.#use((disk) => disk.append(written));
      this.queued = [...this.queued, entry].sort((a, b) => a.seq - b.seq);
      if (this.storage === 'full') this.storage = 'ok';
    } catch (cause) {
      if (isFull(cause)) this.storage = 'full';
      throw notSaved(cause);
    }
  }

  async #load(): Promise<void> {
    this.#disk ??= this.#openDisk();
    const start = await this.#use((disk) => disk.load());
    this.#begun = true;
    this.shared = start.shared;
    this.queued = start.queued;
    if (start.tags) {
      this.meta = start.meta;
      this.#tags = new TagSet(start.tags);
    } else {
      // Evicted while it was in use, or not there yet: the next round starts over.
      const { version: _, tagsVersion: __, ...meta } = start.meta;
      this.meta = meta;
    }
  }

  async #openDisk(): Promise<Disk> {
    try {
      const disk = await this.#open(() => {
        this.#disk = undefined;
      });
      if (this.#begun) await this.#rejoin(disk);
      return disk;
    } catch {
      this.storage = 'refused';
      return this.#refuge();
    }
  }

  /** The disk went away and came back, perhaps rebuilt or emptied: what waits on either side is kept. */
  async #rejoin(disk: Disk): Promise<void> {
    const { queued } = await disk.load();
    const there = new Set(queued.map(({ command }) => command.id));
    const again: Queued[] = [];
    for (const { seq: _, ...entry } of this.queued) {
      if (!there.has(entry.command.id)) again.push(await disk.append(entry));
    }
    this.queued = [...queued, ...again].sort((a, b) => a.seq - b.seq);
  }

  /** A connection that the browser has closed behind our back is opened again once. */
  async #use<T>(work: (disk: Disk) => Promise<T>): Promise<T> {
    this.#disk ??= this.#openDisk();
    try {
      return await work(await this.#disk);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      this.#disk = this.#openDisk();
      return work(await this.#disk);
    }
  }

  #apply(batch: Batch): void {
    if (batch.clear) {
      this.meta = {};
      this.shared = undefined;
      this.#tags = new TagSet(new Uint8Array());
      for (const cache of [this.unreadable, this.#cards, this.#companies, this.#idsByKey, this.#tagByKey])
        cache.clear();
    }
    if (batch.meta) {
      if (batch.meta.tagKey !== this.meta.tagKey) this.#tagByKey.clear();
      this.meta = batch.meta;
    }
    if (batch.tags) this.#tags = new TagSet(batch.tags);
    if (batch.shared) this.shared = batch.shared;
    for (const company of batch.companies ?? []) this.#companies.set(company.id, company);
    for (const id of batch.erased ?? []) this.erased.add(id);
    for (const id of batch.dropCards ?? []) this.unreadable.delete(id);
    for (const id of [...(batch.dropCards ?? []), ...(batch.cards ?? []).map((card) => card.id)]) {
      const keys = this.#cards.get(id)?.keys ?? this.#idsByKey.keys();
      for (const key of keys) this.#idsByKey.get(key)?.delete(id);
      this.#cards.delete(id);
    }
    for (const card of batch.cards ?? []) {
      this.#cards.set(card.id, card);
      for (const key of card.keys) this.#idsByKey.get(key)?.add(card.id);
    }
    this.queued = queuedAfter(this.queued, batch);
  }
}
