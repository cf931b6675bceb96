import { expect, test } from 'vitest';
import type { Change } from '../../../utils/contract/change.ts';
import { importTagKey } from '../../../utils/contract/match-key.ts';
import type { Batch, Disk, HeldCard } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { Api } from '../../../utils/sync/api.ts';
import { followLive } from '../../../utils/sync/follow.ts';
import { noteInStep } from '../../../utils/sync/round.ts';
import type { Run } from '../../../utils/sync/run.ts';
import { acme, cardOf, heldOf, idOf } from './samples.ts';
import { packOf } from './tags/samples.ts';

const tagKeyOf = (letter: string) => importTagKey(btoa(letter.repeat(32)));
const ann = cardOf(idOf(10), 'Ann Lee', 'ann@acme.example');
const bob = cardOf(idOf(11), 'Bob Ray', 'bob@acme.example');

/** A disk that has room for small things only, while `full`. */
function smallDisk(name = 'QuotaExceededError') {
  const disk = memoryDisk();
  const room = { full: false };
  const fits = ({ cards = [], tags, tagDelta }: Batch) => !tags && !tagDelta && cards.length === 0;
  const small: Disk = {
    ...disk,
    load: async () => structuredClone(await disk.load()),
    async write(batch) {
      if (room.full && !fits(batch)) throw new DOMException('no room', name);
      await disk.write(batch);
    },
  };
  return { small, room };
}

/** In step at version 5 with Ann's card and a set of tags, on a disk that has no more room. */
async function filled(name?: string) {
  const { small, room } = smallDisk(name);
  const replica = new Replica(async () => small);
  const tagKey = await tagKeyOf('k');
  await replica.write({
    cards: [heldOf(ann, 5)],
    companies: [acme],
    tags: packOf(),
    shared: { version: 5, stages: [], members: [], campaigns: [] },
    meta: {
      server: 's',
      workspaceId: idOf(1),
      me: idOf(2),
      inStepAt: 500,
      version: 5,
      tagsVersion: 5,
      tagKey,
    },
  });
  room.full = true;
  const rows: HeldCard[] = [heldOf(ann, 6)];
  const api = { cards: async () => ({ rows, unreadable: [], erased: [] }) } as unknown as Api;
  const run: Run = { replica, api, now: () => 600, changed: () => undefined };
  const tell = (version: number, ...ids: string[]) =>
    followLive(run, [
      { since: version - 1, version, changes: ids.map((id): Change => ({ version, kind: 'card', id })) },
    ]);
  const again = async () => {
    const next = new Replica(async () => small);
    await next.load();
    return next;
  };
  return { replica, room, rows, tell, again, tagKey };
}

test.each(['QuotaExceededError', 'UnknownError', 'AbortError'])(
  'what a full disk did not take (%s) is fetched after a restart, and not taken for current',
  async (name) => {
    const { replica, tell, again } = await filled(name);
    await tell(6, ann.contact.id);
    expect(replica.storage).toBe('full');
    await tell(7);
    await noteInStep(replica, 700);
    expect(replica.meta).toMatchObject({ version: 7, inStepAt: 700 });
    expect((await replica.cards([ann.contact.id])).get(ann.contact.id)?.version).toBe(6);

    const next = await again();
    expect((await next.cards([ann.contact.id])).get(ann.contact.id)?.version).toBe(5);
    expect(next.meta).toMatchObject({ server: 's', workspaceId: idOf(1), inStepAt: 500 });
    // Without a version it starts over.
    expect(next.meta.version).toBeUndefined();
    expect(next.meta.tagsVersion).toBeUndefined();
  },
);

test('a key whose set found no room is not asked of the set before', async () => {
  const { replica, again } = await filled();
  const { meta } = replica;
  await replica.write({
    tags: packOf([1, 2, 3]),
    meta: { ...meta, tagKey: await tagKeyOf('n'), tagsVersion: 6 },
  });
  await noteInStep(replica, 700);
  const next = await again();
  expect(next.hasTags).toBe(false);
  expect(await next.known(['email:ann@acme.example'])).toEqual(new Set(['email:ann@acme.example']));
});

test('what is held in memory alone is fetched again when it changes', async () => {
  const { replica, rows, tell } = await filled();
  await replica.write({ cards: [heldOf(bob, 5)] });
  rows.splice(0, 1, heldOf(bob, 6));
  await tell(6, bob.contact.id);
  expect((await replica.cards([bob.contact.id])).get(bob.contact.id)?.version).toBe(6);
});

test('where nothing was lost, nothing is fetched again: a disk that had no room for a note of the time', async () => {
  const disk = memoryDisk();
  const { write } = disk;
  const replica = new Replica(async () => disk);
  await replica.write({ meta: { version: 5, tagsVersion: 5 } });
  disk.write = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  await replica.write({ meta: { ...replica.meta, version: 6 } });
  disk.write = write;
  await noteInStep(replica, 700);
  expect((await disk.load()).meta).toMatchObject({ version: 6, tagsVersion: 5, inStepAt: 700 });
});
