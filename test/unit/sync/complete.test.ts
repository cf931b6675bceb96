import { expect, test } from 'vitest';
import type { Shared } from '../../../utils/contract/routes.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { type Api, createApi } from '../../../utils/sync/api.ts';
import { round } from '../../../utils/sync/round.ts';
import { idOf } from '../replica/samples.ts';

const before: Shared = { version: 3, stages: [], members: [], campaigns: [] };

/** A copy that an earlier version made, in step with this server. @returns how often the shared records were asked for */
async function roundsWith(answer: Shared): Promise<[asked: number, replica: Replica]> {
  const replica = new Replica(async () => memoryDisk());
  const meta = { server: 's', workspaceId: idOf(1), me: idOf(2), version: 3 };
  await replica.write({ meta, shared: before });
  let asked = 0;
  const api = {
    ...createApi('http://none', async () => ''),
    session: async () => ({ workspace: { id: idOf(1), name: 'Team' }, me: idOf(2), tagKey: '', version: 3 }),
    changes: async () => ({ version: 3, changes: [], more: false }),
    shared: async () => {
      asked += 1;
      return answer;
    },
    tags: async () => Promise.reject(new Error('not asked for here')),
  } as Api;
  const run = { replica, api, now: () => 1_000_000, changed: () => undefined };
  for (let count = 0; count < 3; count += 1) await round(run).catch(() => undefined);
  return [asked, replica];
}

test('a copy of an earlier version, which left out what it did not know, is completed once', async () => {
  const types = [{ id: idOf(5), kind: 'sale', label: 'New', order: 1, team: 'sales', revision: 1 } as const];
  const [asked, replica] = await roundsWith({ ...before, types });
  expect(asked).toBe(1);
  expect(replica.shared?.types).toEqual(types);
});

test('an older server, which has none of it, is asked once too', async () => {
  expect((await roundsWith(before))[0]).toBe(1);
});
