import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Grant, Meta, Queued } from '../../../utils/replica/disk.ts';
import { openDisk } from '../../../utils/replica/open.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { cardOf, heldOf, idOf } from './samples.ts';

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
const { version: _, tagsVersion: __, tagKeyNo: ___, ...kept } = meta;
const grant: Grant = { server: meta.server, browserId: meta.browserId, refreshToken: 'r', key: {} };
const written = (number: number): Omit<Queued, 'seq'> => ({
  ...{ server: meta.server, workspaceId: idOf(1), memberId: idOf(2) },
  command: {
    ...{ id: idOf(70 + number), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' },
    payload: { noteId: idOf(80 + number), contactId: idOf(10), text: `Hello ${number}` },
  },
});
const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));

/** What the browser fails at: reading these stores (or one record of them: `outbox 2`) until the copy is deleted. */
const broken = new Set<string>();
/** As many more calls until the background dies. */
let calls = Number.POSITIVE_INFINITY;

function counted<T extends object>(
  of: T,
  name: keyof T & string,
  before: (self: T, args: unknown[]) => void,
) {
  const real = of[name] as (...args: unknown[]) => unknown;
  vi.spyOn(of as Record<string, () => unknown>, name).mockImplementation(function (
    this: T,
    ...args: unknown[]
  ) {
    before(this, args);
    return real.apply(this, args);
  });
}
function step() {
  calls -= 1;
  if (calls < 0) throw new Error('the background has died');
}
const damaged = () => new DOMException('damaged', 'UnknownError');

const { setTimeout } = globalThis;

/** A browser that holds nothing. */
function emptied() {
  vi.stubGlobal('indexedDB', new IDBFactory());
  counted(indexedDB, 'open', step);
  counted(indexedDB, 'deleteDatabase', (_, [name]) => {
    step();
    if (name === 'truce') broken.clear();
  });
}

beforeEach(() => {
  vi.restoreAllMocks();
  // Between the first try and the second.
  vi.stubGlobal('setTimeout', (job: () => void, ms: number) => setTimeout(job, ms === 200 ? 0 : ms));
  broken.clear();
  calls = Number.POSITIVE_INFINITY;
  emptied();
  // One of an upgrade is begun by the browser itself.
  counted(IDBDatabase.prototype, 'transaction', (_, [, mode]) => {
    if (mode !== 'versionchange') step();
  });
  for (const name of ['get', 'getAll', 'count'] as const) {
    counted(IDBObjectStore.prototype, name, (store, [key]) => {
      const one = name === 'getAll' && [...broken].some((all) => all.startsWith(`${store.name} `));
      if (broken.has(store.name) || broken.has(`${store.name} ${key}`) || one) throw damaged();
    });
  }
});

async function filled(held: Meta = meta, right: Grant | undefined = grant) {
  let lose = () => {};
  const disk = await openDisk(() => lose());
  await disk.write({ meta: held, cards: [ann], ...(right && { grant: right }) });
  for (const number of [1, 2, 3]) await disk.append(written(number));
  await disk.saveDraft('note', 'half typed');
  return { disk, onLost: (then: () => void) => (lose = then) };
}

async function opened() {
  const replica = new Replica(openDisk);
  await replica.load();
  expect(replica.storage).toBe('ok');
  return replica;
}
const waiting = ({ queued }: Replica) => queued.map(({ command }) => command.id);
const all = [idOf(71), idOf(72), idOf(73)];

async function expectRebuilt() {
  const replica = await opened();
  expect(await replica.cardIds()).toEqual([]);
  expect(waiting(replica)).toEqual(all);
  expect(await replica.draft('note')).toBe('half typed');
  return replica;
}
const names = async () => (await indexedDB.databases()).map(({ name }) => name);

test.each(['cards', 'meta', 'tags', 'tagDeltas', 'shared'])(
  'a copy of which %s cannot be read is rebuilt, is still that of its person, and starts over',
  async (store) => {
    await filled();
    broken.add(store);
    const replica = await expectRebuilt();
    // The right alone is enough to find out whose copy it is.
    const right = { server: meta.server, browserId: meta.browserId };
    expect(replica.meta).toEqual(store === 'meta' ? right : kept);
    expect(await replica.grant()).toEqual(grant);
    expect(await names()).toEqual(['truce']);
  },
);

test('one that was ended or locked stays so', async () => {
  const ended = { server: meta.server, me: idOf(2), ended: { state: 'removed' } } as const;
  await filled(ended, undefined);
  broken.add('cards');
  expect((await expectRebuilt()).meta).toEqual(ended);
});

test('of an outbox with a record that cannot be read, the others are kept', async () => {
  await filled();
  broken.add('outbox 2');
  expect(waiting(await opened())).toEqual([idOf(71), idOf(73)]);
});

test('whenever it dies while it rebuilds a copy, nothing that waits is lost, and it is there once', async () => {
  let moments = 0;
  for (let died = true; died; moments += 1) {
    emptied();
    calls = Number.POSITIVE_INFINITY;
    await filled();
    broken.add('cards');
    calls = moments;
    died = await openDisk(() => undefined).then(
      () => false,
      () => true,
    );
    calls = Number.POSITIVE_INFINITY;
    const replica = await expectRebuilt();
    expect(replica.meta).toEqual(kept);
    expect(await replica.grant()).toEqual(grant);
    expect(await names()).toEqual(['truce']);
  }
  expect(moments).toBeGreaterThan(8);
}, 30_000);

test('a disk that has no room for what is to be saved, or does not answer, loses nothing', async () => {
  for (const name of ['QuotaExceededError', 'InvalidStateError']) {
    emptied();
    await filled();
    broken.add('cards');
    // All but the first two openings: they find the damage.
    let openings = 0;
    const open = indexedDB.open.bind(indexedDB);
    const refused = vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
      openings += 1;
      if (openings > 2) throw new DOMException('no', name);
      return open(...args);
    });
    await expect(openDisk(() => undefined)).rejects.toThrow('no');
    refused.mockRestore();
    broken.clear();
    expect((await (await openDisk(() => undefined)).load()).queued).toHaveLength(3);
  }
});

test('what fails at first for a damage, then because the browser refuses, is left alone', async () => {
  const { disk } = await filled();
  broken.add('cards');
  let openings = 0;
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    openings += 1;
    if (openings === 2) throw new DOMException('no', 'QuotaExceededError');
    return open(...args);
  });
  await expect(openDisk(() => undefined)).rejects.toThrow('no');
  expect(await disk.cardIds()).toEqual([ann.id]);
});
