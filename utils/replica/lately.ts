import type { Company } from '../contract/company.ts';
import type { Batch, Disk, Evicted, HeldCard } from './disk.ts';

const CARDS = 1000;
const KEYS = 20_000;

/** Of the cards and companies on disk, those that were used lately. */
export class Lately {
  readonly #cards = new Map<string, HeldCard>();
  readonly #companies = new Map<string, Company>();
  readonly #idsByKey = new Map<string, Set<string>>();
  readonly #read: <T>(work: (disk: Disk) => Promise<T>) => Promise<T>;
  /** How often something has gone. */
  #losses = 0;

  constructor(use: <T>(work: (disk: Disk) => Promise<T>) => Promise<T>) {
    this.#read = async (work) => {
      // What goes while it is read may not come back: then it is read again.
      for (;;) {
        const before = this.#losses;
        const read = await use(work);
        if (before === this.#losses) return read;
      }
    };
  }

  get ids(): Iterable<string> {
    return this.#cards.keys();
  }

  async idsByKeys(keys: string[]): Promise<Map<string, string[]>> {
    if (this.#idsByKey.size > KEYS) this.#idsByKey.clear();
    const unread = keys.filter((key) => !this.#idsByKey.has(key));
    if (unread.length > 0) {
      const read = await this.#read((disk) => disk.cardsByKeys(unread));
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

  /** `all`: nothing is let go of, since there is no disk to read it from again. */
  async cards(ids: string[], all: boolean): Promise<Map<string, HeldCard>> {
    const unread = ids.filter((id) => !this.#cards.has(id));
    if (unread.length > 0) {
      for (const card of await this.#read((disk) => disk.cards(unread))) {
        if (!this.#cards.has(card.id)) this.#cards.set(card.id, card);
      }
    }
    const held = new Map<string, HeldCard>();
    for (const id of ids) {
      const card = this.#cards.get(id);
      if (card !== undefined) held.set(id, card);
    }
    for (const id of this.#cards.keys()) {
      if (this.#cards.size <= CARDS || all) break;
      if (!held.has(id)) this.#cards.delete(id);
    }
    return held;
  }

  async companies(ids: string[]): Promise<Map<string, Company>> {
    const unread = ids.filter((id) => !this.#companies.has(id));
    if (unread.length > 0) {
      for (const company of await this.#read((disk) => disk.companies(unread))) {
        if (!this.#companies.has(company.id)) this.#companies.set(company.id, company);
      }
    }
    const held = ids.map((id) => this.#companies.get(id)).filter((company) => company !== undefined);
    return new Map(held.map((company) => [company.id, company]));
  }

  apply(batch: Batch): void {
    if (batch.clearCompanies) this.#companies.clear();
    for (const company of batch.companies ?? []) this.#companies.set(company.id, company);
    for (const company of batch.named ?? []) {
      if (!this.#companies.has(company.id)) this.#companies.set(company.id, company);
    }
    if (batch.dropCards?.length) this.#losses += 1;
    for (const id of [...(batch.dropCards ?? []), ...(batch.cards ?? []).map((card) => card.id)]) {
      const keys = this.#cards.get(id)?.keys ?? this.#idsByKey.keys();
      for (const key of keys) this.#idsByKey.get(key)?.delete(id);
      this.#cards.delete(id);
    }
    for (const card of batch.cards ?? []) {
      this.#cards.set(card.id, card);
      for (const key of card.keys) this.#idsByKey.get(key)?.add(card.id);
    }
  }

  /** What has gone from the disk is read from there again, should it have come back. */
  forget({ cards, companies }: Evicted): void {
    this.#losses += 1;
    const gone = new Set(cards);
    for (const id of cards) this.#cards.delete(id);
    for (const id of companies) this.#companies.delete(id);
    for (const [key, ids] of this.#idsByKey) if (!gone.isDisjointFrom(ids)) this.#idsByKey.delete(key);
  }

  clear(): void {
    this.#losses += 1;
    for (const cache of [this.#cards, this.#companies, this.#idsByKey]) cache.clear();
  }
}
