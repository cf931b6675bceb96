import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Company } from '../contract/company.ts';
import type { Shared } from '../contract/routes.ts';
import type { Grant, HeldCard, HeldRecipes, Meta, Mine, Pending, Queued } from './disk.ts';
import type { Seen } from './seen.ts';
import type { TagDelta } from './tags/delta.ts';
import type { Pack } from './tags/layout.ts';

export interface Schema extends DBSchema {
  /** `fresh`: there until what was saved of the copy before it is here. */
  meta: { key: 'all' | 'fresh'; value: Meta };
  /** Without a Blob where it lies in a file. */
  tags: { key: 'all'; value: Omit<Pack, 'blob'> & { blob?: Blob } };
  tagDeltas: { key: number; value: TagDelta };
  shared: { key: 'all'; value: Shared };
  cards: { key: string; value: HeldCard; indexes: { keys: string; company: string } };
  companies: { key: string; value: Company; indexes: { domains: string } };
  seen: { key: string; value: Seen; indexes: { at: number } };
  mine: { key: 'all'; value: Mine };
  recipes: { key: 'all'; value: HeldRecipes };
  outbox: { key: number; value: Queued };
  drafts: { key: string; value: string };
  grant: { key: 'all'; value: Grant };
  pending: { key: 'all'; value: Pending };
}

export type Database = IDBPDatabase<Schema>;
type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** Append-only: entry N brings a copy from version N to N + 1. */
export const migrations: ((database: Database, upgrade: Upgrade) => void)[] = [
  (database) => {
    for (const name of ['meta', 'tags', 'shared', 'drafts'] as const) database.createObjectStore(name);
    const cards = database.createObjectStore('cards', { keyPath: 'id' });
    cards.createIndex('keys', 'keys', { multiEntry: true });
    cards.createIndex('company', 'card.contact.companyId');
    database.createObjectStore('companies', { keyPath: 'id' });
    database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
  },
  // The first release held an access token without an end, which no server takes any more.
  (database, upgrade) => {
    for (const name of ['grant', 'pending'] as const) database.createObjectStore(name);
    const meta = upgrade.objectStore('meta');
    void meta.get('all').then((held: (Meta & { token?: string }) | undefined) => {
      if (!held) return undefined;
      const { token: _, ...rest } = held;
      return meta.put(rest, 'all');
    });
  },
  // Tags lay in one piece. They are fetched again: nobody had told under which of the workspace's keys they were.
  (database, upgrade) => {
    database.createObjectStore('tagDeltas', { autoIncrement: true });
    void upgrade.objectStore('tags').clear();
  },
  // The copy has a bound, and is filled with the user's own contacts.
  (database) => {
    database.createObjectStore('seen', { keyPath: 'id' }).createIndex('at', 'at');
    database.createObjectStore('mine');
  },
  // Companies are found by the domain of an address.
  (_, upgrade) => {
    upgrade.objectStore('companies').createIndex('domains', 'domains', { multiEntry: true });
  },
  // The server serves recipes.
  (database) => {
    database.createObjectStore('recipes');
  },
];
