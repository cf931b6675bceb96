import { expect, test, vi } from 'vitest';
import { pinNote } from '../../../utils/commands.ts';
import type { Meta } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { idOf } from './samples.ts';

const meta: Meta = {
  ...{ server: 'https://team.example', workspaceId: idOf(1), me: idOf(2), browserId: idOf(3) },
  ...{ version: 9, tagsVersion: 9, tagKeyNo: 1, inStepAt: 5 },
};
const entry = { workspaceId: idOf(1), command: pinNote({ contactId: idOf(4), text: 'Hello' }) };

async function ready() {
  const disks = [memoryDisk(), memoryDisk()];
  const [first, second] = disks;
  let lost = () => undefined as undefined;
  const replica = new Replica(async (onLost) => {
    lost = () => void onLost();
    return disks.shift() ?? Promise.reject(new Error('no more'));
  });
  await replica.write({ meta });
  return { replica, first, second, lose: () => lost() };
}

test('taken away with all that was in it: what waits is put back before anybody asks', async () => {
  const { replica, second, lose } = await ready();
  await replica.append(entry);
  lose();
  await vi.waitFor(async () => expect((await second?.load())?.queued).toMatchObject([entry]));
  expect(replica.queued).toMatchObject([entry]);
});

test('a copy that came back empty is still that of its person, and starts over', async () => {
  const { replica, second, lose } = await ready();
  lose();
  await replica.cardIds();
  const { version: _, tagsVersion: __, tagKeyNo: ___, ...kept } = meta;
  expect(replica.meta).toEqual(kept);
  expect((await second?.load())?.meta).toEqual(kept);
  expect(replica.hasTags).toBe(false);
});

test('one that is as it was goes on', async () => {
  const { replica, second, lose } = await ready();
  await second?.write({ meta });
  lose();
  await replica.cardIds();
  expect(replica.meta).toEqual(meta);
});
