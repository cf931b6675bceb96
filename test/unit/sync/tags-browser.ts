import type { Batch } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { createApi } from '../../../utils/sync/api.ts';
import { fetchSession } from '../../../utils/sync/session.ts';
import { fetchTags } from '../../../utils/sync/tags.ts';
import type { TagServer } from './tag-server.ts';

export const PEOPLE = Array.from({ length: 12 }, (_, n) => `email:person${n}@acme.example`);

/** A browser with a disk that outlives its restarts. */
export function browser(server: TagServer, disk = memoryDisk()) {
  let clock = 1_000_000;
  let replica = new Replica(async () => disk);
  const api = createApi('http://team.example', async () => 'token', server.fetch);
  const run = () => ({ replica, api, now: () => clock, changed: () => undefined });
  return {
    disk,
    replica: () => replica,
    restart() {
      replica = new Replica(async () => disk);
    },
    /** A round's part of it, later than any pause; what the feed tells of is noted first. */
    async meet(meta: Batch['meta'] = { tagsStale: true }) {
      clock += 700_000;
      await replica.load();
      await replica.write({ meta: { ...replica.meta, ...meta } });
      await fetchTags(run());
    },
    async session() {
      clock += 700_000;
      await replica.load();
      await fetchSession(run());
    },
    known: async () => {
      await replica.load();
      return replica.known(PEOPLE);
    },
  };
}
