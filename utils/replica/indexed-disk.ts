import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Company } from '../contract/company.ts';
import type { Batch, Disk, Evicted, Queued } from './disk.ts';
import { type Limits, toEvict } from './evict.ts';
import type { Database, Schema } from './migrations.ts';
import { fileSink, openFile, removeFiles, tagFolder } from './tags/files.ts';
import { blobSink } from './tags/sink.ts';
import type { HeldTags } from './tags/store.ts';

const STRICT = ['dropQueued', 'queued', 'clearOwn', 'grant', 'pending'] as const;

const found = <T>(values: (T | undefined)[]) => values.filter((value): value is T => value !== undefined);

/** The copy in IndexedDB. */
export function indexedDisk(database: Database): Disk {
  const transact = async (batch: Batch) => {
    const tx = database.transaction([...database.objectStoreNames], 'readwrite', {
      // What has left the queue may not come back, nor a right be lost; everything else can be fetched again.
      durability: STRICT.some((part) => batch[part] !== undefined) ? 'strict' : 'relaxed',
    });
    const store = tx.objectStore.bind(tx);
    const wait: Promise<unknown>[] = [];
    const replace = <N extends 'grant' | 'pending'>(name: N, value: Schema[N]['value'] | null) =>
      value === null ? store(name).clear() : store(name).put(value, 'all');
    if (batch.clear) {
      for (const name of [
        'meta',
        'tags',
        'tagDeltas',
        'shared',
        'cards',
        'companies',
        'seen',
        'mine',
        'recipes',
      ] as const) {
        wait.push(store(name).clear());
      }
    }
    if (batch.clearOwn) wait.push(store('drafts').clear());
    if (batch.clearCompanies) wait.push(store('companies').clear());
    if (batch.grant !== undefined) wait.push(replace('grant', batch.grant));
    if (batch.pending !== undefined) wait.push(replace('pending', batch.pending));
    if (batch.meta) wait.push(store('meta').put(batch.meta, 'all'));
    if (batch.tags || batch.tagDelta?.instead) wait.push(store('tagDeltas').clear());
    if (batch.tags) {
      const { blob, ...pack } = batch.tags;
      wait.push(store('tags').put(pack.file === undefined ? { ...pack, blob } : pack, 'all'));
    }
    if (batch.tagDelta && !batch.tags) {
      const { added, removed } = batch.tagDelta;
      wait.push(store('tagDeltas').add({ added, removed }));
    }
    if (batch.shared) wait.push(store('shared').put(batch.shared, 'all'));
    for (const card of batch.cards ?? []) wait.push(store('cards').put(card));
    for (const company of batch.companies ?? []) wait.push(store('companies').put(company));
    for (const company of batch.named ?? []) wait.push(putIfAbsent(store('companies'), company));
    for (const seen of batch.seen ?? []) wait.push(store('seen').put(seen));
    if (batch.mine) wait.push(store('mine').put(batch.mine, 'all'));
    if (batch.recipes) wait.push(store('recipes').put(batch.recipes, 'all'));
    for (const id of batch.dropCards ?? []) wait.push(store('cards').delete(id), store('seen').delete(id));
    if (batch.draft) wait.push(store('drafts').put(batch.draft.text, batch.draft.form));
    for (const form of batch.dropDrafts ?? []) wait.push(store('drafts').delete(form));
    for (const entry of batch.queued ?? []) wait.push(store('outbox').put(entry));
    for (const seq of batch.dropQueued ?? []) wait.push(store('outbox').delete(seq));
    await Promise.all([...wait, tx.done]);
  };
  const tidyTags = async () => removeFiles((await database.get('tags', 'all'))?.file);

  return {
    async load() {
      const folder = tagFolder();
      const tx = database.transaction(['meta', 'tags', 'tagDeltas', 'shared', 'outbox']);
      const [meta, pack, deltas, shared, queued] = await Promise.all([
        tx.objectStore('meta').get('all'),
        tx.objectStore('tags').get('all'),
        tx.objectStore('tagDeltas').getAll(),
        tx.objectStore('shared').get('all'),
        tx.objectStore('outbox').getAll(),
      ]);
      return { meta: meta ?? {}, tags: await held(pack, deltas, folder), shared, queued };
    },
    async tags() {
      const tx = database.transaction(['tags', 'tagDeltas']);
      const [pack, deltas] = await Promise.all([
        tx.objectStore('tags').get('all'),
        tx.objectStore('tagDeltas').getAll(),
      ]);
      return held(pack, deltas);
    },
    async tagSink() {
      // What is left of another one would take the room.
      await tidyTags();
      return fileSink().catch(blobSink);
    },
    tidyTags,
    async write(batch) {
      // First, so that a background that dies here leaves nobody's tags behind.
      if (batch.clear) await removeFiles(batch.tags?.file);
      let rest = batch;
      for (;;) {
        try {
          return await transact(rest);
        } catch (error) {
          const refused = error instanceof DOMException && error.name === 'DataCloneError';
          const less = refused ? withLess(rest) : undefined;
          if (!less) throw error;
          rest = less;
        }
      }
    },
    async append(entry, form = '') {
      const tx = database.transaction(['outbox', 'drafts'], 'readwrite', { durability: 'strict' });
      // The key generator fills `seq` in.
      const added = tx.objectStore('outbox').add(entry as Queued);
      const [seq] = await Promise.all([added, tx.objectStore('drafts').delete(form), tx.done]);
      return { ...entry, seq };
    },
    async cards(ids) {
      const { store } = database.transaction('cards');
      return found(await Promise.all(ids.map((id) => store.get(id))));
    },
    async cardsByKeys(keys) {
      const index = database.transaction('cards').store.index('keys');
      const lists = await Promise.all(keys.map((key) => index.getAll(key)));
      return [...new Map(lists.flat().map((card) => [card.id, card])).values()];
    },
    cardsOfCompany: (companyId) => database.getAllFromIndex('cards', 'company', companyId),
    allCards: () => database.getAll('cards'),
    cardIds: () => database.getAllKeys('cards'),
    async companies(ids) {
      const { store } = database.transaction('companies');
      return found(await Promise.all(ids.map((id) => store.get(id))));
    },
    async companiesAt(domains) {
      const index = database.transaction('companies').store.index('domains');
      return (await Promise.all(domains.map((domain) => index.getAll(domain)))).flat();
    },
    mine: () => database.get('mine', 'all'),
    recipes: () => database.get('recipes', 'all'),
    evict: (limits) => evict(database, limits),
    draft: async (form) => (await database.get('drafts', form)) ?? '',
    draftForms: () => database.getAllKeys('drafts'),
    async saveDraft(form, text) {
      if (text === '') await database.delete('drafts', form);
      else await database.put('drafts', text, form);
    },
    grant: () => database.get('grant', 'all'),
    pending: () => database.get('pending', 'all'),
  };
}

