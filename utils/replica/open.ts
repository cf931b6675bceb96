import { deleteDB, type OpenDBCallbacks, openDB } from 'idb';
import type { Disk, Grant, Meta, Queued } from './disk.ts';
import { indexedDisk } from './indexed-disk.ts';
import { type Database, migrations, type Schema } from './migrations.ts';
import { keptOf } from './own.ts';

const NAME = 'truce';
const REFUSED = /^(Security|InvalidState|QuotaExceeded)Error$/;
/** ms after which a browser that does not answer is taken to refuse. */
const PATIENCE = 5000;

/**
 * Opens the copy, bringing it to the newest schema. One that can't be read is rebuilt: whose it is, its outbox and
 * drafts are carried over where they can still be read. Rejects when the browser refuses storage altogether.
 */
export async function openDisk(onLost: () => void): Promise<Disk> {
  try {
    return indexedDisk(await open(onLost));
  } catch (error) {
    if (error instanceof DOMException && REFUSED.test(error.name)) throw error;
    // What fails twice is damaged; once may have been a disk that was busy.
    await new Promise((wake) => setTimeout(wake, 200));
    return indexedDisk(await open(onLost).catch(() => rebuild(onLost)));
  }
}

async function open(onLost: () => void): Promise<Database> {
  const callbacks: OpenDBCallbacks<Schema> = {
    upgrade(database, from, _to, upgrade) {
      for (const migrate of migrations.slice(from)) migrate(database, upgrade);
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
    // Reads once, so that a damaged copy shows now and not in the middle of something.
    const tx = database.transaction([...database.objectStoreNames]);
    await Promise.all([tx.objectStore('meta').get('all'), tx.objectStore('cards').count(), tx.done]);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function rebuild(onLost: () => void): Promise<Database> {
  const saved = await salvage().catch((): Saved => ({ queued: [], drafts: [], grant: undefined, meta: {} }));
  await inTime(deleteDB(NAME));
  const database = await open(onLost);
  const stores = ['meta', 'outbox', 'drafts', 'grant'] as const;
  const tx = database.transaction(stores, 'readwrite', { durability: 'strict' });
  await Promise.all([
    tx.objectStore('meta').put(saved.meta, 'all'),
    ...saved.queued.map((entry) => tx.objectStore('outbox').put(entry)),
    ...saved.drafts.map(([form, text]) => tx.objectStore('drafts').put(text, form)),
    ...(saved.grant ? [tx.objectStore('grant').put(saved.grant, 'all')] : []),
    tx.done,
  ]);
  return database;
}

interface Saved {
  queued: Queued[];
  drafts: [string, string][];
  grant: Grant | undefined;
  meta: Meta;
}

/** Reads what can't be fetched again out of a copy in whatever version it is. */
async function salvage(): Promise<Saved> {
  const database = await inTime(openDB<Schema>(NAME));
  try {
    const queued = await database.getAll('outbox').catch(() => []);
    const [forms, texts] = await Promise.all([
      database.getAllKeys('drafts'),
      database.getAll('drafts'),
    ]).catch(() => [[], []]);
    const grant = await database.get('grant', 'all').catch(() => undefined);
    const meta = await database.get('meta', 'all').catch(() => undefined);
    return {
      ...{ queued, grant, drafts: forms.map((form, index) => [form, texts[index] ?? '']) },
      // The right alone is enough to find out whose copy it is.
      meta: meta ? keptOf(meta) : { ...(grant && { server: grant.server, browserId: grant.browserId }) },
    };
  } finally {
    database.close();
  }
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
