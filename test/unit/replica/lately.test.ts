import { expect, test } from 'vitest';
import type { Disk } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { acme, cardOf, heldOf, idOf } from './samples.ts';

const key = 'email:ann@acme.example';
const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));

/** A copy that has just been started, with Ann's card on a disk that answers when it is told to. */
async function setUp() {
  const disk = memoryDisk();
  await disk.write({ meta: { workspaceId: 'w' }, cards: [ann], companies: [acme] });
  const { promise: turned, resolve: turn } = Promise.withResolvers<void>();
  const slow = <A, R>(read: (asked: A) => Promise<R>) => {
    return async (asked: A) => {
      const there = await read(asked);
      await turned;
      return there;
    };
  };
  const slowDisk: Disk = {
    ...disk,
    cards: slow(disk.cards),
    cardsByKeys: slow(disk.cardsByKeys),
    companies: slow(disk.companies),
    // Files go before rows do.
    async write(batch) {
      if (batch.clear) await new Promise((next) => setTimeout(next, 2));
      await disk.write(batch);
    },
  };
  const replica = new Replica(async () => slowDisk);
  await replica.load();
  return { replica, turn };
}

const READS: [string, (replica: Replica) => Promise<unknown>][] = [
  ['by id', (replica) => replica.cards([ann.id])],
  ['by key', (replica) => replica.idsByKeys([key])],
];
const DROPS: [string, (replica: Replica) => Promise<unknown>][] = [
  ['erased', (replica) => replica.write({ erased: [ann.id] })],
  ['signed out', (replica) => replica.write({ clear: true })],
  ['dropped to make room', (replica) => replica.write({ cards: [ann] }).then(() => replica.evict(0))],
];

test.each(
  READS.flatMap(([read, reading]) => DROPS.map(([drop, dropping]) => ({ read, drop, reading, dropping }))),
)('a card that is read $read while it is $drop does not come back', async ({ reading, dropping }) => {
  const { replica, turn } = await setUp();
  const read = reading(replica);
  await new Promise((next) => setTimeout(next, 2));
  await dropping(replica);
  turn();
  await read;
  expect(await replica.cards([ann.id])).toEqual(new Map());
  expect(await replica.idsByKeys([key])).toEqual(new Map());
  expect(await replica.cardIds()).toEqual([]);
});

test('a card that is read as a wipe begins does not come back', async () => {
  const { replica, turn } = await setUp();
  turn();
  const wiped = replica.write({ clear: true });
  await Promise.resolve();
  await replica.cards([ann.id]);
  await wiped;
  expect(await replica.cards([ann.id])).toEqual(new Map());
});

test("a company that is read while its team's copy is wiped does not come back", async () => {
  const { replica, turn } = await setUp();
  const read = replica.companies([acme.id]);
  await new Promise((next) => setTimeout(next, 2));
  await replica.write({ clear: true });
  turn();
  await read;
  expect(await replica.companies([acme.id])).toEqual(new Map());
});
