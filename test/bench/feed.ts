import { setTimeout as sleep } from 'node:timers/promises';
import { latencies, memory, now, percentile, processor, startRig } from './feed-rig.ts';
import type { Report } from './run.ts';

const MOST = 5000;
/** ms: three signs of life for each stream, and four looks at memberships. */
const IDLE = 65_000;
/** As many browsers of few members, who come faster than people do. */
const ROOM = { TRUCE_LIMIT_PERSON: '100000', TRUCE_LIMIT_WORKSPACE: '100000' };

/**
 * The live feed of a server as it is started, over HTTP, with listeners in a process of their own and a writer in a
 * third: what a stream holds, what idle ones cost, and how long a change takes to all, from before its transaction
 * begins until the event's last byte is read.
 */
export async function bench(report: Report): Promise<void> {
  const rig = await startRig(MOST, ROOM);
  const { server } = rig;
  try {
    for (const count of [1, 100]) {
      const hearing = await rig.listen(count);
      const times = await latencies(rig, hearing, 100, 50);
      report(`feed to ${count} listeners, p50`, percentile(times, 0.5), 'ms');
      report(`feed to ${count} listeners, p95`, percentile(times, 0.95), 'ms');
      hearing.child.kill();
    }
    await sleep(2000);
    const before = await memory(server);
    const perStream = async () => ((await memory(server)) - before) / MOST;
    const hearing = await rig.listen(MOST);
    await sleep(5000);
    report(`memory of a stream, of ${MOST}`, await perStream(), 'kB', '≤ 35');
    const [busy, since] = [await processor(server), now()];
    await sleep(IDLE);
    const share = ((await processor(server)) - busy) / (now() - since);
    report(`${MOST} idle streams, of a core`, share * 100, '%', '≤ 3');
    const times = await latencies(rig, hearing, 40, 400);
    report(`feed to ${MOST} listeners, p50`, percentile(times, 0.5), 'ms');
    report(`feed to ${MOST} listeners, p95`, percentile(times, 0.95), 'ms', '≤ 150');
    report(`memory of a stream, of ${MOST}, after that`, await perStream(), 'kB', '≤ 35');
  } finally {
    await rig.end();
  }
}
