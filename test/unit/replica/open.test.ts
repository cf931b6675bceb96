import { expect, test, vi } from 'vitest';
import type { Grant, Meta, Queued } from '../../../utils/replica/disk.ts';
import { openDisk } from '../../../utils/replica/open.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { idOf } from './samples.ts';

/** As much of a database as opening, rebuilding and loading a copy touches; stores in `broken` cannot be read. */
class FakeDatabase {
  readonly stores = new Map<string, Map<unknown, unknown>>();
  readonly broken = new Set<string>();
  readonly objectStoreNames = ['meta', 'tags', 'shared', 'cards', 'companies', 'outbox', 'drafts', 'grant'];

  objectStore(name: string) {
    const held = this.stores.get(name) ?? new Map<unknown, unknown>();
    this.stores.set(name, held);
    const read = async <T>(value: T) => {
      if (this.broken.has(name)) throw new DOMException('damaged', 'UnknownError');
      return value;
    };
    return {
      get: (key: unknown) => read(held.get(key)),
      getAll: () => read([...held.values()]),
      getAllKeys: () => read([...held.keys()]),
      count: () => read(held.size),
      put: async (value: object, key: unknown) =>
        void held.set(key ?? ('seq' in value ? value.seq : undefined), value),
    };
  }
  transaction = () => ({ objectStore: (name: string) => this.objectStore(name), done: Promise.resolve() });
  get = (name: string, key: unknown) => this.objectStore(name).get(key);
  getAll = (name: string) => this.objectStore(name).getAll();
  getAllKeys = (name: string) => this.objectStore(name).getAllKeys();
  close = () => undefined;
}

let database = new FakeDatabase();
vi.mock('idb', () => ({
  openDB: async () => database,
  deleteDB: async () => {
    database = new FakeDatabase();
  },
}));

const meta = {
  ...{
    server: 'https://team.example',
    workspaceId: idOf(1),
    workspace: 'Acme',
    me: idOf(2),
    browserId: idOf(3),
  },
  ...{ lockDays: 3, inStepAt: 5, version: 9, tagsVersion: 9, tagKeyNo: 1 },
} satisfies Meta;
const grant: Grant = { server: meta.server, browserId: meta.browserId, refreshToken: 'r', key: {} };
const queued: Queued = {
  ...{ seq: 4, server: meta.server, workspaceId: idOf(1), memberId: idOf(2) },
  command: {
    ...{ id: idOf(70), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' },
    payload: { noteId: idOf(71), contactId: idOf(10), text: 'Hello' },
  },
};

async function rebuilt(held: Meta, right: Grant | undefined, ...broken: string[]) {
  database = new FakeDatabase();
  database.objectStore('meta').put(held, 'all');
  if (right) database.stores.set('grant', new Map([['all', right]]));
  database.stores.set('outbox', new Map([[queued.seq, queued]]));
  database.stores.set('cards', new Map([['a', 'card']]));
  for (const name of broken) database.broken.add(name);
  const replica = new Replica(openDisk);
  await replica.load();
  expect(replica.storage).toBe('ok');
  expect(await replica.cardIds()).toEqual([]);
  expect(replica.queued).toEqual([queued]);
  return replica;
}

test('a copy that is rebuilt is still that of its person, and starts over', async () => {
  const replica = await rebuilt(meta, grant, 'cards');
  const { version: _, tagsVersion: __, tagKeyNo: ___, ...kept } = meta;
  expect(replica.meta).toEqual(kept);
  expect(database.stores.get('grant')?.get('all')).toEqual(grant);
});

test('one that was ended or locked stays so', async () => {
  const ended = { server: meta.server, me: idOf(2), ended: { state: 'removed' } } as const;
  expect((await rebuilt(ended, undefined, 'cards')).meta).toEqual(ended);
  expect((await rebuilt({ ...meta, locked: true }, grant, 'cards')).meta.locked).toBe(true);
});

test('when only the right can still be read, it is used', async () => {
  const replica = await rebuilt(meta, grant, 'cards', 'meta');
  expect(replica.meta).toEqual({ server: meta.server, browserId: meta.browserId });
});
