import { memory, now, percentile, startRig } from './feed-rig.ts';
import type { Report } from './run.ts';

const MOST = 5000;
/** A server's own limits, but for the persons': 5,000 browsers of 50 people are 100 each. */
const ROOM = { TRUCE_LIMIT_PERSON: '3000' };

/**
 * A server is started again under 5,000 open streams of one team, which come back as browsers do: from their cursors,
 * with the rests and the patience that `utils/stream` has. Then a change is written, which has to reach all.
 */
export async function bench(report: Report): Promise<void> {
  const rig = await startRig(MOST, ROOM);
  try {
    const hearing = await rig.listen(MOST, 'again');
    const back = hearing.connected();
    const began = now();
    const listening = await rig.restart();
    report(`restart with ${MOST} streams, until it listens`, (listening - began) / 1000, 's');
    const { at, busy, held, cut, failed } = await back;
    report(`${MOST} streams are back after it listens`, (at - listening) / 1000, 's', '≤ 30');
    report('of them told to come a little later', busy, 'answers');
    report('of them cut off as the old server ended', cut, 'connections');
    report('of them not begun within 5 s', held, 'streams', '≤ 0');
    report('of them refused, or failed', failed.length, 'streams', '≤ 0');
    const wrote = now();
    const times = (await hearing.of(await rig.write())).map((arrival) => arrival - wrote);
    report(`the next change to all ${MOST}, p95`, percentile(times, 0.95), 'ms');
    report('memory of that server', (await memory(rig.server)) / 1000, 'MB');
  } finally {
    await rig.end();
  }
}
