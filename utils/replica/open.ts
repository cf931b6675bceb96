import { deleteDB, type OpenDBCallbacks, openDB } from 'idb';
import type { Disk, Grant, Meta, Queued, Start } from './disk.ts';
import { indexedDisk } from './indexed-disk.ts';
import { type Database, migrations, type Schema } from './migrations.ts';
import { keptOf } from './own.ts';

const NAME = 'truce';
/** What a copy that is rebuilt has saved, until it is in the new one. */
const SAVED = 'truce-saved';
const REFUSED = /^(Security|InvalidState|QuotaExceeded)Error$/;
/** ms after which a browser that does not answer is taken to refuse. */
const PATIENCE = 5000;

/**
 * Opens the copy, bringing it to the newest schema. One that can't be read is rebuilt: whose it is, its outbox and
 * drafts are carried over where they can still be read. Rejects when the browser refuses storage, for now or always.
 */
export async function openDisk(onLost: () => void): Promise<Disk> {
  try {
    return await open(onLost);
  } catch (error) {
    giveUp(error);
  }
  // What fails twice is damaged; once may have been a disk that was busy.
  await new Promise((wake) => setTimeout(wake, 200));
  try {
    return await open(onLost);
  } catch (error) {
    giveUp(error);
  }
  const saved = await salvage();
  if (saved) await save(saved);
  await inTime(deleteDB(NAME));
  return open(onLost);
}

async function open(onLost: () => void): Promise<Disk> {
  const callbacks: OpenDBCallbacks<Schema> = {
    upgrade(database, from, _to, upgrade) {
      for (const migrate of migrations.slice(from)) migrate(database, upgrade);
      if (from === 0) void upgrade.objectStore('meta').put({}, 'fresh');
    },
    blocking: (_from, _to, event) => {
      // A newer version of the extension wants to upgrade: make way.
      if (event.target instanceof IDBDatabase) event.target.close();
      onLost();
    },
    terminated: onLost,
  };
  const database = await inTime(openDB<Schema>(NAME, migrations.length, callbacks));
  try {
    const tx = database.transaction(['meta', 'cards']);
    const [fresh] = await Promise.all([
      tx.objectStore('meta').get('fresh'),
      tx.objectStore('cards').count(),
      tx.done,
    ]);
    if (fresh) await restore(database);
    const disk = indexedDisk(database);
    // Reads now what a start needs, so that a damaged copy shows here and not in the middle of something.
    let start: Start | undefined = await disk.load();
    const load = async () => {
      const read = start ?? (await disk.load());
      start = undefined;
      return read;
    };
    return { ...disk, load };
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Saved {
  queued: Queued[];
  drafts: [form: string, text: string][];
  grant: Grant | undefined;
  meta: Meta;
}

/** Reads what can't be fetched again out of a copy in whatever version it is; undefined when there is nothing. */
async function salvage(): Promise<Saved | undefined> {
  const database = await inTime(openDB<Schema>(NAME)).catch(giveUp);
  if (!database) return undefined;
  try {
    const queued = await readable(database, 'outbox');
    const drafts = await readable(database, 'drafts');
    const grant = await database.get('grant', 'all').catch(giveUp);
    const meta = await database.get('meta', 'all').catch(giveUp);
    if (!meta && !grant && queued.length + drafts.length === 0) return undefined;
    return {
      ...{ queued: queued.map(([, entry]) => entry), drafts, grant },
      // The right alone is enough to find out whose copy it is.
      meta: meta ? keptOf(meta) : { ...(grant && { server: grant.server, browserId: grant.browserId }) },
    };
  } finally {
    database.close();
  }
}

/** One by one: all at once they can be read only where each of them can. */
async function readable<N extends 'outbox' | 'drafts'>(
  database: Database,
  name: N,
): Promise<[Schema[N]['key'], Schema[N]['value']][]> {
  const rows: [Schema[N]['key'], Schema[N]['value']][] = [];
  for (const key of (await database.getAllKeys(name).catch(giveUp)) ?? []) {
    const value = await database.get(name, key).catch(giveUp);
    if (value !== undefined) rows.push([key, value]);
  }
  return rows;
}

const openSaved = () => inTime(openDB(SAVED, 1, { upgrade: (saved) => void saved.createObjectStore('all') }));

async function save(rows: Saved): Promise<void> {
  const database = await openSaved();
  try {
    const tx = database.transaction('all', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put(rows, 'all'), tx.done]);
  } finally {
    database.close();
  }
}

/** Into a copy that nobody has used yet. It may end anywhere, and is done again then. */
async function restore(database: Database): Promise<void> {
  const saved = await openSaved();
  const rows: Saved | undefined = await saved.get('all', 'all').finally(() => saved.close());
  if (rows) {
    const stores = ['meta', 'outbox', 'drafts', 'grant'] as const;
    const tx = database.transaction(stores, 'readwrite', { durability: 'strict' });
    await Promise.all([
      tx.objectStore('meta').put(rows.meta, 'all'),
      ...rows.queued.map((entry) => tx.objectStore('outbox').put(entry)),
      ...rows.drafts.map(([form, text]) => tx.objectStore('drafts').put(text, form)),
      ...(rows.grant ? [tx.objectStore('grant').put(rows.grant, 'all')] : []),
      tx.done,
    ]);
  }
  await inTime(deleteDB(SAVED));
  await database.delete('meta', 'fresh');
}

/** Of what is damaged; what the browser refuses may be whole, and is left as it is. */
function giveUp(error: unknown): undefined {
  if (error instanceof DOMException && REFUSED.test(error.name)) throw error;
}

/** A blocked request never settles by itself. */
function inTime<T>(request: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new DOMException('[replica] no answer', 'InvalidStateError')),
    PATIENCE,
  );
  return Promise.race([request, promise]).finally(() => clearTimeout(timer));
}
