import type { Company } from '../contract/company.ts';
import type { Disk, HeldCard, Queued, Start } from './disk.ts';

/** Keeps the copy for the life of the process: where IndexedDB is refused, and in tests. */
export function memoryDisk(): Disk {
  let start: Start = { meta: {}, tags: undefined, shared: undefined, queued: [] };
  let seq = 0;
  const cards = new Map<string, HeldCard>();
  const companies = new Map<string, Company>();
  const drafts = new Map<string, string>();
  const pick = <T>(from: Map<string, T>, ids: string[]) =>
    ids.map((id) => from.get(id)).filter((found): found is T => found !== undefined);

  return {
    load: async () => ({ ...start, queued: [...start.queued] }),
    async write(batch) {
      if (batch.clear) {
        start = { meta: {}, tags: undefined, shared: undefined, queued: start.queued };
        cards.clear();
        companies.clear();
      }
      if (batch.meta) start.meta = batch.meta;
      if (batch.tags) start.tags = batch.tags;
      if (batch.shared) start.shared = batch.shared;
      for (const card of batch.cards ?? []) cards.set(card.id, card);
      for (const company of batch.companies ?? []) companies.set(company.id, company);
      for (const id of batch.dropCards ?? []) cards.delete(id);
      const changed = new Map(batch.queued?.map((entry) => [entry.seq, entry]));
      const dropped = new Set(batch.dropQueued);
      start.queued = start.queued
        .filter((entry) => !dropped.has(entry.seq))
        .map((entry) => changed.get(entry.seq) ?? entry);
    },
    async append(entry) {
      seq += 1;
      const queued: Queued = { ...entry, seq };
      start.queued = [...start.queued, queued];
      return queued;
    },
    cards: async (ids) => pick(cards, ids),
    async cardsByKeys(keys) {
      const wanted = new Set(keys);
      return [...cards.values()].filter((card) => card.keys.some((key) => wanted.has(key)));
    },
    cardsOfCompany: async (id) => [...cards.values()].filter(({ card }) => card.contact.companyId === id),
    allCards: async () => [...cards.values()],
    cardIds: async () => [...cards.keys()],
    companies: async (ids) => pick(companies, ids),
    draft: async (form) => drafts.get(form) ?? '',
    async saveDraft(form, text) {
      if (text === '') drafts.delete(form);
      else drafts.set(form, text);
    },
  };
}
