import type { Company } from '../contract/company.ts';
import type { Disk, Grant, HeldCard, HeldRecipes, Mine, Pending, Queued, Start } from './disk.ts';
import { toEvict } from './evict.ts';
import { queuedAfter } from './queued.ts';

/** Keeps the copy for the life of the process: where IndexedDB is refused, and in tests. */
export function memoryDisk(): Disk {
  let start: Start = { meta: {}, tags: undefined, shared: undefined, queued: [] };
  let seq = 0;
  let grant: Grant | undefined;
  let pending: Pending | undefined;
  const cards = new Map<string, HeldCard>();
  const companies = new Map<string, Company>();
  const drafts = new Map<string, string>();
  const seen = new Map<string, number>();
  let mine: Mine | undefined;
  let recipes: HeldRecipes | undefined;
  const pick = <T>(from: Map<string, T>, ids: string[]) =>
    ids.map((id) => from.get(id)).filter((found): found is T => found !== undefined);

  return {
    load: async () => ({ ...start, queued: [...start.queued] }),
    tags: async () => start.tags,
    async write(batch) {
      if (batch.clear) {
        start = { meta: {}, tags: undefined, shared: undefined, queued: start.queued };
        cards.clear();
        companies.clear();
        seen.clear();
        mine = undefined;
        recipes = undefined;
      }
      if (batch.clearOwn) drafts.clear();
      if (batch.clearCompanies) companies.clear();
      if (batch.grant !== undefined) grant = batch.grant ?? undefined;
      if (batch.pending !== undefined) pending = batch.pending ?? undefined;
      if (batch.meta) start.meta = batch.meta;
      if (batch.tags) start.tags = { pack: batch.tags, deltas: [] };
      else if (batch.tagDelta && start.tags) {
        const before = batch.tagDelta.instead ? [] : start.tags.deltas;
        start.tags = { ...start.tags, deltas: [...before, batch.tagDelta] };
      }
      if (batch.shared) start.shared = batch.shared;
      for (const card of batch.cards ?? []) cards.set(card.id, card);
      for (const company of batch.companies ?? []) companies.set(company.id, company);
      for (const company of batch.named ?? []) {
        if (!companies.has(company.id)) companies.set(company.id, company);
      }
      for (const { id, at } of batch.seen ?? []) seen.set(id, at);
      if (batch.mine) mine = batch.mine;
      if (batch.recipes) recipes = batch.recipes;
      for (const id of batch.dropCards ?? []) {
        cards.delete(id);
        seen.delete(id);
      }
      if (batch.draft) drafts.set(batch.draft.form, batch.draft.text);
      for (const form of batch.dropDrafts ?? []) drafts.delete(form);
      start.queued = queuedAfter(start.queued, batch);
    },
    async append(entry, form = '') {
      drafts.delete(form);
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
    companiesAt: async (domains) =>
      [...companies.values()].filter((company) => company.domains.some((domain) => domains.includes(domain))),
    mine: async () => mine,
    recipes: async () => recipes,
    async evict(limits) {
      const inTurn = [...seen].sort(([, a], [, b]) => a - b).map(([id]) => id);
      const gone = toEvict([...cards.keys()], inTurn, limits);
      if (gone.length === 0) return { cards: [], companies: [] };
      for (const id of gone) cards.delete(id);
      for (const id of inTurn) if (!cards.has(id)) seen.delete(id);
      const named = new Set([...cards.values()].map(({ card }) => card.contact.companyId));
      const unnamed = [...companies.keys()].filter((id) => !named.has(id));
      for (const id of unnamed) companies.delete(id);
      return { cards: gone, companies: unnamed };
    },
    grant: async () => grant,
    pending: async () => pending,
    draft: async (form) => drafts.get(form) ?? '',
    draftForms: async () => [...drafts.keys()],
    async saveDraft(form, text) {
      if (text === '') drafts.delete(form);
      else drafts.set(form, text);
    },
  };
}
