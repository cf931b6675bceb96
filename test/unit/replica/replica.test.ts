import { expect, test } from 'vitest';
import type { Command } from '../../../utils/contract/command.ts';
import { importTagKey } from '../../../utils/contract/match-key.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { acme, cardOf, heldOf, idOf } from './samples.ts';
import { packOf } from './tags/samples.ts';

const key = 'email:ann@acme.example';
const ann = heldOf(cardOf(idOf(1), 'Ann Lee', 'ann@acme.example'));
const command: Command = {
  id: idOf(7),
  at: '2026-03-02T10:00:00.000Z',
  kind: 'note.pin',
  payload: { noteId: idOf(8), contactId: idOf(1), text: 'Hello' },
};
const quota = () => new DOMException('no room', 'QuotaExceededError');

async function ready(disk = memoryDisk()) {
  const replica = new Replica(async () => disk);
  await replica.load();
  const tagKey = await importTagKey(btoa('k'.repeat(32)));
  await replica.write({ tags: packOf(), meta: { tagKey, tagsVersion: 1 } });
  return { replica, disk };
}

test('knows keys by their tags alone', async () => {
  const { replica } = await ready();
  await replica.addTags([key]);
  expect(await replica.known([key, 'email:stranger@x.example'])).toEqual(new Set([key]));
});

test('finds held cards by key, after a restart too, and follows changes of the keys', async () => {
  const { replica, disk } = await ready();
  expect(await replica.idsByKeys([key])).toEqual(new Map());
  await replica.write({ cards: [ann], companies: [acme] });
  expect(await replica.idsByKeys([key])).toEqual(new Map([[key, [ann.id]]]));
  const again = new Replica(async () => disk);
  await again.load();
  expect(await again.idsByKeys([key, 'name:ann lee|acme.example'])).toEqual(
    new Map([
      [key, [ann.id]],
      ['name:ann lee|acme.example', [ann.id]],
    ]),
  );
  await again.write({ cards: [heldOf(cardOf(ann.id, 'Ann Lee', 'new@acme.example'), 2)] });
  expect(await again.idsByKeys([key])).toEqual(new Map());
  await again.write({ dropCards: [ann.id] });
  expect(await again.cards([ann.id])).toEqual(new Map());
});

test('works from memory where storage is refused, but calls nothing saved', async () => {
  const replica = new Replica(() => Promise.reject(new DOMException('no', 'SecurityError')));
  await replica.write({ cards: [ann], companies: [acme] });
  expect(replica.storage).toBe('refused');
  expect((await replica.cards([ann.id])).size).toBe(1);
  await expect(replica.append({ workspaceId: 'w', command })).rejects.toMatchObject({ code: 'storage' });
});

test('a full disk is said, survived, and over when there is room again', async () => {
  const disk = memoryDisk();
  const { replica } = await ready(disk);
  const { write, append } = disk;
  disk.write = () => Promise.reject(quota());
  disk.append = () => Promise.reject(quota());
  await replica.write({ cards: [ann] });
  expect(replica.storage).toBe('full');
  await expect(replica.append({ workspaceId: 'w', command })).rejects.toMatchObject({ code: 'full' });
  expect(replica.queued).toEqual([]);
  Object.assign(disk, { write, append });
  await replica.append({ workspaceId: 'w', command });
  await replica.append({ workspaceId: 'w', command });
  expect(replica.storage).toBe('ok');
  expect(replica.queued).toHaveLength(1);
});

test('a connection that the browser closed is opened again', async () => {
  const disk = memoryDisk();
  let opened = 0;
  const replica = new Replica(async () => {
    opened += 1;
    if (opened > 1) return disk;
    return { ...disk, cards: () => Promise.reject(new DOMException('closing', 'InvalidStateError')) };
  });
  await replica.load();
  expect(await replica.cards([idOf(1)])).toEqual(new Map());
  expect(opened).toBe(2);
});

test('what belongs to the outbox outlives the rest', async () => {
  const { replica } = await ready();
  await replica.append({ workspaceId: 'w', command });
  await replica.write({ cards: [ann] });
  await replica.write({ clear: true });
  expect(await replica.cards([ann.id])).toEqual(new Map());
  expect(replica.queued).toHaveLength(1);
});

test('a copy whose tags were evicted is not taken for one that knows nobody: its cards are still shown', async () => {
  const { replica, disk } = await ready();
  await replica.write({ cards: [ann] });
  const { load } = disk;
  disk.load = async () => ({ ...(await load()), tags: undefined });
  const again = new Replica(async () => disk);
  await again.load();
  expect(again.hasTags).toBe(false);
  expect(await again.known([key, 'email:stranger@x.example'])).toEqual(new Set([key]));
});

test('what waits survives a disk that is emptied or rebuilt while in use', async () => {
  let lost = () => {};
  let disk = memoryDisk();
  const replica = new Replica(async (onLost) => {
    lost = onLost;
    return disk;
  });
  await replica.append({ workspaceId: 'w', command });
  disk = memoryDisk();
  await disk.append({ workspaceId: 'w', command: { ...command, id: idOf(77) } });
  lost();
  await replica.draft('any');
  expect(replica.queued.map((entry) => entry.command.id).sort()).toEqual([command.id, idOf(77)].sort());
  expect((await disk.load()).queued).toHaveLength(2);
});

test('two that find the disk gone open it once: what waits is written there once', async () => {
  const disks = [memoryDisk(), memoryDisk()];
  const losses: (() => void)[] = [];
  const [first, second = memoryDisk()] = disks;
  const replica = new Replica(async (onLost) => {
    losses.push(onLost);
    return disks.shift() ?? second;
  });
  await replica.append({ workspaceId: 'w', command });
  const gone = () => Promise.reject(new DOMException('closing', 'InvalidStateError'));
  Object.assign(first ?? {}, { draft: gone, cards: gone });
  await Promise.all([replica.draft('any'), replica.cards([idOf(1)])]);
  // Told late that the first went: the second stays.
  losses[0]?.();
  await replica.draft('any');
  expect(losses).toHaveLength(2);
  expect((await second.load()).queued).toHaveLength(1);
  expect(replica.queued).toHaveLength(1);
});

test('a disk that fails once as the copy is loaded is tried again', async () => {
  const disk = memoryDisk();
  const { load } = disk;
  disk.load = () => Promise.reject(new DOMException('damaged', 'UnknownError'));
  const replica = new Replica(async () => disk);
  await expect(replica.load()).rejects.toThrow('damaged');
  disk.load = load;
  await replica.load();
});
