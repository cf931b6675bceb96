import type { Batch, Disk, Queued } from './disk.ts';
import type { Database, Schema } from './migrations.ts';

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
      for (const name of ['meta', 'tags', 'shared', 'cards', 'companies'] as const) {
        wait.push(store(name).clear());
      }
    }
    if (batch.clearOwn) wait.push(store('drafts').clear());
    if (batch.grant !== undefined) wait.push(replace('grant', batch.grant));
    if (batch.pending !== undefined) wait.push(replace('pending', batch.pending));
    if (batch.meta) wait.push(store('meta').put(batch.meta, 'all'));
    if (batch.tags) wait.push(store('tags').put(batch.tags, 'all'));
    if (batch.shared) wait.push(store('shared').put(batch.shared, 'all'));
    for (const card of batch.cards ?? []) wait.push(store('cards').put(card));
    for (const company of batch.companies ?? []) wait.push(store('companies').put(company));
    for (const id of batch.dropCards ?? []) wait.push(store('cards').delete(id));
    for (const form of batch.dropDrafts ?? []) wait.push(store('drafts').delete(form));
    for (const entry of batch.queued ?? []) wait.push(store('outbox').put(entry));
    for (const seq of batch.dropQueued ?? []) wait.push(store('outbox').delete(seq));
    await Promise.all([...wait, tx.done]);
  };

  return {
    async load() {
      const tx = database.transaction(['meta', 'tags', 'shared', 'outbox']);
      const [meta, tags, shared, queued] = await Promise.all([
        tx.objectStore('meta').get('all'),
        tx.objectStore('tags').get('all'),
        tx.objectStore('shared').get('all'),
        tx.objectStore('outbox').getAll(),
      ]);
      return { meta: meta ?? {}, tags, shared, queued };
    },
    async write(batch) {
      try {
        await transact(batch);
      } catch (error) {
        // Some private modes refuse to store keys: then the copy goes without.
        if (!(error instanceof DOMException && error.name === 'DataCloneError' && batch.meta?.tagKey)) {
          throw error;
        }
        const { tagKey: _, ...meta } = batch.meta;
        await transact({ ...batch, meta });
      }
    },
    async append(entry) {
      const tx = database.transaction('outbox', 'readwrite', { durability: 'strict' });
      // The key generator fills `seq` in.
      const [seq] = await Promise.all([tx.store.add(entry as Queued), tx.done]);
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