/** A set whose file is gone is none. */
async function held(
  pack: Schema['tags']['value'] | undefined,
  deltas: HeldTags['deltas'],
  folder = tagFolder(),
): Promise<HeldTags | undefined> {
  const blob = pack?.file === undefined ? pack?.blob : await openFile(pack.file, folder);
  return pack && blob && { pack: { ...pack, blob }, deltas };
}

/** Some private modes refuse to store keys, or Blobs: then the copy goes without, and has them in memory only. */
function withLess(batch: Batch): Batch | undefined {
  if (batch.meta?.tagKey) {
    const { tagKey: _, ...meta } = batch.meta;
    return { ...batch, meta };
  }
  const { tags, ...rest } = batch;
  return tags && rest;
}

async function putIfAbsent(
  store: IDBPObjectStore<Schema, StoreNames<Schema>[], 'companies', 'readwrite'>,
  company: Company,
): Promise<void> {
  if ((await store.getKey(company.id)) === undefined) await store.put(company);
}

async function evict(database: Database, limits: Limits): Promise<Evicted> {
  const tx = database.transaction(['cards', 'companies', 'seen'], 'readwrite', { durability: 'relaxed' });
  const [cards, companies, seen] = [
    tx.objectStore('cards'),
    tx.objectStore('companies'),
    tx.objectStore('seen'),
  ];
  const gone: Evicted = { cards: [], companies: [] };
  if ((await cards.count()) > limits.most) {
    const [ids, inTurn] = await Promise.all([cards.getAllKeys(), seen.index('at').getAllKeys()]);
    gone.cards = toEvict(ids, inTurn, limits);
    for (const id of gone.cards) void cards.delete(id);
    const left = new Set(ids).difference(new Set(gone.cards));
    for (const id of inTurn) if (!left.has(id)) void seen.delete(id);
    const named = new Set<IDBValidKey>();
    const index = cards.index('company');
    for (let at = await index.openKeyCursor(null, 'nextunique'); at; at = await at.continue())
      named.add(at.key);
    gone.companies = (await companies.getAllKeys()).filter((id) => !named.has(id));
    for (const id of gone.companies) void companies.delete(id);
  }
  await tx.done;
  return gone;
}
